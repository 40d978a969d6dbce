"""Names of campaign files: ``rivers.md``, and ``rivers.cy.md`` for the same campaign in Welsh.

The name of a file excludes ``.md``. Its slug, ``rivers``, is the same for both and part of the campaign's address.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from app.i18n import languages

WELSH = languages.WELSH.code
"""The language of files with ``.cy`` in their names; others name theirs under ``language``."""

LONGEST_SLUG = 60  # characters
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WELSH = f".{WELSH}"
_ENDING = ".md"


def is_slug(slug: str) -> bool:
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= LONGEST_SLUG


def is_file_name(name: str) -> bool:
    return is_slug(slug_of(name))


def is_translation(name: str) -> bool:
    return name.endswith(_WELSH)


def slug_of(name: str) -> str:
    """Return ``rivers`` for ``rivers.cy``."""
    return name.removesuffix(_WELSH)


def files_in(folder: Path) -> list[Path]:
    """Return the campaign files of a folder, each translation right after its original."""
    names = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return [folder / name for name in sort_names(names)]


def sort_names(names: Iterable[str]) -> list[str]:
    """Filter and sort names of files as ``files_in`` does."""
    stems = (name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING))
    return [f"{stem}{_ENDING}" for stem in sorted(stems, key=lambda stem: (slug_of(stem), stem))]


def files_of_campaign(folder: Path, slug: str) -> list[Path]:
    # A broken link is included, as in the folder's list: it shows as a file that cannot be read.
    return [folder / name for name in names_of_campaign(slug) if os.path.lexists(folder / name)]


def names_of_campaign(slug: str) -> tuple[str, str]:
    """Return the names that a campaign's files have, the translation last."""
    return f"{slug}{_ENDING}", f"{slug}{_WELSH}{_ENDING}"


def original_of(path: Path) -> Path:
    return path.with_name(f"{slug_of(path.stem)}.md")
