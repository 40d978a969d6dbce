"""Who is the MP for this postcode?  Parliament is asked first, the snapshot second; the writer, where they differ."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from app.mp.dissolution import Dissolution, today
from app.mp.lookups import Lookups, Told
from app.mp.outcomes import (
    Dissolved,
    Found,
    NoMP,
    NotCovered,
    Outcome,
    Several,
    Unavailable,
    UnknownConstituency,
    UnknownPostcode,
    Vacant,
)
from app.mp.parliament import ParliamentError, Portrait
from app.mp.people import NOBODY, Constituency, Member, Seat
from app.mp.postcode import Kind, Postcode
from app.mp.snapshot import LatestSnapshot, Snapshot, SnapshotPlace

PAGE_SECONDS = 8.0  # that one page may wait for Parliament, all its calls together


class MPFinder:
    """Answers with one of the named outcomes and raises nothing."""

    def __init__(
        self,
        parliament: Lookups | None,
        snapshot: LatestSnapshot,
        *,
        snapshot_answers: bool = True,
        dissolution: Dissolution | None = None,
        today: Callable[[], date] = today,
    ) -> None:
        """Without ``parliament`` only the snapshot is asked; without ``snapshot_answers`` only Parliament is.

        Even then the snapshot tells what Parliament does not: a second opinion, what is near, and the nation.
        """
        self._parliament = parliament
        self._latest = snapshot
        self._seen = snapshot.get()
        self._snapshot_answers = snapshot_answers
        self._dissolution = dissolution
        self._today = today

    def find(
        self, postcode: Postcode, chosen: int | None = None, *, contact: bool = False, post: bool = False
    ) -> Outcome:
        """Who sits for the constituency that a postcode is in, or for the one ``chosen`` by its number.

        With ``contact`` and ``post`` it says how to reach them, and their post in the Government.
        """
        by = time.monotonic() + PAGE_SECONDS
        outcome = self._at(postcode, by) if chosen is None else self._in(chosen, postcode, by)
        if isinstance(outcome, Found | Vacant) and self.is_dissolved:
            return Dissolved(outcome.constituency, self._election)
        if isinstance(outcome, Found) and contact:
            outcome = self._with_contact(outcome, by)
        if isinstance(outcome, Found) and post:
            outcome = self._with_post(outcome, by)
        return outcome

    def by_hand(self, name: str, constituency: str) -> Outcome:
        """A member as the writer named them, for when nothing else works."""
        place = Constituency(NOBODY, constituency)
        known = self._snapshot.seat_of(place)
        if self.is_dissolved:
            return Dissolved(known.constituency if known else place, self._election)
        return Found(known.constituency if known else place, Member.by_hand(name))

    def all_seats(self) -> list[Seat]:
        """Every seat that can be chosen, in order of name, with its member as of the snapshot's day."""
        return [self._shown(seat) for seat in self._snapshot.seats]

    def seats_around(self, postcode: Postcode) -> list[Seat]:
        """The seats that a writer at a postcode will most likely choose."""
        return [self._shown(self._as_known(seat)) for seat in self._snapshot.around(postcode)]

    def portrait(self, constituency_id: int, member_id: int) -> Portrait | None:
        """A picture of the member who sits for a constituency; nobody can have others asked for."""
        known = self._snapshot.seat(constituency_id)
        if not (self._parliament and known) or self.is_dissolved:
            return None
        by = time.monotonic() + PAGE_SECONDS
        try:
            if not _holds(self._as_known(known), member_id) and not _holds(
                self._parliament.seat(constituency_id, by).value, member_id
            ):
                return None
            return self._parliament.portrait(member_id, by)
        except ParliamentError:
            return None

    @property
    def shows_portraits(self) -> bool:
        """Whether there is anybody to ask for them."""
        return self._parliament is not None and not self._parliament.seconds_away()

    @property
    def is_dissolved(self) -> bool:
        """Whether there are no members at all today."""
        return self._dissolution is not None and self._dissolution.is_on(self._today())

    @property
    def _election(self) -> date | None:
        return self._dissolution.last if self._dissolution else None

    @property
    def _snapshot(self) -> Snapshot:
        """The latest; with a new one, what Parliament said before is asked anew."""
        latest = self._latest.get()
        if latest is not self._seen:
            self._seen = latest
            if self._parliament:
                self._parliament.forget()
        return latest

    def _at(self, postcode: Postcode, by: float) -> Outcome:
        if not postcode.kind.has_mp:
            return NoMP(postcode.kind)
        place = self._snapshot.find(postcode)
        if self._parliament:
            try:
                return self._as_told(self._parliament.seats_at(postcode, by), postcode, place, by)
            except ParliamentError:
                pass
        if not self._snapshot_answers:
            return Unavailable()
        if place:
            return self._of_snapshot(place.seat, (place.seat, *place.near))
        if self._snapshot.index is None or postcode.kind is Kind.NORTHERN_IRELAND:
            return NotCovered()
        return UnknownPostcode(tuple(self.seats_around(postcode)))

    def _as_told(
        self, told: Told[tuple[Seat, ...]], postcode: Postcode, place: SnapshotPlace | None, by: float
    ) -> Outcome:
        seats = told.value
        if not seats and place:
            # Our list has it though Parliament does not: where it is, is known; who sits, is asked.
            outcome = self._in(place.seat.constituency.id, postcode, by)
            return replace(outcome, is_unconfirmed=True) if isinstance(outcome, Found) else outcome
        if not seats:
            return UnknownPostcode(tuple(self.seats_around(postcode)))
        is_disputed = place is not None and not _among(place.seat, seats)
        if place and is_disputed:
            seats = (*seats, self._as_known(place.seat))
        if len(seats) > 1:
            return Several(tuple(map(self._shown, seats)), is_disputed)
        return self._of_live(seats[0], told.as_of, (seats[0], *place.near) if place else ())

    def _in(self, chosen: int, postcode: Postcode, by: float) -> Outcome:
        ours = self._snapshot.seat(chosen)
        others = self._opinions(postcode, by)
        if self._parliament:
            try:
                told = self._parliament.seat(chosen, by)
            except ParliamentError:
                if not self._snapshot_answers:
                    return Unavailable(ours.constituency if ours else None)
            else:
                if told.value:
                    return self._of_live(told.value, told.as_of, others)
        return self._of_snapshot(ours, others) if ours and self._snapshot_answers else UnknownConstituency()

    def _opinions(self, postcode: Postcode, by: float) -> tuple[Seat, ...]:
        """Where Parliament and our own list put a postcode, and what is near."""
        place = self._snapshot.find(postcode)
        ours = (place.seat, *place.near) if place else ()
        if not (self._parliament and postcode.kind.has_mp):
            return ours
        try:
            theirs = self._parliament.seats_at(postcode, by).value
        except ParliamentError:
            return ours
        return (*(seat for seat in theirs if not _among(seat, ours)), *ours)

    def _of_live(self, seat: Seat, as_of: date | None, others: tuple[Seat, ...]) -> Outcome:
        known = self._snapshot.seat_of(seat.constituency)
        nation = known.constituency.nation if known else ""
        return self._outcome(replace(seat, constituency=replace(seat.constituency, nation=nation)), as_of, others)

    def _of_snapshot(self, seat: Seat, others: tuple[Seat, ...]) -> Outcome:
        return self._outcome(seat, self._snapshot.date, others)

    def _outcome(self, seat: Seat, as_of: date | None, others: tuple[Seat, ...]) -> Outcome:
        if as_of and self._is_outdated(as_of):
            return Unavailable(seat.constituency)
        if seat.member is None:
            return Vacant(seat.constituency, as_of)
        rest = [other for other in others if not other.constituency.is_same_as(seat.constituency)]
        return Found(
            seat.constituency,
            seat.member,
            others=tuple(self._shown(self._as_known(other)) for other in rest),
            is_off=bool(others) and len(rest) == len(others),
            as_of=as_of,
        )

    def _with_contact(self, found: Found, by: float) -> Found:
        if not self._parliament or found.member.contact or found.member.id == NOBODY:
            return found
        try:
            told = self._parliament.contact(found.member.id, by)
            contact = replace(told.value, as_of=told.as_of)
        except ParliamentError:
            known = self._same_member(found)
            if not (known and known.contact):
                return found
            contact = known.contact
        return replace(found, member=replace(found.member, contact=contact))

    def _with_post(self, found: Found, by: float) -> Found:
        if not self._parliament or found.member.id == NOBODY:
            return found
        try:
            post = self._parliament.government_posts(by).value.get(found.member.id, "")
        except ParliamentError:
            known = self._same_member(found)
            post = known.post if known else ""
        return replace(found, member=replace(found.member, post=post))

    def _same_member(self, found: Found) -> Member | None:
        """What the snapshot knows of a member; nothing where somebody else sat then."""
        known = self._snapshot.seat_of(found.constituency)
        return known.member if _holds(known, found.member.id) and known else None

    def _as_known(self, seat: Seat) -> Seat:
        """A seat of the snapshot as Parliament last spoke of it."""
        return (self._parliament and self._parliament.seat_if_known(seat.constituency.id)) or seat

    def _shown(self, seat: Seat) -> Seat:
        """A seat as it may be offered: without its member where there may be none, or another."""
        day = self._snapshot.date
        hidden = self.is_dissolved or (day is not None and self._is_outdated(day))
        return replace(seat, member=None) if hidden else seat

    def _is_outdated(self, as_of: date) -> bool:
        return self._dissolution is not None and self._dissolution.outdates(as_of, self._today())


def _among(seat: Seat, seats: Iterable[Seat]) -> bool:
    return any(seat.constituency.is_same_as(other.constituency) for other in seats)


def _holds(seat: Seat | None, member_id: int) -> bool:
    return seat is not None and seat.member is not None and seat.member.id == member_id
