"""Atomic, durable writes of files."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or replace one. Raises OSError, and then leaves an earlier file unchanged."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.unlink(missing_ok=True)
    with unfinished.open("xb") as file:  # "x" makes a new file, so that nothing is written to the target of a link
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Write the folder's new entry to disk too, for a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
