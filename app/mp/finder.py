"""Who is the MP for this postcode?  Parliament is asked first, the snapshot second; the writer, where they differ."""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from app.mp.house import House, page_deadline
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
from app.mp.parliament.cached import Dated
from app.mp.parliament.client import ParliamentError
from app.mp.parliament.place_answer import PlaceAnswer
from app.mp.people import UNLISTED, Constituency, Member, Seat
from app.mp.postcode import Postcode, PostcodeKind
from app.mp.snapshot.snapshot import SnapshotPlace


class MPFinder:
    """Answers with one of the named outcomes and raises nothing."""

    def __init__(self, house: House, *, snapshot_answers: bool = True) -> None:
        """Without ``snapshot_answers`` only Parliament says who an MP is.

        Even then the snapshot tells what Parliament does not: a second opinion, what is near, and the nation; and
        where a postcode is, if Parliament gives no answer but named the member of its constituency before.
        """
        self._house = house
        self._snapshot_answers = snapshot_answers

    def locate(self, postcode: Postcode, known: PlaceAnswer | None, deadline: float) -> PlaceAnswer | None:
        """Return where Parliament says a postcode is; None if it gives no answer.

        ``known`` is its answer to the same supporter on an earlier page: while that is valid, nobody is asked.
        """
        parliament = self._house.latest_parliament()
        if not (parliament and postcode.kind.has_mp):
            return None
        if known and known.is_fresh(time.time()) and not self._house.is_outdated(known.day):
            return known
        try:
            return parliament.locate(postcode, deadline)
        except ParliamentError:
            return None

    def find_at(
        self,
        place: PlaceAnswer | None,
        postcode: Postcode,
        chosen: int | None,
        deadline: float,
        *,
        contact: bool = False,
        post: bool = False,
    ) -> Outcome:
        """Who sits for the constituency that a postcode is in, or for the one ``chosen`` by its number.

        ``place`` is what ``locate`` returned for the postcode. With ``contact`` and ``post`` it says how to reach
        them, and their post in the Government.
        """
        answer = self._seats(place, deadline)
        if chosen is None:
            return self._completed(self._at(postcode, answer, deadline), deadline, contact, post)
        return self._completed(self._in(chosen, self._opinions(postcode, answer), deadline), deadline, contact, post)

    def find(
        self, postcode: Postcode, chosen: int | None = None, *, contact: bool = False, post: bool = False
    ) -> Outcome:
        """Both steps, for somebody with no earlier answer."""
        deadline = page_deadline()
        return self.find_at(
            self.locate(postcode, None, deadline), postcode, chosen, deadline, contact=contact, post=post
        )

    def sitting_for(self, constituency: int, *, post: bool = False) -> Outcome:
        """Who sits for a constituency, by its number, wherever the writer lives; with ``post`` as in ``find``."""
        deadline = page_deadline()
        return self._completed(self._in(constituency, (), deadline), deadline, contact=False, post=post)

    def _completed(self, outcome: Outcome, deadline: float, contact: bool, post: bool) -> Outcome:
        if isinstance(outcome, Found | Vacant) and self._house.is_dissolved:
            return Dissolved(outcome.constituency, self._house.election, outcome.others)
        if isinstance(outcome, Found) and contact:
            outcome = self._house.with_contact(outcome, deadline)
        if isinstance(outcome, Found) and post:
            outcome = self._house.with_post(outcome, deadline)
        return outcome

    def by_hand(self, name: str, constituency: str) -> Outcome:
        """A member as the writer named them, for when nothing else works."""
        place = Constituency(UNLISTED, constituency)
        known = self._house.latest_snapshot().seat_of(place)
        if known:
            place = known.constituency
        if self._house.is_dissolved:
            return Dissolved(place, self._house.election)
        return Found(place, Member.by_hand(name))

    def _seats(self, place: PlaceAnswer | None, deadline: float) -> Dated[tuple[Seat, ...]] | None:
        """Parliament's answer with who sits there; None if there is none."""
        parliament = self._house.latest_parliament()
        if not (place and parliament):
            return None
        try:
            return parliament.get_seats(place, deadline)
        except ParliamentError:
            return self._seats_of_snapshot(place) if self._snapshot_answers else None

    def _seats_of_snapshot(self, place: PlaceAnswer) -> Dated[tuple[Seat, ...]] | None:
        """The same by our own table of members, for an outage after Parliament said where the postcode is."""
        seats = [self._house.latest_snapshot().seat(number) for number in place.constituencies]
        known = tuple(seat for seat in seats if seat)
        return Dated(known, self._house.latest_snapshot().date) if len(known) == len(seats) else None

    def _at(self, postcode: Postcode, answer: Dated[tuple[Seat, ...]] | None, deadline: float) -> Outcome:
        if not postcode.kind.has_mp:
            return NoMP(postcode.kind)
        place = self._house.latest_snapshot().find(postcode)
        return self._as_told(answer, postcode, place, deadline) if answer else self._unasked(postcode, place)

    def _unasked(self, postcode: Postcode, place: SnapshotPlace | None) -> Outcome:
        """By our own list of postcodes, and by what Parliament last said of the seat there."""
        known = self._house.as_parliament_said(place.seat) if place else None
        if place and known:
            return self._of_live(known.value, known.as_of, (place.seat, *place.near))
        if not self._snapshot_answers:
            return Unavailable()
        if place:
            return self._of_snapshot(place.seat, (place.seat, *place.near))
        if self._house.latest_snapshot().index is None or postcode.kind is PostcodeKind.NORTHERN_IRELAND:
            return NotCovered()
        return self._unknown(postcode)

    def _as_told(
        self, answer: Dated[tuple[Seat, ...]], postcode: Postcode, place: SnapshotPlace | None, deadline: float
    ) -> Outcome:
        seats = answer.value
        if not seats and place:
            # Our list has it though Parliament does not: where it is, is known; who sits, is asked.
            outcome = self._in(place.seat.constituency.id, self._opinions(postcode, answer), deadline)
            return replace(outcome, is_unconfirmed=True) if isinstance(outcome, Found) else outcome
        if not seats:
            return self._unknown(postcode)
        is_disputed = place is not None and not _among(place.seat, seats)
        if place and is_disputed:
            seats = (*seats, place.seat)
        if len(seats) > 1:
            return Several(tuple(map(self._house.offered, seats)), is_disputed, answer.as_of)
        return self._of_live(seats[0], answer.as_of, (seats[0], *place.near) if place else ())

    def _in(self, chosen: int, opinions: tuple[Seat, ...], deadline: float) -> Outcome:
        ours, parliament = self._house.latest_snapshot().seat(chosen), self._house.latest_parliament()
        if parliament:
            try:
                answer = parliament.get_seat(chosen, deadline)
            except ParliamentError:
                if not self._snapshot_answers:
                    return Unavailable(ours.constituency if ours else None)
            else:
                if answer.value and ours and not ours.constituency.is_same_as(answer.value.constituency):
                    return UnknownConstituency()  # one number for two: which was meant, only the writer knows
                if answer.value:
                    return self._of_live(answer.value, answer.as_of, opinions)
        return self._of_snapshot(ours, opinions) if ours and self._snapshot_answers else UnknownConstituency()

    def _opinions(self, postcode: Postcode, answer: Dated[tuple[Seat, ...]] | None) -> tuple[Seat, ...]:
        """Where Parliament and our own list put a postcode, and what is near."""
        place = self._house.latest_snapshot().find(postcode)
        ours = (place.seat, *place.near) if place else ()
        theirs = answer.value if answer else ()
        return (*(seat for seat in theirs if not _among(seat, ours)), *ours)

    def _unknown(self, postcode: Postcode) -> UnknownPostcode:
        return UnknownPostcode(tuple(self._house.seats_around(postcode)))

    def _of_live(self, seat: Seat, as_of: date | None, opinions: tuple[Seat, ...]) -> Outcome:
        known = self._house.latest_snapshot().seat_of(seat.constituency)
        nation = known.constituency.nation if known else ""
        return self._outcome(replace(seat, constituency=replace(seat.constituency, nation=nation)), as_of, opinions)

    def _of_snapshot(self, seat: Seat, opinions: tuple[Seat, ...]) -> Outcome:
        return self._outcome(seat, self._house.latest_snapshot().date, opinions)

    def _outcome(self, seat: Seat, as_of: date | None, opinions: tuple[Seat, ...]) -> Outcome:
        if as_of and self._house.is_outdated(as_of):
            return Unavailable(seat.constituency)
        others = tuple(
            self._house.offered(other) for other in opinions if not other.constituency.is_same_as(seat.constituency)
        )
        if seat.member is None:
            return Vacant(seat.constituency, as_of, others)
        is_off = bool(opinions) and len(others) == len(opinions)
        return Found(seat.constituency, seat.member, others=others, is_off=is_off, as_of=as_of)


def _among(seat: Seat, seats: Iterable[Seat]) -> bool:
    return any(seat.constituency.is_same_as(other.constituency) for other in seats)
