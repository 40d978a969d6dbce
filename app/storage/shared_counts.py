"""A table of counts that forked processes share, in memory of a fixed size. Counts expire."""

import mmap
import struct
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import blake2b

from app.storage.shared_lock import SharedLock

_RECORD = struct.Struct("=16sdI")  # hash of the key, expiry as a time of time.monotonic, count
_NO_KEY = bytes(16)
_RECORDS_A_ROW = 8


@dataclass(frozen=True, slots=True)
class Count:
    """The number of events counted under a key."""

    number: int = 0
    first_ends: float = 0.0
    """Seconds until the first of them expires; 0 if there is none."""


class SharedCounts:
    """A table to make before processes are forked. It holds hashes of keys, not the keys.

    A key's hash selects one of many rows, so that only a few records have to be read. In a full row, the record that
    would expire first makes room.
    """

    def __init__(self, lock: SharedLock, rows: int, records: int = _RECORDS_A_ROW) -> None:
        self.records, self._rows, self._row_size = records, rows, records * _RECORD.size
        self._memory = mmap.mmap(-1, rows * self._row_size)
        self.lock = lock

    def held(self) -> AbstractContextManager[None]:
        """Hold the lock inside. All changes must be made there, and reads that a change depends on."""
        return self.lock.held()

    def get(self, key: str) -> Count:
        now, name = time.monotonic(), _hash(key)
        found = [
            (ends - now, number) for _, owner, ends, number in self._read_row(name) if owner == name and ends > now
        ]
        return Count(sum(number for _, number in found), min((left for left, _ in found), default=0.0))

    def add(self, key: str, number: int, seconds: float) -> None:
        """Count ``number`` events in a new record, which expires after ``seconds``."""
        now, name = time.monotonic(), _hash(key)
        position = min(self._read_row(name), key=lambda record: record[2] if record[2] > now else 0.0)[0]
        _RECORD.pack_into(self._memory, position, name, now + seconds, number)

    def increase(self, key: str, number: int, seconds: float) -> int:
        """Add events to the key's record, which keeps its expiry, and return their new number.

        Without a record, make one that expires after ``seconds``.
        """
        now, name = time.monotonic(), _hash(key)
        for position, owner, ends, before in self._read_row(name):
            if owner == name and ends > now:
                _RECORD.pack_into(self._memory, position, name, ends, before + number)
                return before + number
        self.add(key, number, seconds)
        return number

    def forget(self, key: str) -> None:
        name = _hash(key)
        for position, owner, _, _ in self._read_row(name):
            if owner == name:
                _RECORD.pack_into(self._memory, position, _NO_KEY, 0.0, 0)

    def forget_all(self) -> None:
        self._memory[:] = bytes(len(self._memory))

    def _read_row(self, name: bytes) -> Iterator[tuple[int, bytes, float, int]]:
        """Yield the records of a hash's row, each after its position in memory."""
        start = int.from_bytes(name[:8], "big") % self._rows * self._row_size
        row = self._memory[start : start + self._row_size]
        for n, (owner, ends, number) in enumerate(_RECORD.iter_unpack(row)):
            yield start + n * _RECORD.size, owner, ends, number


def _hash(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=16).digest()
