"""Advice about asks that reach nobody: their members and parties do not exist, or have an earlier ask."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import NamedTuple

from app.campaigns.asks import Audience, folded_name
from app.campaigns.file.reader import CampaignFile
from app.campaigns.problems import Problem, Severity, most_alike
from app.i18n.translate import gettext as _
from app.mp.parties import USUAL_NAMES, whole_party
from app.mp.people import Member, Seat, folded

_MOST = 20  # unknown names reported: nobody reads more, and looking for similar names takes time


class UnknownValue(NamedTuple):
    """A value of an audience that fits no member."""

    field: str
    number: int
    """Its place, from 0, among the values of the field."""
    message: str


def advice_on_audiences(file: CampaignFile, seats: Sequence[Seat]) -> Iterator[Problem]:
    """Yield advice about the ``for`` of each ask; without seats, none about names."""
    yield from _advice_on_repetition(file)
    members = [seat.member for seat in seats if seat.member]
    if members:
        yield from islice(_advice_on_unknown_values(file, members), _MOST)


def _advice_on_repetition(file: CampaignFile) -> Iterator[Problem]:
    seen: dict[object, int] = {}
    for number, audience in _audiences(file):
        line, column = file.front_matter.place_of("asks", number, "for")
        first = seen.setdefault(_comparable(audience), line)
        if first != line:
            message = _(
                "nobody is asked this: the ask on line %(line)d is for the same MPs, and comes first", line=first
            )
            yield Problem(line, message, Severity.ADVICE, column)


def _comparable(audience: Audience) -> object:
    named = (audience.party, audience.post, map(folded_name, audience.members))
    return (frozenset(audience.role), frozenset(audience.nation), *(frozenset(map(folded, names)) for names in named))


def _advice_on_unknown_values(file: CampaignFile, members: Sequence[Member]) -> Iterator[Problem]:
    parties = {member.party for member in members} | {whole_party(member.party) for member in members}
    known_parties = {folded(party): party for party in parties if party}
    names_members = any(audience.members for _, audience in _audiences(file))  # few do, and 650 names take a while
    known_names = {folded(name): name for name in (member.plain_name for member in members if names_members)}
    numbers = {str(member.id) for member in members}
    posts = [folded(member.post) for member in members if member.post]
    for ask_number, audience in _audiences(file):
        unknown_values = chain(
            _find_unknown_parties(audience, known_parties),
            _find_unknown_members(audience, known_names, numbers),
            _find_unknown_posts(audience, posts),
        )
        for unknown in unknown_values:
            line, column = file.front_matter.place_of("asks", ask_number, "for", unknown.field, unknown.number)
            yield Problem(line, unknown.message, Severity.ADVICE, column)


def _audiences(file: CampaignFile) -> Iterator[tuple[int, Audience]]:
    return ((number, ask.audience) for number, ask in enumerate(file.campaign.asks) if ask.audience)


def _find_unknown_parties(audience: Audience, known: Mapping[str, str]) -> Iterator[UnknownValue]:
    for number, party in enumerate(audience.party):
        if folded(party) not in known:
            near = most_alike(_likely_party(party), known.values())
            message = (
                _("no MP is of the party “%(party)s”; did you mean `%(near)s`?", party=party, near=near)
                if near
                else _("no MP is of the party “%(party)s”", party=party)
            )
            yield UnknownValue("party", number, message)


def _likely_party(party: str) -> str:
    """Return the likely name of a party at Parliament: ``Labour`` for the Labour Party."""
    name = folded(party).removeprefix("the ")
    without = name.removesuffix(" party")
    return USUAL_NAMES.get(name) or USUAL_NAMES.get(without) or (party if without == name else without.title())


def _find_unknown_members(
    audience: Audience, known: Mapping[str, str], numbers: Collection[str]
) -> Iterator[UnknownValue]:
    for number, name in enumerate(audience.members):
        if folded_name(name) not in known and name not in numbers:
            near = most_alike(name, known.values())
            message = (
                _("no MP is called “%(name)s”; did you mean `%(near)s`?", name=name, near=near)
                if near
                else _("no MP is called “%(name)s”", name=name)
            )
            yield UnknownValue("members", number, message)


def _find_unknown_posts(audience: Audience, posts: Sequence[str]) -> Iterator[UnknownValue]:
    for number, post in enumerate(audience.post):
        if posts and not any(folded(post) in held for held in posts):
            message = _("nobody in the Government has a post with “%(post)s” in its name", post=post)
            yield UnknownValue("post", number, message)
