"""Advice about asks that come too late: all MPs they fit have an earlier ask."""

from collections.abc import Iterator, Sequence

from app.campaigns.asks import Audience
from app.campaigns.file.reader import CampaignFile
from app.campaigns.problems import Problem, Severity
from app.i18n.translate import gettext as _
from app.mp.people import Seat

_MOST_NAMES = 50  # comparing each with 650 members takes time, while somebody types


def advice_on_order(file: CampaignFile, seats: Sequence[Seat]) -> Iterator[Problem]:
    """Yield advice about asks that no MP is left for. Asks that fit nobody at all are left to other rules."""
    audiences = [(number, ask.audience) for number, ask in enumerate(file.campaign.asks) if ask.audience]
    if sum(len(audience.members) for _number, audience in audiences) > _MOST_NAMES:
        return
    late = _find_too_late(audiences, seats)
    earlier: list[Audience] = []
    for number, audience in audiences:
        if number in late and audience not in earlier:  # equal audiences have advice of their own
            line, column = file.front_matter.place_of("asks", number, "for")
            message = _("nobody is left for this: all these MPs have an ask further up; put this one before it")
            yield Problem(line, message, Severity.ADVICE, column)
        earlier.append(audience)


def _find_too_late(audiences: Sequence[tuple[int, Audience]], seats: Sequence[Seat]) -> set[int]:
    first: set[int] = set()
    fitting: set[int] = set()
    for seat in seats:
        if seat.member:
            member, constituency = seat.member, seat.constituency
            numbers = [number for number, audience in audiences if audience.fits(member, constituency)]
            first.update(numbers[:1])
            fitting.update(numbers)
    return fitting - first
