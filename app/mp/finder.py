"""Finds the MP for a postcode: asks Parliament first, then the snapshot; if they differ, the supporter chooses."""

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
    """Returns one of the named outcomes. No method raises an error."""

    def __init__(self, house: House, *, snapshot_answers: bool = True) -> None:
        """Name MPs from the snapshot only with ``snapshot_answers``, otherwise only from Parliament.

        Even then the snapshot adds what Parliament does not have: a second opinion, the constituencies nearby, and the
        nation. It also locates a postcode if Parliament does not answer but has named the constituency's member before.
        """
        self._house = house
        self._snapshot_answers = snapshot_answers

    def locate(self, postcode: Postcode, known: PlaceAnswer | None, deadline: float) -> PlaceAnswer | None:
        """Return Parliament's answer about where a postcode is; None if there is none.

        ``known`` is its answer to the same supporter on an earlier page. While that is valid, there is no call.
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
        """Find the member for a postcode's constituency, or for the one ``chosen`` by its number.

        ``place`` is the answer of ``locate`` for the postcode. ``contact`` and ``post`` add the member's contact
        details and post in the Government.
        """
        answer = self._get_seats(place, deadline)
        if chosen is None:
            return self._complete(self._find_by_postcode(postcode, answer, deadline), deadline, contact, post)
        outcome = self._find_chosen(chosen, self._list_candidates(postcode, answer), deadline)
        return self._complete(outcome, deadline, contact, post)

    def find(
        self, postcode: Postcode, chosen: int | None = None, *, contact: bool = False, post: bool = False
    ) -> Outcome:
        deadline = page_deadline()
        return self.find_at(
            self.locate(postcode, None, deadline), postcode, chosen, deadline, contact=contact, post=post
        )

    def find_by_constituency(self, constituency: int, *, post: bool = False) -> Outcome:
        deadline = page_deadline()
        return self._complete(self._find_chosen(constituency, (), deadline), deadline, contact=False, post=post)

    def _complete(self, outcome: Outcome, deadline: float, contact: bool, post: bool) -> Outcome:
        if isinstance(outcome, Found | Vacant) and self._house.is_dissolved:
            return Dissolved(outcome.constituency, self._house.election, outcome.others)
        if isinstance(outcome, Found) and contact:
            outcome = self._house.add_contact(outcome, deadline)
        if isinstance(outcome, Found) and post:
            outcome = self._house.add_post(outcome, deadline)
        return outcome

    def accept_typed_name(self, name: str, constituency: str) -> Outcome:
        """Return a member by the name that the supporter typed, for when nothing else works."""
        place = Constituency(UNLISTED, constituency)
        known = self._house.latest_snapshot().find_seat(place)
        if known:
            place = known.constituency
        if self._house.is_dissolved:
            return Dissolved(place, self._house.election)
        return Found(place, Member.from_typed_name(name))

    def _get_seats(self, place: PlaceAnswer | None, deadline: float) -> Dated[tuple[Seat, ...]] | None:
        parliament = self._house.latest_parliament()
        if not (place and parliament):
            return None
        try:
            return parliament.get_seats(place, deadline)
        except ParliamentError:
            return self._get_seats_from_snapshot(place) if self._snapshot_answers else None

    def _get_seats_from_snapshot(self, place: PlaceAnswer) -> Dated[tuple[Seat, ...]] | None:
        """Use our own table of members, in an outage that began after Parliament had located the postcode."""
        seats = [self._house.latest_snapshot().get_seat(number) for number in place.constituencies]
        known = tuple(seat for seat in seats if seat)
        return Dated(known, self._house.latest_snapshot().date) if len(known) == len(seats) else None

    def _find_by_postcode(self, postcode: Postcode, answer: Dated[tuple[Seat, ...]] | None, deadline: float) -> Outcome:
        if not postcode.kind.has_mp:
            return NoMP(postcode.kind)
        place = self._house.latest_snapshot().find(postcode)
        if answer:
            return self._find_by_answer(answer, postcode, place, deadline)
        return self._find_without_answer(postcode, place)

    def _find_without_answer(self, postcode: Postcode, place: SnapshotPlace | None) -> Outcome:
        """Use our own list of postcodes, and Parliament's last answer about the seat there."""
        known = self._house.get_cached_seat(place.seat) if place else None
        if place and known:
            return self._use_parliament(known.value, known.as_of, (place.seat, *place.near))
        if not self._snapshot_answers:
            return Unavailable()
        if place:
            return self._use_snapshot(place.seat, (place.seat, *place.near))
        if self._house.latest_snapshot().index is None or postcode.kind is PostcodeKind.NORTHERN_IRELAND:
            return NotCovered()
        return self._suggest_seats(postcode)

    def _find_by_answer(
        self, answer: Dated[tuple[Seat, ...]], postcode: Postcode, place: SnapshotPlace | None, deadline: float
    ) -> Outcome:
        seats = answer.value
        if not seats and place:
            # Only our list has the postcode: it says where that is, and Parliament is asked for the member.
            outcome = self._find_chosen(place.seat.constituency.id, self._list_candidates(postcode, answer), deadline)
            return replace(outcome, is_unconfirmed=True) if isinstance(outcome, Found) else outcome
        if not seats:
            return self._suggest_seats(postcode)
        is_disputed = place is not None and not _is_among(place.seat, seats)
        if place and is_disputed:
            seats = (*seats, place.seat)
        if len(seats) > 1:
            return Several(tuple(map(self._house.update, seats)), is_disputed, answer.as_of)
        return self._use_parliament(seats[0], answer.as_of, (seats[0], *place.near) if place else ())

    def _find_chosen(self, chosen: int, candidates: tuple[Seat, ...], deadline: float) -> Outcome:
        ours, parliament = self._house.latest_snapshot().get_seat(chosen), self._house.latest_parliament()
        if parliament:
            try:
                answer = parliament.get_seat(chosen, deadline)
            except ParliamentError:
                if not self._snapshot_answers:
                    return Unavailable(ours.constituency if ours else None)
            else:
                if answer.value and ours and not ours.constituency.is_same_as(answer.value.constituency):
                    return UnknownConstituency()  # one number for two constituencies: only the supporter knows which
                if answer.value:
                    return self._use_parliament(answer.value, answer.as_of, candidates)
        return self._use_snapshot(ours, candidates) if ours and self._snapshot_answers else UnknownConstituency()

    def _list_candidates(self, postcode: Postcode, answer: Dated[tuple[Seat, ...]] | None) -> tuple[Seat, ...]:
        """Return the seats of a postcode according to Parliament and our own list, and those nearby."""
        place = self._house.latest_snapshot().find(postcode)
        ours = (place.seat, *place.near) if place else ()
        theirs = answer.value if answer else ()
        return (*(seat for seat in theirs if not _is_among(seat, ours)), *ours)

    def _suggest_seats(self, postcode: Postcode) -> UnknownPostcode:
        return UnknownPostcode(tuple(self._house.list_seats_around(postcode)))

    def _use_parliament(self, seat: Seat, as_of: date | None, candidates: tuple[Seat, ...]) -> Outcome:
        known = self._house.latest_snapshot().find_seat(seat.constituency)
        nation = known.constituency.nation if known else ""
        return self._decide(replace(seat, constituency=replace(seat.constituency, nation=nation)), as_of, candidates)

    def _use_snapshot(self, seat: Seat, candidates: tuple[Seat, ...]) -> Outcome:
        return self._decide(seat, self._house.latest_snapshot().date, candidates)

    def _decide(self, seat: Seat, as_of: date | None, candidates: tuple[Seat, ...]) -> Outcome:
        if as_of and self._house.is_outdated(as_of):
            return Unavailable(seat.constituency)
        others = tuple(
            self._house.update(other) for other in candidates if not other.constituency.is_same_as(seat.constituency)
        )
        if seat.member is None:
            return Vacant(seat.constituency, as_of, others)
        is_off = bool(candidates) and len(others) == len(candidates)
        return Found(seat.constituency, seat.member, others=others, is_off=is_off, as_of=as_of)


def _is_among(seat: Seat, seats: Iterable[Seat]) -> bool:
    return any(seat.constituency.is_same_as(other.constituency) for other in seats)
