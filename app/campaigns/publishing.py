"""Puts campaign files into the folder that they are served from, and keeps every version.

Beside the files is a folder ``.versions``, with a folder for each file, so that the Welsh of a campaign has versions of
its own. A version is saved there before it replaces the one that is served: whatever happens in between, no file is
incomplete and no version lost.
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
_TIME_FORMAT = "%Y%m%dT%H%M%S%fZ"


class NothingSuch(Exception):
    """No campaign or version has that name."""


class TableTaken(Exception):
    """The table's name is taken: another campaign uses it, or no version of this campaign has its content."""


class ChangedMeanwhile(Exception):
    """The file has changed since the writer began to edit it."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a campaign that was published, or that was found in the folder before the first publication."""

    id: str
    when: datetime
    files: Files


class Publisher:
    """Writes the campaign files of a folder, by their names: ``rivers``, ``rivers.cy``.

    All methods raise OSError if the folder cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def current(self, name: str) -> Files:
        """Return the files as they are served; empty if there are none. Raises NothingSuch."""
        text = self._read(self._folder / f"{_check_name(name)}.md")
        table = table_of(text)
        facts = self._read(self._folder / table) if table else ""
        return Files(text, table, facts) if facts else Files(text)

    def publish(self, name: str, files: Files, base: str) -> Version:
        """Replace the files whose fingerprint is ``base``, and return the new version.

        Raises ChangedMeanwhile if the current files are others, and TableTaken rather than overwrite a table that no
        version of the campaign has.
        """
        with self._locked():
            before = self.current(name)
            if before.fingerprint != base:
                raise ChangedMeanwhile
            self._check_table(name, before, files)
            if before.text and before.fingerprint not in {version.files.fingerprint for version in self.versions(name)}:
                self._keep(name, before)  # somebody put it there by hand
            version = self._keep(name, files)
            if files.facts_name:
                write_whole(self._folder / files.facts_name, as_bytes(files.facts))
            write_whole(self._folder / f"{name}.md", as_bytes(files.text))
            return version

    def _check_table(self, name: str, before: Files, files: Files) -> None:
        current = self._read(self._folder / files.facts_name) if files.facts_name else ""
        if current in ("", files.facts):
            return
        is_own = files.facts_name == before.facts_name or any(
            (version.files.facts_name, version.files.facts) == (files.facts_name, current)
            for version in self.versions(name)
        )
        others = (path for path in self._folder.glob("*.md") if path.stem != name)
        if not is_own or any(self._table_named_by(path) == files.facts_name for path in others):
            raise TableTaken

    def _table_named_by(self, path: Path) -> str:
        """Return the name of another campaign's table; empty if its file cannot be read, and so is not served."""
        try:
            return table_of(self._read(path))
        except OSError:
            return ""

    def versions(self, name: str) -> list[Version]:
        """Return all versions, the latest first. Raises NothingSuch."""
        folder = self._folder / VERSIONS / _check_name(name)
        kept = (path for path in folder.glob("*.md") if _ID.fullmatch(path.stem) and not leads_out(self._folder, path))
        return [self._read_version(path) for path in sorted(kept, reverse=True)]

    def version(self, name: str, version_id: str) -> Version:
        """Return a version by its id. Raises NothingSuch."""
        path = self._folder / VERSIONS / _check_name(name) / f"{version_id}.md"
        if not _ID.fullmatch(version_id) or not path.is_file() or leads_out(self._folder, path):
            raise NothingSuch
        return self._read_version(path)

    def _keep(self, name: str, files: Files) -> Version:
        folder = self._folder / VERSIONS / name
        folder.mkdir(parents=True, exist_ok=True)
        real_place(self._folder, folder)  # raises before anything is written outside
        stem = f"{_next_time(folder):{_TIME_FORMAT}}-{files.fingerprint}"
        if files.facts_name:
            write_whole(folder / f"{stem}~{files.facts_name}", as_bytes(files.facts))
        write_whole(folder / f"{stem}.md", as_bytes(files.text))
        return self._read_version(folder / f"{stem}.md")

    def _read_version(self, path: Path) -> Version:
        tables = (path for path in path.parent.glob(f"{path.stem}~*.csv") if not leads_out(self._folder, path))
        facts = next(tables, None)
        name = facts.name.partition("~")[2] if facts else ""
        files = Files(self._read(path), name, self._read(facts) if facts else "")
        return Version(path.stem, _when(path), files)

    def _read(self, path: Path) -> str:
        return read_text_in(self._folder, path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Lock the folder against publishers in all processes. The lock of a process that is killed is released."""
        folder = self._folder / VERSIONS
        folder.mkdir(exist_ok=True)
        lock = os.open(real_place(self._folder, folder) / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _check_name(name: str) -> str:
    if not is_file_name(name):
        raise NothingSuch
    return name


def _next_time(folder: Path) -> datetime:
    """Return the time now or, if the clock was put back, one just after the last version: names give their order."""
    now = datetime.now(UTC)
    kept = (_when(path) for path in folder.glob("*.md") if _ID.fullmatch(path.stem))
    return max(now, *(moment + timedelta(microseconds=1) for moment in kept), now)


def _when(path: Path) -> datetime:
    return datetime.strptime(path.stem.partition("-")[0], _TIME_FORMAT).replace(tzinfo=UTC)
