"""A table of counts in memory that forked processes share: bounded, and each count forgotten when its time is over."""

import mmap
import struct
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import blake2b

from app.storage.shared_lock import SharedLock

_RECORD = struct.Struct("=16sdI")  # whose count, until when (on the machine's own clock), how many
_NOBODY = bytes(16)
_BESIDE_EACH_OTHER = 8


@dataclass(frozen=True, slots=True)
class Count:
    """The number under a key."""

    number: int = 0
    first_ends: float = 0.0
    """Seconds until the first of them is forgotten; 0 where there is none."""


class SharedCounts:
    """To be made before the processes are forked. Keys are kept as hashes.

    A key belongs to one of many rows, so that few records have to be looked at. In a full row, what would be forgotten
    first makes room.
    """

    def __init__(self, lock: SharedLock, rows: int, records: int = _BESIDE_EACH_OTHER) -> None:
        self.records, self._rows, self._row_size = records, rows, records * _RECORD.size
        self._memory = mmap.mmap(-1, rows * self._row_size)
        self.lock = lock

    def held(self) -> AbstractContextManager[None]:
        """Keep others from changing it between two steps; each step that changes something is to be done within."""
        return self.lock.held()

    def get(self, key: str) -> Count:
        """Return what there is under a key at this moment."""
        now, name = time.monotonic(), _name(key)
        found = [(ends - now, number) for _, whose, ends, number in self._row(name) if whose == name and ends > now]
        return Count(sum(number for _, number in found), min((left for left, _ in found), default=0.0))

    def add(self, key: str, number: int, seconds: float) -> None:
        """Count so many more, in a record of their own that is forgotten after so long."""
        now, name = time.monotonic(), _name(key)
        place = min(self._row(name), key=lambda record: record[2] if record[2] > now else 0.0)[0]
        _RECORD.pack_into(self._memory, place, name, now + seconds, number)

    def increase(self, key: str, number: int, seconds: float) -> int:
        """Count so many more, to be forgotten with those that are there, and return how many that makes."""
        now, name = time.monotonic(), _name(key)
        for place, whose, ends, there in self._row(name):
            if whose == name and ends > now:
                _RECORD.pack_into(self._memory, place, name, ends, there + number)
                return there + number
        self.add(key, number, seconds)
        return number

    def forget(self, key: str) -> None:
        """Forget what there is under a key."""
        name = _name(key)
        for place, whose, _, _ in self._row(name):
            if whose == name:
                _RECORD.pack_into(self._memory, place, _NOBODY, 0.0, 0)

    def forget_all(self) -> None:
        """Be as new."""
        self._memory[:] = bytes(len(self._memory))

    def _row(self, name: bytes) -> Iterator[tuple[int, bytes, float, int]]:
        """The records among which a key's are, each with its place."""
        start = int.from_bytes(name[:8], "big") % self._rows * self._row_size
        row = self._memory[start : start + self._row_size]
        for n, (whose, ends, number) in enumerate(_RECORD.iter_unpack(row)):
            yield start + n * _RECORD.size, whose, ends, number


def _name(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=16).digest()
