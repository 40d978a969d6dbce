"""Salts for hashes: random bytes that all processes share, a new salt for each period.

Old salts are forgotten. After that, nobody can turn a hash of a client's key back into the client.
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
"""The salt of the current period, then those of earlier periods, newest first."""


class MemorySalts:
    """Salts in shared memory. Create it before the processes are forked. The first call begins the first period."""

    def __init__(self, lock: SharedLock, seconds: int, kept: int) -> None:
        """A period lasts ``seconds``. The current salt and ``kept`` - 1 earlier ones are known."""
        self._seconds, self._kept = seconds, kept
        self._record = struct.Struct(f"=dq{_SIZE * kept}s")
        self._memory = mmap.mmap(-1, self._record.size)
        self._lock = lock

    def now(self) -> Salts:
        began, known, salts = self._read()
        if known == _current_period(began, self._seconds):
            return salts
        with self._lock.held():
            began, known, salts = self._read()
            began = began or time.time()
            period = _current_period(began, self._seconds)
            if known != period:
                salts = (_new_salt(), *self._earlier_salts(period - known, salts))
                self._record.pack_into(self._memory, 0, began, period, b"".join(salts))
        return salts

    def ends(self) -> float:
        """Return the end of the current period (``time.time``)."""
        began, period, _ = self._read()
        return began + period * self._seconds

    def _read(self) -> tuple[float, int, Salts]:
        began, period, whole = self._record.unpack_from(self._memory)
        return began, period, tuple(whole[n * _SIZE : (n + 1) * _SIZE] for n in range(self._kept))

    def _earlier_salts(self, since: int, salts: Salts) -> Salts:
        """Return the earlier salts to keep, if ``salts`` end ``since`` periods ago."""
        if not 0 < since < self._kept:
            since, salts = self._kept, ()
        gap = tuple(_new_salt() for _ in range(since - 1))
        return (*gap, *salts)[: self._kept - 1]


class RedisSalts:
    """Salts in Redis, where they expire. The first period begins with the first call."""

    def __init__(self, seconds: int, kept: int) -> None:
        self._seconds, self._kept = seconds, kept
        self._known: dict[tuple[float, int], bytes] = {}

    def now(self, client: Redis) -> Salts:
        """Return the salts, the same on all machines. Raises RedisError."""
        began = self._start(client)
        period = _current_period(began, self._seconds)
        wanted = [(began, period - n) for n in range(self._kept)]
        self._known = known = {key: self._known.get(key) or self._salt(client, *key) for key in wanted}
        return tuple(known.values())

    def ends(self, client: Redis) -> float:
        """Return the end of the current period (``time.time``). Raises RedisError."""
        began = self._start(client)
        return began + _current_period(began, self._seconds) * self._seconds

    def _start(self, client: Redis) -> float:
        key = f"{_KEY}{self._seconds}"
        return float(_bytes(client.get(key)) or _set_or_get(client, key, repr(time.time()).encode(), None))

    def _salt(self, client: Redis, began: float, period: int) -> bytes:
        left = began + (period + self._kept - 1) * self._seconds - time.time()
        return _set_or_get(client, f"{_KEY}{self._seconds}:{period}", _new_salt(), max(1, int(left * 1000)))


def _current_period(began: float, seconds: int) -> int:
    """Return the number of the current period, counted from 1."""
    return int((time.time() - began) // seconds) + 1


def _new_salt() -> bytes:
    return secrets.token_bytes(_SIZE)


def _set_or_get(client: Redis, key: str, own: bytes, milliseconds: int | None) -> bytes:
    """Return the value that the first process set; set our own if we are the first."""
    client.set(key, own, nx=True, px=milliseconds)
    return _bytes(client.get(key)) or own


def _bytes(found: object) -> bytes | None:
    return found if isinstance(found, bytes) else None
