"""Folders with any number of campaigns: copies of the Uyghur campaign's file under other names."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from config import ROOT

_FILE = ROOT / "letter_templates" / "uyghurs.md"


@contextmanager
def folder_of(campaigns: int) -> Iterator[Path]:
    """Make a folder with ``uyghurs.md`` and copies, ``campaigns`` in all."""
    with TemporaryDirectory(prefix="dear-mp-") as name:
        folder = Path(name)
        for number in range(1, campaigns):
            shutil.copy(_FILE, folder / f"campaign-{number}.md")
        shutil.copy(_FILE, folder)
        yield folder
