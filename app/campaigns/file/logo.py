"""The picture beside a campaign's file."""

from dataclasses import dataclass
from pathlib import Path

from app.campaigns.file.inside import read_inside
from app.storage.image_type import image_type

LARGEST_LOGO = 200 * 1024  # bytes


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
    mimetype = image_type(content)
    return Logo(content, mimetype) if mimetype and len(content) <= LARGEST_LOGO else None
