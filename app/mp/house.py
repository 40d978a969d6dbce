"""The House of Commons as known today: its seats, its members, and how to reach them."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from app.mp.dissolution import Dissolution, today
from app.mp.outcomes import Found
from app.mp.parliament.cached import CachedParliament, Dated
from app.mp.parliament.client import ParliamentError, Portrait
from app.mp.people import Member, Seat
from app.mp.postcode import Postcode
from app.mp.snapshot.snapshot import LatestSnapshot, Snapshot

PAGE_SECONDS = 8.0  # for all calls to Parliament that one page waits for


def page_deadline() -> float:
    """Return the time of ``time.monotonic`` until which a page that begins now may wait for Parliament."""
    return time.monotonic() + PAGE_SECONDS


class House:
    """Joins the data of Parliament and of the snapshot. No method raises an error."""

    def __init__(
        self,
        parliament: CachedParliament | None,
        latest: LatestSnapshot,
        dissolution: Dissolution | None = None,
        today: Callable[[], date] = today,
    ) -> None:
        """Without ``parliament``, only the snapshot is used. During ``dissolution`` there are no members."""
        self._parliament = parliament
        self._latest = latest
        self._seen = latest.get()
        self._dissolution = dissolution
        self._today = today

    @property
    def asks_parliament(self) -> bool:
        return self._parliament is not None

    def latest_parliament(self) -> CachedParliament | None:
        """Return Parliament's answers without those from before the latest snapshot; None if it isn't called."""
        self.latest_snapshot()
        return self._parliament

    def latest_snapshot(self) -> Snapshot:
        """Return the snapshot as its files are now. If they have changed, forget Parliament's earlier answers."""
        latest = self._latest.get()
        if latest is not self._seen:
            self._seen = latest
            if self._parliament:
                self._parliament.forget()
        return latest

    @property
    def is_dissolved(self) -> bool:
        return self._dissolution is not None and self._dissolution.is_on(self._today())

    @property
    def election(self) -> date | None:
        return self._dissolution.last if self._dissolution else None

    def is_outdated(self, as_of: date) -> bool:
        return self._dissolution is not None and self._dissolution.outdates(as_of, self._today())

    def list_seats(self) -> list[Seat]:
        """Return all seats in order of name, with their members as of the snapshot's day."""
        latest = self.latest_snapshot()
        hidden = self._hides_members(latest)  # the same for all 650
        return [replace(seat, member=None) if hidden else seat for seat in latest.seats]

    def list_seats_around(self, postcode: Postcode) -> list[Seat]:
        return [self.update(seat) for seat in self.latest_snapshot().list_seats_around(postcode)]

    def update(self, seat: Seat) -> Seat:
        """Return a seat with the member that Parliament last named, without a call; without one if it may be wrong."""
        return self._hide_member(self._use_cached(seat))

    def get_cached_seat(self, seat: Seat) -> Dated[Seat] | None:
        parliament = self.latest_parliament()
        known = parliament and parliament.get_cached_seat(seat.constituency.id)
        if not (known and known.value and known.value.constituency.is_same_as(seat.constituency)):
            return None
        return Dated(known.value, known.as_of)

    def add_contact(self, found: Found, deadline: float) -> Found:
        parliament = self.latest_parliament()
        if not parliament or found.member.contact or found.member.is_unlisted:
            return found
        try:
            answer = parliament.get_contact(found.member.id, deadline)
            contact = replace(answer.value, as_of=answer.as_of)
        except ParliamentError:
            known = self._find_in_snapshot(found)
            if not (known and known.contact):
                return found
            contact = known.contact
        return replace(found, member=replace(found.member, contact=contact))

    def add_post(self, found: Found, deadline: float) -> Found:
        parliament = self.latest_parliament()
        if not parliament or found.member.is_unlisted:
            return found
        try:
            post = parliament.get_government_posts(deadline).value.get(found.member.id, "")
        except ParliamentError:
            known = self._find_in_snapshot(found)
            post = known.post if known else ""
        return replace(found, member=replace(found.member, post=post))

    @property
    def shows_portraits(self) -> bool:
        return self._parliament is not None and not self._parliament.seconds_away()

    def portrait(self, constituency_id: int, member_id: int) -> Portrait | None:
        """Return a picture of a constituency's member. For other members, Parliament is not asked."""
        known, parliament = self.latest_snapshot().get_seat(constituency_id), self.latest_parliament()
        if not (parliament and known) or self.is_dissolved:
            return None
        deadline = page_deadline()
        try:
            sits = _holds(self._use_cached(known), member_id) or _holds(
                parliament.get_seat(constituency_id, deadline).value, member_id
            )
            return parliament.get_portrait(member_id, deadline) if sits else None
        except ParliamentError:
            return None

    def _find_in_snapshot(self, found: Found) -> Member | None:
        """Return a member from the snapshot; None if somebody else held the seat then."""
        known = self.latest_snapshot().find_seat(found.constituency)
        return known.member if known and _holds(known, found.member.id) else None

    def _use_cached(self, seat: Seat) -> Seat:
        known = self.get_cached_seat(seat)
        return known.value if known and not known.as_of else seat

    def _hide_member(self, seat: Seat) -> Seat:
        """Return a seat without its member, if there may be none or another one by now."""
        return replace(seat, member=None) if self._hides_members(self.latest_snapshot()) else seat

    def _hides_members(self, snapshot: Snapshot) -> bool:
        return self.is_dissolved or (snapshot.date is not None and self.is_outdated(snapshot.date))


def _holds(seat: Seat | None, member_id: int) -> bool:
    return seat is not None and seat.member is not None and seat.member.id == member_id
