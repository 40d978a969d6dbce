"""What campaign files are called: ``rivers.md``, and ``rivers.cy.md`` for the same campaign in Welsh.

The name of a file is all of that but ``.md``. Its slug is what both have in common, and becomes the address.
"""

import re
from pathlib import Path

from app.language import languages

WELSH = languages.WELSH.code
"""The language of a file whose name says it; what any other is in stands in the file."""

LONGEST_SLUG = 60  # characters
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WELSH = f".{WELSH}"


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
    return sorted(folder.glob("*.md"), key=lambda path: (slug_of(path.stem), path.stem))


def files_of_campaign(folder: Path, slug: str) -> list[Path]:
    """Those of one campaign that are there, the translation last."""
    both = (folder / f"{slug}.md", folder / f"{slug}{_WELSH}.md")
    return [path for path in both if path.exists()]


def original_of(path: Path) -> Path:
    """Where the file is that a translation translates."""
    return path.with_name(f"{slug_of(path.stem)}.md")
