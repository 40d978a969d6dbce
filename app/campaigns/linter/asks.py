"""Advice about asks that some MPs cannot grant."""

from collections.abc import Iterator, Sequence

from app.campaigns.asks import Audience, Role
from app.campaigns.file.reader import CampaignFile
from app.campaigns.linter import prose
from app.campaigns.linter.prose import Passage
from app.campaigns.linter.what_mps_can_do import BARRED, PASSED_ON, VOTES, WITHIN_REACH
from app.campaigns.phrases import ASKS
from app.campaigns.problems import Problem, Severity
from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.mp.parties import SINN_FEIN, SPEAKER
from app.mp.people import folded

_PARTY = {Role.SPEAKER: SPEAKER, Role.ABSTAINING: SINN_FEIN}
_BARS = ((BARRED, tuple(Role)), (VOTES, (Role.SPEAKER, Role.ABSTAINING)))
"""Requests, and the roles that they are beyond. The first entry has priority, wherever it is in the text."""
_ROLE_NAMES = {
    Role.SPEAKER: gettext_noop("the Speaker"),
    Role.MINISTER: gettext_noop("ministers"),
    Role.ABSTAINING: gettext_noop("MPs who do not sit"),
}


def advice_on_asks(file: CampaignFile) -> Iterator[Problem]:
    if file.campaign.asks:
        yield from _advice_on_ask_for_everybody(file)
        yield from _advice_on_asks_for_some(file)
    else:
        yield from _advice_on_letter(file)


def _advice_on_ask_for_everybody(file: CampaignFile) -> Iterator[Problem]:
    for number, (ask, passage) in enumerate(zip(file.campaign.asks, prose.asks(file), strict=True)):
        if ask.audience is None:
            barred, _start, wanted = _find_barred(passage)
            if not wanted and not WITHIN_REACH.search(passage.prose):
                barred = [Role.SPEAKER, Role.ABSTAINING]
            missing = [role for role in barred if not _is_catered_for(file, role)]
            if missing:
                line, column = file.front_matter.place_of("asks", number, "ask")
                message = _(
                    "%(who)s may not be able to do this; give them an ask of their own: %(how)s",
                    who=_name_roles(missing),
                    how=_name_settings(missing),
                )
                yield Problem(line, message, Severity.ADVICE, column)


def _advice_on_asks_for_some(file: CampaignFile) -> Iterator[Problem]:
    for ask, passage in zip(file.campaign.asks, prose.asks(file), strict=True):
        barred, start, wanted = _find_barred(passage)
        used = file.campaign.placeholders
        unable = [role for role in barred if _includes(ask.audience, role) and role.placeholder not in used]
        if unable:
            message = _(
                "%(who)s cannot do this (“%(wanted)s”); ask them for something that they can do",
                who=_name_roles(unable),
                wanted=wanted,
            )
            yield passage.advice(start, message)


def _advice_on_letter(file: CampaignFile) -> Iterator[Problem]:
    letter = prose.letter(file)
    barred, start, wanted = _find_barred(letter)
    missing = [role for role in barred if not _is_catered_for(file, role)]
    if missing:
        message = _(
            "%(who)s cannot do this (“%(wanted)s”); put {{ ask }} here instead, and what you ask under `asks`, "
            "with another for them: %(how)s",
            who=_name_roles(missing),
            wanted=wanted,
            how=_name_settings(missing),
        )
        yield letter.advice(start, message)


def _find_barred(passage: Passage) -> tuple[list[Role], int, str]:
    """Return the roles that cannot do what is asked, its offset and its words; no roles if all can."""
    asking = [(start, sentence) for start, sentence in passage.sentences if ASKS.search(sentence)]
    for phrases, barred in _BARS:
        for start, sentence in asking:
            if found := phrases.search(PASSED_ON.sub(lambda clause: " " * len(clause.group()), sentence)):
                return list(barred), start + found.start(), " ".join(found.group().split())
    return [], 0, ""


def _is_catered_for(file: CampaignFile, role: Role) -> bool:
    return role.placeholder in file.campaign.placeholders or any(
        _includes(ask.audience, role) for ask in file.campaign.asks
    )


def _includes(audience: Audience | None, role: Role) -> bool:
    return audience is not None and (
        role in audience.role
        or folded(_PARTY.get(role, "")) in map(folded, audience.party)
        or (role is Role.MINISTER and bool(audience.post))
    )


def _name_roles(roles: Sequence[Role]) -> str:
    *most, last = [_(_ROLE_NAMES[role]) for role in roles]
    return _("%(most)s and %(last)s", most=", ".join(most), last=last) if most else last


def _name_settings(roles: Sequence[Role]) -> str:
    return ", ".join(f"`for: {role.value}`" for role in roles)
