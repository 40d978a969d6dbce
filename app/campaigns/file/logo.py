"""The picture beside a campaign's file."""

from dataclasses import dataclass
from pathlib import Path

from app.campaigns.file.inside import read_inside

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
        content = read_inside(folder, folder / name, LARGEST_LOGO + 1)
    except OSError:
        return None
    mimetype = kind_of_picture(content)
    return Logo(content, mimetype) if mimetype and len(content) <= LARGEST_LOGO else None


def kind_of_picture(content: bytes) -> str:
    """``image/png``, ``image/jpeg`` or ``image/webp``; empty for anything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((mimetype for beginning, mimetype in _BEGINNINGS if content.startswith(beginning)), "")
