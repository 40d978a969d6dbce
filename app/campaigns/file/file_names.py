"""What campaign files are called: ``rivers.md``, and ``rivers.cy.md`` for the same campaign in Welsh.

The name of a file is all of that but ``.md``. Its slug is what both have in common, and becomes the address.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from app.i18n import languages

WELSH = languages.WELSH.code
"""The language of a file whose name says it; what any other is in stands in the file."""

LONGEST_SLUG = 60  # characters
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WELSH = f".{WELSH}"
_ENDING = ".md"


def is_slug(slug: str) -> bool:
    """Whether a campaign may be called so: it becomes part of its address."""
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= LONGEST_SLUG


def is_file_name(name: str) -> bool:
    """Whether a campaign file may be called so: ``rivers``, ``rivers.cy``."""
    return is_slug(slug_of(name))


def is_translation(name: str) -> bool:
    """Whether the file of that name is the Welsh one beside another."""
    return name.endswith(_WELSH)


def slug_of(name: str) -> str:
    """``rivers`` of ``rivers.cy``."""
    return name.removesuffix(_WELSH)


def files_in(folder: Path) -> list[Path]:
    """The campaign files of a folder, a translation right after the one that it translates."""
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return [folder / name for name in in_order(names)]


def in_order(names: Iterable[str]) -> list[str]:
    """Those names of files that are of campaign files, in the order of ``files_in``."""
    stems = (name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))
    return [f"{stem}{_ENDING}" for stem in sorted(stems, key=lambda stem: (slug_of(stem), stem))]


def files_of_campaign(folder: Path, slug: str) -> list[Path]:
    """Those of one campaign that are there, the translation last."""
    # A link to nowhere is there as well, as it is in the folder's list: it shows as a file that cannot be read.
    return [folder / name for name in names_of_campaign(slug) if os.path.lexists(folder / name)]


def names_of_campaign(slug: str) -> tuple[str, str]:
    """What the files of a campaign are called, the translation last."""
    return f"{slug}{_ENDING}", f"{slug}{_WELSH}{_ENDING}"


def original_of(path: Path) -> Path:
    """Where the file is that a translation translates."""
    return path.with_name(f"{slug_of(path.stem)}.md")
