"""Files that are there whole or not at all, whenever the power goes."""

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in the place of another, or of none. Raises OSError, and then the other is as it was."""
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.unlink(missing_ok=True)
    with unfinished.open("xb") as file:  # a new one, so that nothing is written where a link leads
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _settle(path.parent)


def _settle(folder: Path) -> None:
    """Have the folder's new entry on disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
