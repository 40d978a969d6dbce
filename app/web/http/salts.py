"""Random bytes for each stretch of time, known to all processes, and forgotten soon after.

Mixed into the name of a client, they make a mark that nobody can turn back into the client later on, since nobody knows
them any more.
"""

import mmap
import secrets
import struct
import time

from redis import Redis

from app.storage.redis_link import PREFIX
from app.storage.shared_lock import SharedLock

_SIZE = 32
_KEY = f"{PREFIX}salt:"

Salts = tuple[bytes, ...]
"""The bytes of this stretch of time first, then the earlier ones that are still known."""


class SharedSalts:
    """Kept in memory, to be made before the processes are forked. The first stretch begins when it is first asked."""

    def __init__(self, lock: SharedLock, seconds: int, kept: int) -> None:
        """``kept`` is how many stretches of time are known, this one among them."""
        self._seconds, self._kept = seconds, kept
        self._record = struct.Struct(f"=dq{_SIZE * kept}s")
        self._memory = mmap.mmap(-1, self._record.size)
        self._lock = lock

    def now(self) -> Salts:
        """Return the ones of this moment."""
        began, known, salts = self._read()
        if known == _stretch(began, self._seconds):
            return salts
        with self._lock.held():
            began, known, salts = self._read()
            began = began or time.time()
            stretch = _stretch(began, self._seconds)
            if known != stretch:
                salts = (_new(), *self._earlier(stretch - known, salts))
                self._record.pack_into(self._memory, 0, began, stretch, b"".join(salts))
        return salts

    def ends(self) -> float:
        """Return the end of this stretch of time (``time.time``)."""
        began, stretch, _ = self._read()
        return began + stretch * self._seconds

    def _read(self) -> tuple[float, int, Salts]:
        began, stretch, whole = self._record.unpack_from(self._memory)
        return began, stretch, tuple(whole[n * _SIZE : (n + 1) * _SIZE] for n in range(self._kept))

    def _earlier(self, since: int, salts: Salts) -> Salts:
        """Return the earlier ones to go on keeping, where the latest known are so many stretches old."""
        if not 0 < since < self._kept:
            since, salts = self._kept, ()
        gap = tuple(_new() for _ in range(since - 1))
        return (*gap, *salts)[: self._kept - 1]


class SaltsInRedis:
    """Kept in Redis, which forgets them in time. The first stretch begins when it is first asked."""

    def __init__(self, seconds: int, kept: int) -> None:
        self._seconds, self._kept = seconds, kept
        self._known: dict[tuple[float, int], bytes] = {}

    def now(self, client: Redis) -> Salts:
        """Return the ones of this moment, for all machines. Raises RedisError."""
        began = self._beginning(client)
        stretch = _stretch(began, self._seconds)
        wanted = [(began, stretch - n) for n in range(self._kept)]
        self._known = known = {one: self._known.get(one) or self._agree(client, *one) for one in wanted}
        return tuple(known.values())

    def ends(self, client: Redis) -> float:
        """Return the end of this stretch of time (``time.time``). Raises RedisError."""
        began = self._beginning(client)
        return began + _stretch(began, self._seconds) * self._seconds

    def _beginning(self, client: Redis) -> float:
        key = f"{_KEY}{self._seconds}"
        return float(_bytes(client.get(key)) or _agreed(client, key, repr(time.time()).encode(), None))

    def _agree(self, client: Redis, began: float, stretch: int) -> bytes:
        left = began + (stretch + self._kept - 1) * self._seconds - time.time()
        return _agreed(client, f"{_KEY}{self._seconds}:{stretch}", _new(), max(1, int(left * 1000)))


def _stretch(began: float, seconds: int) -> int:
    """The number of the stretch of time that it is now, the first being 1."""
    return int((time.time() - began) // seconds) + 1


def _new() -> bytes:
    return secrets.token_bytes(_SIZE)


def _agreed(client: Redis, key: str, own: bytes, milliseconds: int | None) -> bytes:
    """Return what the first process put there."""
    client.set(key, own, nx=True, px=milliseconds)
    return _bytes(client.get(key)) or own


def _bytes(found: object) -> bytes | None:
    return found if isinstance(found, bytes) else None
