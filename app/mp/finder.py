"""Who is the MP for this postcode?  Parliament's API is asked first, the snapshot second."""

import logging
from dataclasses import dataclass, replace
from datetime import date

from app.mp.members_table import Seat
from app.mp.parliament import LiveSeat, ParliamentClient, ParliamentError
from app.mp.people import Constituency, Contact, Member
from app.mp.postcode import Kind, Postcode
from app.mp.snapshot import Snapshot

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """One constituency and its member."""

    constituency: Constituency
    member: Member
    near: tuple[Constituency, ...] = ()
    """Other constituencies within 100 metres of the postcode."""
    as_of: date | None = None
    """The snapshot's day where the answer comes from it; None where Parliament has just said so."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several constituencies share the postcode: only the writer knows which is theirs."""

    constituencies: tuple[Constituency, ...]


@dataclass(frozen=True, slots=True)
class Vacant:
    """The constituency has no member at present."""

    constituency: Constituency
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class UnknownPostcode:
    """No such postcode: a slip, or newer than what we can ask."""


@dataclass(frozen=True, slots=True)
class NoMP:
    """The postcode lies where no MP is elected, or nowhere at all."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class NotCovered:
    """Parliament cannot be asked, and the snapshot holds no postcodes of Northern Ireland."""


@dataclass(frozen=True, slots=True)
class Unavailable:
    """Parliament cannot be asked, and the settings allow no other source."""


Outcome = Found | Several | Vacant | UnknownPostcode | NoMP | NotCovered | Unavailable


class MPFinder:
    """Answers with one of the named outcomes and raises nothing."""

    def __init__(self, parliament: ParliamentClient | None, snapshot: Snapshot, snapshot_answers: bool = True) -> None:
        """Without ``parliament`` only the snapshot is asked; without ``snapshot_answers`` only Parliament is.

        Even then the snapshot tells what Parliament does not: which other constituencies are near, and the nation.
        """
        self._parliament = parliament
        self._snapshot = snapshot
        self._snapshot_answers = snapshot_answers

    def find(self, postcode: Postcode) -> Outcome:
        """Who sits for the constituency that a postcode is in."""
        if not postcode.kind.has_mp:
            return NoMP(postcode.kind)
        if self._parliament:
            try:
                return self._ask_parliament(self._parliament, postcode)
            except ParliamentError as error:
                log.warning("Members API: %s", error)
        return self._ask_snapshot(postcode) if self._snapshot_answers else Unavailable()

    def in_constituency(self, constituency_id: int) -> Outcome | None:
        """Who sits for a constituency that the writer chose; None where there is none with that number."""
        if self._parliament:
            try:
                live = self._parliament.seat(constituency_id)
                return self._of_live(self._parliament, live) if live else None
            except ParliamentError as error:
                log.warning("Members API: %s", error)
        if not self._snapshot_answers:
            return Unavailable()
        seat = self._snapshot.seat(constituency_id)
        return self._of_snapshot(seat) if seat else None

    def _ask_parliament(self, parliament: ParliamentClient, postcode: Postcode) -> Outcome:
        place = self._snapshot.find(postcode)
        seats = parliament.seats_at(postcode)
        if not seats and place:
            # The Post Office's list has it though Parliament's does not: where it is, is known; who sits, is asked.
            seat = parliament.seat(place.seat.constituency.id)
            seats = (seat,) if seat else ()
        if not seats:
            return UnknownPostcode()
        if len(seats) > 1:
            return Several(tuple(self._with_nation(seat.constituency) for seat in seats))
        neighbours = (place.seat.constituency, *place.near) if place and place.near else ()
        return self._of_live(parliament, seats[0], neighbours)

    def _of_live(
        self, parliament: ParliamentClient, seat: LiveSeat, neighbours: tuple[Constituency, ...] = ()
    ) -> Outcome:
        constituency = self._with_nation(seat.constituency)
        if seat.member is None:
            return Vacant(constituency)
        near = tuple(other for other in neighbours if other.id != constituency.id)
        contact = self._contact(parliament, seat.member, constituency)
        return Found(constituency, replace(seat.member, contact=contact), near)

    def _contact(self, parliament: ParliamentClient, member: Member, constituency: Constituency) -> Contact:
        try:
            return parliament.contact(member.id)
        except ParliamentError as error:
            log.warning("Members API, contact details: %s", error)
        known = self._snapshot.seat(constituency.id)
        if known and known.member and known.member.id == member.id:
            return known.member.contact
        return Contact()

    def _with_nation(self, constituency: Constituency) -> Constituency:
        known = self._snapshot.seat(constituency.id)
        return replace(constituency, nation=known.constituency.nation) if known else constituency

    def _ask_snapshot(self, postcode: Postcode) -> Outcome:
        place = self._snapshot.find(postcode)
        if place:
            return self._of_snapshot(place.seat, place.near)
        return NotCovered() if postcode.kind is Kind.NORTHERN_IRELAND else UnknownPostcode()

    def _of_snapshot(self, seat: Seat, near: tuple[Constituency, ...] = ()) -> Outcome:
        day = self._snapshot.members.date
        if seat.member is None:
            return Vacant(seat.constituency, as_of=day)
        return Found(seat.constituency, seat.member, near, as_of=day)
