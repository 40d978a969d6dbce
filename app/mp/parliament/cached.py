"""Parliament's answers, cached for a day; an older one is used if there is no new one.

Only the answer for a postcode is neither cached nor shared between visitors who ask at the same time: so neither the
time that an answer takes nor the cache tells anybody that somebody else asked about that postcode.
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
    """An answer of Parliament, with its day if it is an old one."""

    value: T
    as_of: date | None = None
    """The day of the answer, if it is more than a day old; None for a fresh one."""


class CachedParliament:
    """Parliament's answers from the cache, or from a call that waits no longer than until ``deadline``.

    A deadline is a time of ``time.monotonic``. Every method with one raises ParliamentError if there is no answer,
    neither new nor old.
    """

    def __init__(
        self, client: ParliamentClient, call_limiter: CallLimiter, cache: Cache, dissolution: Dissolution | None = None
    ) -> None:
        self._dissolution = dissolution
        self._client = client
        self._call_limiter = call_limiter
        self._cache = cache

    def locate(self, postcode: Postcode, deadline: float) -> PlaceAnswer:
        """Ask where a postcode is. The seats in the answer are cached by their own numbers."""

        def ask() -> tuple[int, ...]:
            seats = self._client.find_seats(postcode)
            for seat in seats:
                self._cache.put(_seat_key(seat.constituency.id), _SEAT, seat)
            return tuple(seat.constituency.id for seat in seats)

        numbers = self._call_limiter.call(None, ask, deadline)
        return PlaceAnswer(numbers, int(time.time()))

    def get_seats(self, place: PlaceAnswer, deadline: float) -> Dated[tuple[Seat, ...]]:
        """Return today's constituencies at a place, dated by the oldest answer."""
        answers = [self.get_seat(number, deadline) for number in place.constituencies]
        days = [answer.as_of for answer in answers if answer.as_of]
        return Dated(tuple(answer.value for answer in answers if answer.value), min(days, default=None))

    def get_seat(self, constituency_id: int, deadline: float) -> Dated[Seat | None]:
        """Return a constituency of today by its number; None for other numbers."""
        return self._get_or_ask(
            _seat_key(constituency_id), _SEAT, lambda: self._client.get_seat(constituency_id), deadline
        )

    def get_cached_seat(self, constituency_id: int) -> Dated[Seat | None] | None:
        known = self._get_valid(_seat_key(constituency_id), _SEAT)
        return Dated(known.value, None if known.is_fresh else known.day) if known else None

    def get_contact(self, member_id: int, deadline: float) -> Dated[Contact]:
        def ask() -> Contact:
            contact = self._client.get_contact(member_id)
            if contact is None:
                raise NoAnswer("nothing known of a member")
            return contact

        return self._get_or_ask(f"contact:{member_id}", _CONTACT, ask, deadline)

    def get_government_posts(self, deadline: float) -> Dated[dict[int, str]]:
        return self._get_or_ask("posts", _POSTS, self._client.get_government_posts, deadline)

    def get_portrait(self, member_id: int, deadline: float) -> Portrait | None:
        def ask() -> tuple[str, bytes] | None:
            portrait = self._client.get_portrait(member_id)
            return (portrait.mimetype, portrait.content) if portrait else None

        picture = self._get_or_ask(f"portrait:{member_id}", _PICTURE, ask, deadline).value
        return Portrait(*picture) if picture else None

    def seconds_away(self) -> float:
        """Return the rest of the pause that Parliament asked for or that followed a failure; 0 if it may be called."""
        return self._call_limiter.circuit_breaker.seconds_left()

    def stay_away(self, seconds: float) -> None:
        self._call_limiter.circuit_breaker.open(seconds)

    def forget(self, *, everywhere: bool = False) -> None:
        """Empty the cache of this process, or of all processes that share a Redis."""
        self._cache.clear(everywhere=everywhere)

    def _get_valid(self, key: str, kind: TypeAdapter[T]) -> CacheEntry[T] | None:
        """Return a cached answer, unless it is from before a general election."""
        known = self._cache.get(key, kind)
        is_outdated = known and self._dissolution and self._dissolution.outdates(known.day, today())
        return None if is_outdated else known

    def _get_or_ask(self, key: str, kind: TypeAdapter[T], ask: Callable[[], T], deadline: float) -> Dated[T]:
        known = self._get_valid(key, kind)
        if known and known.is_fresh:
            return Dated(known.value)

        def ask_and_cache() -> T:
            value = ask()
            self._cache.put(key, kind, value)
            return value

        try:
            return Dated(self._call_limiter.call(key, ask_and_cache, deadline))
        except ParliamentError:
            if known:
                return Dated(known.value, known.day)
            raise


def _seat_key(constituency_id: int) -> str:
    return f"seat:{constituency_id}"
