"""Parliament's answers: asked for politely, remembered for a day, and used older than that where none can be had.

Only the answer for a postcode is not remembered, nor shared with somebody who asks at the same moment: nobody can tell
by the time of an answer, or by what is kept, that somebody else asked about that postcode.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from pydantic import TypeAdapter

from app.mp.dissolution import Dissolution, today
from app.mp.parliament.cache import Cache, CacheEntry
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.client import NoAnswer, ParliamentClient, ParliamentError, Portrait
from app.mp.parliament.place_answer import PlaceAnswer
from app.mp.people import Contact, Seat
from app.mp.postcode import Postcode

T = TypeVar("T")

_SEAT = TypeAdapter(Seat | None)
_CONTACT = TypeAdapter(Contact)
_POSTS = TypeAdapter(dict[int, str])
_PICTURE = TypeAdapter(tuple[str, bytes] | None, config={"ser_json_bytes": "base64", "val_json_bytes": "base64"})


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """What Parliament said."""

    value: T
    as_of: date | None = None
    """The day it said so, where it is more than a day ago and nothing newer can be had."""


class CachedParliament:
    """What is asked of Parliament. ``deadline`` is the moment (``time.monotonic``) after which nobody waits.

    Every method that asks raises ParliamentError where there is no answer, old or new.
    """

    def __init__(
        self, client: ParliamentClient, call_limiter: CallLimiter, cache: Cache, dissolution: Dissolution | None = None
    ) -> None:
        self._dissolution = dissolution
        self._client = client
        self._call_limiter = call_limiter
        self._cache = cache

    def place(self, postcode: Postcode, deadline: float) -> PlaceAnswer:
        """Ask where a postcode is. The seats that come with the answer are remembered, as those of any postcode."""

        def ask() -> tuple[int, ...]:
            seats = self._client.seats_at(postcode)
            for seat in seats:
                self._cache.put(_key_of(seat.constituency.id), _SEAT, seat)
            return tuple(seat.constituency.id for seat in seats)

        numbers = self._call_limiter.call(None, ask, deadline)
        return PlaceAnswer(numbers, int(time.time()))

    def seats(self, place: PlaceAnswer, deadline: float) -> Dated[tuple[Seat, ...]]:
        """Today's constituencies at a place."""
        seats = [self.seat(number, deadline) for number in place.constituencies]
        days = [answer.as_of for answer in seats if answer.as_of]
        return Dated(tuple(answer.value for answer in seats if answer.value), min(days, default=None))

    def seat(self, constituency_id: int, deadline: float) -> Dated[Seat | None]:
        """A constituency by its number; None where there is none such today."""
        return self._recall(_key_of(constituency_id), _SEAT, lambda: self._client.seat(constituency_id), deadline)

    def seat_as_remembered(self, constituency_id: int) -> Dated[Seat | None] | None:
        """Return the latest that Parliament said of a constituency, if that is remembered; nobody is asked."""
        known = self._known(_key_of(constituency_id), _SEAT)
        return Dated(known.value, None if known.is_fresh else known.day) if known else None

    def contact(self, member_id: int, deadline: float) -> Dated[Contact]:
        """How to reach a member."""

        def ask() -> Contact:
            contact = self._client.contact(member_id)
            if contact is None:
                raise NoAnswer("nothing known of a member")
            return contact

        return self._recall(f"contact:{member_id}", _CONTACT, ask, deadline)

    def government_posts(self, deadline: float) -> Dated[dict[int, str]]:
        """Member's number → post in the Government, of all who hold one."""
        return self._recall("posts", _POSTS, self._client.government_posts, deadline)

    def portrait(self, member_id: int, deadline: float) -> Portrait | None:
        """A small picture of a member; None where there is none."""

        def ask() -> tuple[str, bytes] | None:
            portrait = self._client.portrait(member_id)
            return (portrait.mimetype, portrait.content) if portrait else None

        picture = self._recall(f"portrait:{member_id}", _PICTURE, ask, deadline).value
        return Portrait(*picture) if picture else None

    def seconds_away(self) -> float:
        """For how long Parliament is not called, having asked for it or not having answered; 0 where it is."""
        return self._call_limiter.circuit_breaker.seconds_left()

    def stay_away(self, seconds: float) -> None:
        """Do not call for so long."""
        self._call_limiter.circuit_breaker.open(seconds)

    def forget(self, *, everywhere: bool = False) -> None:
        """Ask anew from now on: in this process, or in all of them that share a Redis."""
        self._cache.clear(everywhere=everywhere)

    def _known(self, key: str, kind: TypeAdapter[T]) -> CacheEntry[T] | None:
        """What was said, unless that was before a general election."""
        known = self._cache.get(key, kind)
        is_outdated = known and self._dissolution and self._dissolution.outdates(known.day, today())
        return None if is_outdated else known

    def _recall(self, key: str, kind: TypeAdapter[T], ask: Callable[[], T], deadline: float) -> Dated[T]:
        known = self._known(key, kind)
        if known and known.is_fresh:
            return Dated(known.value)

        def ask_and_remember() -> T:
            value = ask()
            self._cache.put(key, kind, value)
            return value

        try:
            return Dated(self._call_limiter.call(key, ask_and_remember, deadline))
        except ParliamentError:
            if known:
                return Dated(known.value, known.day)
            raise


def _key_of(constituency_id: int) -> str:
    return f"seat:{constituency_id}"
