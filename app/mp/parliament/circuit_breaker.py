"""How long Parliament is not to be called: known to every process of a site, and with Redis to every machine."""

import mmap
import struct
import time

from app.storage.redis_link import PREFIX, RedisLink

_TWO_NUMBERS = struct.Struct("dd")
_KEY = f"{PREFIX}away"


class CircuitBreaker:
    """Kept in a scrap of memory that processes forked from this one share, and in Redis where there is one."""

    def __init__(self, link: RedisLink | None = None) -> None:
        self._memory = mmap.mmap(-1, _TWO_NUMBERS.size)
        self._link = link

    def left(self) -> float:
        """Seconds still to wait; 0 where a call is welcome."""
        until, _ = self._read()
        here = max(0.0, until - time.monotonic())
        return max(here, self._left_in_redis()) if self._link else here

    def start(self, seconds: float) -> None:
        """Stay away for so long, or longer where that was asked before."""
        if not seconds:
            return
        until, _ = self._read()
        until = max(until, time.monotonic() + seconds)
        _TWO_NUMBERS.pack_into(self._memory, 0, until, 1.0)
        left = until - time.monotonic()
        if self._link and left > self._left_in_redis():
            self._link.ask(lambda client: client.set(_KEY, 1, px=int(left * 1000) + 1), None)

    def on_trial(self) -> bool:
        """Whether a wait is over, and no call since has told whether all is well."""
        _, troubled = self._read()
        return bool(troubled) and not self.left()

    def end(self) -> None:
        """All is well again."""
        _TWO_NUMBERS.pack_into(self._memory, 0, 0.0, 0.0)
        if self._link:
            self._link.ask(lambda client: client.delete(_KEY), None)

    def _read(self) -> tuple[float, float]:
        """The moment until which to wait, on the machine's own clock, and whether there was trouble."""
        until, troubled = _TWO_NUMBERS.unpack_from(self._memory)
        return until, troubled

    def _left_in_redis(self) -> float:
        milliseconds = self._link.ask(lambda client: client.pttl(_KEY), 0) if self._link else 0
        return max(0, milliseconds) / 1000
