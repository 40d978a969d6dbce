"""Advice about asks that reach nobody: for members and parties that there are not, or that were asked before."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain, islice

from app.campaigns.asks import Audience, folded_name
from app.campaigns.file.reader import CampaignFile
from app.campaigns.problems import Problem, Severity, most_alike
from app.i18n.translate import gettext as _
from app.mp.parties import USUAL_NAMES, whole_party
from app.mp.people import Member, Seat, folded

_MOST = 20  # strangers named: nobody reads on, and looking for names like theirs takes time

Stranger = tuple[str, int, str]
"""Which value of an audience nobody has, such as ``party`` and 1 for its second, and what is said of it."""


def advice_on_audiences(file: CampaignFile, seats: Sequence[Seat]) -> Iterator[Problem]:
    """Advice about the ``for`` of each ask. Without seats nothing is said of names."""
    yield from _of_repeated(file)
    members = [seat.member for seat in seats if seat.member]
    if members:
        yield from islice(_of_strangers(file, members), _MOST)


def _of_repeated(file: CampaignFile) -> Iterator[Problem]:
    seen: dict[object, int] = {}
    for number, audience in _audiences(file):
        line, column = file.front_matter.place_of("asks", number, "for")
        first = seen.setdefault(_who(audience), line)
        if first != line:
            message = _(
                "nobody is asked this: the ask on line %(line)d is for the same MPs, and comes first", line=first
            )
            yield Problem(line, message, Severity.ADVICE, column)


def _who(audience: Audience) -> object:
    named = (audience.party, audience.post, map(folded_name, audience.members))
    return (frozenset(audience.role), frozenset(audience.nation), *(frozenset(map(folded, names)) for names in named))


def _of_strangers(file: CampaignFile, members: Sequence[Member]) -> Iterator[Problem]:
    parties = {member.party for member in members} | {whole_party(member.party) for member in members}
    known_parties = {folded(party): party for party in parties if party}
    names_members = any(audience.members for _, audience in _audiences(file))  # few do, and 650 names take a while
    known_names = {folded(name): name for name in (member.plain_name for member in members if names_members)}
    numbers = {str(member.id) for member in members}
    posts = [folded(member.post) for member in members if member.post]
    for ask_number, audience in _audiences(file):
        strangers = chain(
            _without_party(audience, known_parties),
            _without_name(audience, known_names, numbers),
            _without_post(audience, posts),
        )
        for kind, number, message in strangers:
            line, column = file.front_matter.place_of("asks", ask_number, "for", kind, number)
            yield Problem(line, message, Severity.ADVICE, column)


def _audiences(file: CampaignFile) -> Iterator[tuple[int, Audience]]:
    return ((number, ask.audience) for number, ask in enumerate(file.campaign.asks) if ask.audience)


def _without_party(audience: Audience, known: Mapping[str, str]) -> Iterator[Stranger]:
    for number, party in enumerate(audience.party):
        if folded(party) not in known:
            near = most_alike(_usual(party), known.values())
            message = (
                _("no MP is of the party “%(party)s”; did you mean `%(near)s`?", party=party, near=near)
                if near
                else _("no MP is of the party “%(party)s”", party=party)
            )
            yield "party", number, message


def _usual(party: str) -> str:
    """What Parliament may call a party: ``Labour`` for the Labour Party."""
    name = folded(party).removeprefix("the ")
    without = name.removesuffix(" party")
    return USUAL_NAMES.get(name) or USUAL_NAMES.get(without) or (party if without == name else without.title())


def _without_name(audience: Audience, known: Mapping[str, str], numbers: Collection[str]) -> Iterator[Stranger]:
    for number, name in enumerate(audience.members):
        if folded_name(name) not in known and name not in numbers:
            near = most_alike(name, known.values())
            message = (
                _("no MP is called “%(name)s”; did you mean `%(near)s`?", name=name, near=near)
                if near
                else _("no MP is called “%(name)s”", name=name)
            )
            yield "members", number, message


def _without_post(audience: Audience, posts: Sequence[str]) -> Iterator[Stranger]:
    for number, post in enumerate(audience.post):
        if posts and not any(folded(post) in held for held in posts):
            yield "post", number, _("nobody in the Government has a post with “%(post)s” in its name", post=post)
