"""A circuit breaker for calls to Parliament, shared by all processes of a site and, with Redis, by all machines."""

import mmap
import struct
import time

from app.storage.redis_link import PREFIX, RedisLink

_TWO_NUMBERS = struct.Struct("dd")
_KEY = f"{PREFIX}away"


class CircuitBreaker:
    """Closed while calls may be made, open during a pause, half-open after it until a call has succeeded.

    Its state is in memory that forked processes share, and in Redis if there is one.
    """

    def __init__(self, link: RedisLink | None = None) -> None:
        self._memory = mmap.mmap(-1, _TWO_NUMBERS.size)
        self._link = link

    def seconds_left(self) -> float:
        """Return the rest of the pause; 0 if calls may be made."""
        until, _ = self._read()
        here = max(0.0, until - time.monotonic())
        return max(here, self._seconds_left_in_redis()) if self._link else here

    def open(self, seconds: float) -> None:
        """Begin a pause of so many seconds. A longer one that has begun already is not shortened."""
        if not seconds:
            return
        until, _ = self._read()
        until = max(until, time.monotonic() + seconds)
        _TWO_NUMBERS.pack_into(self._memory, 0, until, 1.0)
        left = until - time.monotonic()
        if self._link and left > self._seconds_left_in_redis():
            self._link.ask(lambda client: client.set(_KEY, 1, px=int(left * 1000) + 1), None)

    def is_half_open(self) -> bool:
        """Return whether a pause is over and no call has succeeded since."""
        _, was_opened = self._read()
        return bool(was_opened) and not self.seconds_left()

    def close(self) -> None:
        _TWO_NUMBERS.pack_into(self._memory, 0, 0.0, 0.0)
        if self._link:
            self._link.ask(lambda client: client.delete(_KEY), None)

    def _read(self) -> tuple[float, float]:
        """Return the end of the pause, as a time of ``time.monotonic``, and 1 if it was opened since the last close."""
        until, was_opened = _TWO_NUMBERS.unpack_from(self._memory)
        return until, was_opened

    def _seconds_left_in_redis(self) -> float:
        milliseconds = self._link.ask(lambda client: client.pttl(_KEY), 0) if self._link else 0
        return max(0, milliseconds) / 1000
