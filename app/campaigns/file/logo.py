"""The picture beside a campaign's file."""

from dataclasses import dataclass
from pathlib import Path

from app.campaigns.file.inside import read_inside

LARGEST_LOGO = 200 * 1024  # bytes
_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture. Its type follows from its first bytes, not from its name."""

    content: bytes
    mimetype: str


def read_logo(folder: Path, name: str) -> Logo | None:
    """Read a picture in a folder; return None if it is missing, too large or of another type."""
    try:
        content = read_inside(folder, folder / name, LARGEST_LOGO + 1)
    except OSError:
        return None
    mimetype = kind_of_picture(content)
    return Logo(content, mimetype) if mimetype and len(content) <= LARGEST_LOGO else None


def kind_of_picture(content: bytes) -> str:
    """Return ``image/png``, ``image/jpeg`` or ``image/webp``; empty for other types."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((mimetype for beginning, mimetype in _BEGINNINGS if content.startswith(beginning)), "")
