"""The picture beside a campaign's file."""

from dataclasses import dataclass
from pathlib import Path

from app.campaigns.file.inside import read_inside
from app.storage.image_type import image_type

LARGEST_LOGO = 200 * 1024  # bytes


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
    mimetype = image_type(content)
    return Logo(content, mimetype) if mimetype and len(content) <= LARGEST_LOGO else None
