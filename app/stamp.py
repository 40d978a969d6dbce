"""What tells that a file has changed since it was last read."""

from pathlib import Path

Stamp = tuple[int, int]


def stamp(path: Path) -> Stamp:
    """A file's time in nanoseconds and its size in bytes; zeros where there is none."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_size)
