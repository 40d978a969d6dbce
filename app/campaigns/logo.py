"""The picture beside a campaign's file."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

LARGEST_LOGO = 200 * 1024  # bytes
_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture, and what it is by its first bytes, whatever its name says."""

    content: bytes
    mimetype: str


def read_logo(folder: Path, name: str) -> Logo | None:
    """The picture of that name, which has no path in it; None where there is none that is sound."""
    try:
        content = _content(folder / name)
    except OSError:
        return None
    mimetype = kind_of_picture(content)
    return Logo(content, mimetype) if mimetype and len(content) <= LARGEST_LOGO else None


def kind_of_picture(content: bytes) -> str:
    """``image/png``, ``image/jpeg`` or ``image/webp``; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((mimetype for beginning, mimetype in _BEGINNINGS if content.startswith(beginning)), "")


def _content(path: Path) -> bytes:
    # No link, which may lead anywhere; and no waiting for what is no file.
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileNotFoundError(path.name)
        return file.read(LARGEST_LOGO + 1)
