"""What tells that a file has changed since it was last read."""

import os
from collections.abc import Callable
from pathlib import Path

Stamp = tuple[int, int]
GONE: Stamp = (0, 0)
"""That of no file."""


def stamp(path: Path) -> Stamp:
    """A file's time in nanoseconds and its size in bytes; ``GONE`` where there is none."""
    return _stamp(path.stat)


def stamps_in(folder: Path) -> dict[str, Stamp]:
    """Those of all that is in a folder, by name: one look at the folder's list, however many names are asked for."""
    try:
        with os.scandir(folder) as entries:
            return {entry.name: _stamp(entry.stat) for entry in entries}
    except OSError:
        return {}


def _stamp(stat: Callable[[], os.stat_result]) -> Stamp:
    try:
        status = stat()
    except OSError:
        return GONE
    return (status.st_mtime_ns, status.st_size)
