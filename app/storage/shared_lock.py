"""A lock for the threads and forked processes of one machine."""

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
    """A lock to make before processes are forked. The system releases it if the process that holds it dies.

    Nobody waits longer than half a second, even for a process that is stopped: the lock protects counts, and a count
    that is wrong by one does less harm than a site that hangs.
    """

    def __init__(self) -> None:
        self._file = _open_unnamed_file()
        finalize(self, os.close, self._file)
        self._threads = Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock inside, which must be short: a few records to read and write."""
        deadline = time.monotonic() + LONGEST_WAIT
        is_ours = self._threads.acquire(timeout=LONGEST_WAIT)  # locks of a file exclude processes, but not threads
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


def _open_unnamed_file() -> int:
    """Open a file in memory if the system has such files, because the disk may be full or read-only."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):  # some systems forbid it
            return os.memfd_create("lock")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
