"""Puts campaign files into the folder they are served from, and keeps every version there ever was.

Beside the files is a folder ``.versions``, with a folder for each file, so that the Welsh of a campaign has versions of
its own. A version is kept there, whole, before it takes the place of the one before it: whatever happens in between,
no file is torn and no version lost.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.campaigns.file.campaign_files import Files, as_bytes, read_text_in, table_of
from app.campaigns.file.file_names import is_file_name
from app.campaigns.file.inside import leads_out, real_place
from app.storage.atomic_file import write_whole

VERSIONS = ".versions"
_ID = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{12}")
_MOMENT = "%Y%m%dT%H%M%S%fZ"


class NothingSuch(Exception):
    """There is no campaign or version of that name."""


class TableTaken(Exception):
    """A table of that name is there already, and it is not this campaign's, or not its alone."""


class ChangedMeanwhile(Exception):
    """The file is not the one that the writer set out from."""


@dataclass(frozen=True, slots=True)
class Version:
    """The campaign as it was published once, or as it was found before that."""

    id: str
    when: datetime
    files: Files


class Publisher:
    """Writes the campaign files of a folder, each by its name: ``rivers``, ``rivers.cy``.

    Each method raises OSError where the folder cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self, name: str) -> Files:
        """The files as they are served; empty where there are none. Raises NothingSuch."""
        text = self._text_in(self._folder / f"{_checked(name)}.md")
        table = table_of(text)
        facts = self._text_in(self._folder / table) if table else ""
        return Files(text, table, facts) if facts else Files(text)

    def publish(self, name: str, files: Files, base: str) -> Version:
        """Put files in the place of those whose mark is ``base``. Raises ChangedMeanwhile where others are there.

        Raises TableTaken, too, rather than write over what no version of the campaign holds.
        """
        with self._locked():
            before = self.current(name)
            if before.mark != base:
                raise ChangedMeanwhile
            self._check_table(name, before, files)
            if before.text and before.mark not in {version.files.mark for version in self.versions(name)}:
                self._keep(name, before)  # somebody put it there by hand
            version = self._keep(name, files)
            if files.facts_name:
                write_whole(self._folder / files.facts_name, as_bytes(files.facts))
            write_whole(self._folder / f"{name}.md", as_bytes(files.text))
            return version

    def _check_table(self, name: str, before: Files, files: Files) -> None:
        there = self._text_in(self._folder / files.facts_name) if files.facts_name else ""
        if there in ("", files.facts):
            return
        is_own = files.facts_name == before.facts_name or any(
            (version.files.facts_name, version.files.facts) == (files.facts_name, there)
            for version in self.versions(name)
        )
        others = (path for path in self._folder.glob("*.md") if path.stem != name)
        if not is_own or any(self._table_named_by(path) == files.facts_name for path in others):
            raise TableTaken

    def _table_named_by(self, path: Path) -> str:
        """The table that another campaign names; empty where its file cannot be read, and so is no campaign."""
        try:
            return table_of(self._text_in(path))
        except OSError:
            return ""

    def versions(self, name: str) -> list[Version]:
        """Every version, the latest first. Raises NothingSuch."""
        folder = self._folder / VERSIONS / _checked(name)
        kept = (path for path in folder.glob("*.md") if _ID.fullmatch(path.stem) and not leads_out(self._folder, path))
        return [self._version(path) for path in sorted(kept, reverse=True)]

    def version(self, name: str, version_id: str) -> Version:
        """One version. Raises NothingSuch."""
        path = self._folder / VERSIONS / _checked(name) / f"{version_id}.md"
        if not _ID.fullmatch(version_id) or not path.is_file() or leads_out(self._folder, path):
            raise NothingSuch
        return self._version(path)

    def _keep(self, name: str, files: Files) -> Version:
        folder = self._folder / VERSIONS / name
        folder.mkdir(parents=True, exist_ok=True)
        real_place(self._folder, folder)  # or nothing is written
        stem = f"{_next_moment(folder):{_MOMENT}}-{files.mark}"
        if files.facts_name:
            write_whole(folder / f"{stem}~{files.facts_name}", as_bytes(files.facts))
        write_whole(folder / f"{stem}.md", as_bytes(files.text))
        return self._version(folder / f"{stem}.md")

    def _version(self, path: Path) -> Version:
        tables = (path for path in path.parent.glob(f"{path.stem}~*.csv") if not leads_out(self._folder, path))
        facts = next(tables, None)
        name = facts.name.partition("~")[2] if facts else ""
        files = Files(self._text_in(path), name, self._text_in(facts) if facts else "")
        return Version(path.stem, _when(path), files)

    def _text_in(self, path: Path) -> str:
        return read_text_in(self._folder, path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One publisher at a time, of all processes; whoever is killed leaves no lock behind."""
        folder = self._folder / VERSIONS
        folder.mkdir(exist_ok=True)
        lock = os.open(real_place(self._folder, folder) / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _checked(name: str) -> str:
    if not is_file_name(name):
        raise NothingSuch
    return name


def _next_moment(folder: Path) -> datetime:
    """Now, unless the clock was put back: the order of versions is that of their names."""
    now = datetime.now(UTC)
    kept = (_when(path) for path in folder.glob("*.md") if _ID.fullmatch(path.stem))
    return max(now, *(moment + timedelta(microseconds=1) for moment in kept), now)


def _when(path: Path) -> datetime:
    return datetime.strptime(path.stem.partition("-")[0], _MOMENT).replace(tzinfo=UTC)
