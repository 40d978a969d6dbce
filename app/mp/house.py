"""The House of Commons as far as it is known today: its seats, and what may be said of those who hold them."""

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

PAGE_SECONDS = 8.0  # that one page may wait for Parliament, all its calls together


def page_deadline() -> float:
    """The moment (``time.monotonic``) until which a page that begins now may wait for Parliament."""
    return time.monotonic() + PAGE_SECONDS


class House:
    """Joins what Parliament and the snapshot know. Raises nothing."""

    def __init__(
        self,
        parliament: CachedParliament | None,
        latest: LatestSnapshot,
        dissolution: Dissolution | None = None,
        today: Callable[[], date] = today,
    ) -> None:
        """Without ``parliament`` nobody is called. ``dissolution`` is when there are no members."""
        self._parliament = parliament
        self._latest = latest
        self._seen = latest.get()
        self._dissolution = dissolution
        self._today = today

    @property
    def asks_parliament(self) -> bool:
        """True if Parliament is called, not only the snapshot used."""
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
        """Whether there are no members at all today."""
        return self._dissolution is not None and self._dissolution.is_on(self._today())

    @property
    def election(self) -> date | None:
        """The day of the election that ends a dissolution, where it is known."""
        return self._dissolution.last if self._dissolution else None

    def is_outdated(self, as_of: date) -> bool:
        """Whether there has been a general election since a day."""
        return self._dissolution is not None and self._dissolution.outdates(as_of, self._today())

    def all_seats(self) -> list[Seat]:
        """Every seat that can be chosen, in order of name, with its member as of the snapshot's day."""
        latest = self.latest_snapshot()
        hidden = self._hides_members(latest)  # the same for all 650
        return [replace(seat, member=None) if hidden else seat for seat in latest.seats]

    def seats_around(self, postcode: Postcode) -> list[Seat]:
        """The seats that a writer at a postcode will most likely choose."""
        return [self.offered(seat) for seat in self.latest_snapshot().around(postcode)]

    def offered(self, seat: Seat) -> Seat:
        """A seat as it is offered for choice: as Parliament last spoke of it."""
        return self._shown(self._as_known(seat))

    def as_parliament_said(self, seat: Seat) -> Dated[Seat] | None:
        """Return what Parliament last said of a seat, if that is remembered; nobody is asked."""
        parliament = self.latest_parliament()
        known = parliament and parliament.get_cached_seat(seat.constituency.id)
        if not (known and known.value and known.value.constituency.is_same_as(seat.constituency)):
            return None
        return Dated(known.value, known.as_of)

    def with_contact(self, found: Found, deadline: float) -> Found:
        """The same, with how to reach the member where that can be told."""
        parliament = self.latest_parliament()
        if not parliament or found.member.contact or found.member.is_unlisted:
            return found
        try:
            answer = parliament.get_contact(found.member.id, deadline)
            contact = replace(answer.value, as_of=answer.as_of)
        except ParliamentError:
            known = self._as_in_snapshot(found)
            if not (known and known.contact):
                return found
            contact = known.contact
        return replace(found, member=replace(found.member, contact=contact))

    def with_post(self, found: Found, deadline: float) -> Found:
        """The same, with the member's post in the Government where that can be told."""
        parliament = self.latest_parliament()
        if not parliament or found.member.is_unlisted:
            return found
        try:
            post = parliament.get_government_posts(deadline).value.get(found.member.id, "")
        except ParliamentError:
            known = self._as_in_snapshot(found)
            post = known.post if known else ""
        return replace(found, member=replace(found.member, post=post))

    @property
    def shows_portraits(self) -> bool:
        """Whether there is anybody to ask for them."""
        return self._parliament is not None and not self._parliament.seconds_away()

    def portrait(self, constituency_id: int, member_id: int) -> Portrait | None:
        """A picture of the member who sits for a constituency; nobody can have others asked for."""
        known, parliament = self.latest_snapshot().seat(constituency_id), self.latest_parliament()
        if not (parliament and known) or self.is_dissolved:
            return None
        deadline = page_deadline()
        try:
            sits = _holds(self._as_known(known), member_id) or _holds(
                parliament.get_seat(constituency_id, deadline).value, member_id
            )
            return parliament.get_portrait(member_id, deadline) if sits else None
        except ParliamentError:
            return None

    def _as_in_snapshot(self, found: Found) -> Member | None:
        """What the snapshot knows of a member; nothing where somebody else sat then."""
        known = self.latest_snapshot().seat_of(found.constituency)
        return known.member if known and _holds(known, found.member.id) else None

    def _as_known(self, seat: Seat) -> Seat:
        known = self.as_parliament_said(seat)
        return known.value if known and not known.as_of else seat

    def _shown(self, seat: Seat) -> Seat:
        """Without its member, where there may be none or another."""
        return replace(seat, member=None) if self._hides_members(self.latest_snapshot()) else seat

    def _hides_members(self, snapshot: Snapshot) -> bool:
        return self.is_dissolved or (snapshot.date is not None and self.is_outdated(snapshot.date))


def _holds(seat: Seat | None, member_id: int) -> bool:
    return seat is not None and seat.member is not None and seat.member.id == member_id
