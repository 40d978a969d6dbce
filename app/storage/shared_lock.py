"""A lock that the threads and forked processes of one machine share."""

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from weakref import finalize

LONGEST_WAIT = 0.5  # seconds
_BETWEEN_TRIES = 0.0005


class SharedLock:
    """To be made before the processes are forked. The system takes it from a process that dies while it holds it.

    Nobody waits longer than half a second, even for a process that is stopped: what is guarded are counts, and a count
    that is wrong by one does less harm than a site that hangs.
    """

    def __init__(self) -> None:
        self._file = _file_without_name()
        finalize(self, os.close, self._file)
        self._threads = Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the others out, for as long as a few records take to read and write."""
        deadline = time.monotonic() + LONGEST_WAIT
        is_ours = self._threads.acquire(timeout=LONGEST_WAIT)  # a file's locks keep out processes, and not threads
        try:
            is_locked = is_ours and self._lock_file(deadline)
            try:
                yield
            finally:
                if is_locked:
                    fcntl.lockf(self._file, fcntl.LOCK_UN)
        finally:
            if is_ours:
                self._threads.release()

    def _lock_file(self, deadline: float) -> bool:
        while True:
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if time.monotonic() > deadline:
                    return False
                time.sleep(_BETWEEN_TRIES)
            else:
                return True


def _file_without_name() -> int:
    """One in memory, where the system has such: the disk may be full, or for reading only."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):  # of a system that forbids it
            return os.memfd_create("lock")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
