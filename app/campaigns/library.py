"""The campaigns of a folder: a file for each, and one more for its translation into Welsh.

A file with an error is logged, and does not affect the others.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import RLock

from app.campaigns.campaign import Campaign
from app.campaigns.file.file_names import (
    files_in,
    files_of_campaign,
    is_slug,
    is_translation,
    names_of_campaign,
    original_of,
    slug_of,
    sort_names,
)
from app.campaigns.linter.checked_file import CheckResult, check_file
from app.mp.people import Seat
from app.storage.file_stamp import GONE, Stamp, stamp, stamps_in

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _CacheEntry:
    """A checked file with the stamps, by name, of all files in the folder that the result depends on."""

    checked: CheckResult
    stamps: Mapping[str, Stamp]

    def is_fresh(self, current_stamp: Callable[[str], Stamp]) -> bool:
        return all(current_stamp(name) == known for name, known in self.stamps.items())


class CampaignLibrary:
    """Reads the folder's files, and caches each until it changes.

    A request for one campaign looks only at that campaign's files, so that a thousand others cost nothing.
    """

    def __init__(self, folder: Path, seats: Callable[[], Sequence[Seat]] = tuple) -> None:
        self.folder = folder
        self._seats = seats
        self._cache: dict[str, _CacheEntry] = {}
        self._lock = RLock()  # held while changed files are read; requests for others do not wait

    def all(self, language: str = "") -> dict[str, Campaign]:
        """Return the campaigns without errors, by slug, in order of their files' names.

        Each is in the language ``en`` or ``cy`` if the campaign has it, and otherwise that of its first file.
        """
        found: dict[str, list[Campaign]] = {}
        for campaign in filter(None, (checked.campaign for checked in self.check_all())):
            found.setdefault(campaign.slug, []).append(campaign)
        return {slug: _choose_language(campaigns, language) for slug, campaigns in found.items()}

    def has(self, is_wanted: Callable[[Campaign], bool]) -> bool:
        """Tell if any campaign passes a test. Stops at the first one that does."""
        slugs = dict.fromkeys(slug_of(path.stem) for path in files_in(self.folder))
        return any(is_wanted(campaign) for slug in slugs if (campaign := self.get(slug)))

    def get(self, slug: str, language: str = "") -> Campaign | None:
        """Return a campaign, in a language if it has it; None if it does not exist or has errors."""
        campaigns = self._get_every_language(slug)
        return _choose_language(campaigns, language) if campaigns else None

    def languages(self, slug: str) -> tuple[str, ...]:
        """Return the languages that a campaign has, that of its first file first: ``("en", "cy")``."""
        return tuple(campaign.language for campaign in self._get_every_language(slug))

    def original(self, slug: str) -> Campaign | None:
        """Return the campaign of the first file, as it is served; None if the file always had errors.

        Raises FileNotFoundError.
        """
        with self._lock:
            return self._original(self.folder / f"{slug}.md", {})

    def check_all(self) -> list[CheckResult]:
        stamps = stamps_in(self.folder)
        names = sort_names(stamps)
        self._forget(set(self._cache).difference(names))
        return [self._look_up(name, lambda name: stamps.get(name, GONE)).checked for name in names]

    def _get_every_language(self, slug: str) -> list[Campaign]:
        if not is_slug(slug):  # the slug may come from any address; files with other names are not campaigns
            return []
        existing = [path.name for path in files_of_campaign(self.folder, slug)]
        self._forget({*names_of_campaign(slug)}.difference(existing))
        current_stamp = cache(lambda name: stamp(self.folder / name))
        return [campaign for name in existing if (campaign := self._look_up(name, current_stamp).checked.campaign)]

    def _forget(self, gone: Iterable[str]) -> None:
        for name in gone:
            self._cache.pop(name, None)

    def _look_up(self, name: str, current_stamp: Callable[[str], Stamp]) -> _CacheEntry:
        """Return the cached result for a file, after checking the file if it has changed."""
        entry = self._cache.get(name)
        if entry and entry.is_fresh(current_stamp):
            return entry
        with self._lock:
            latest = self._cache.get(name)
            if latest is None or latest is entry:  # otherwise another thread has just read it
                latest = self._cache[name] = self._check_again(self.folder / name, latest)
            return latest

    def _check_again(self, path: Path, before: _CacheEntry | None) -> _CacheEntry:
        stamps = {path.name: stamp(path)}
        checked = check_file(path, self._seats(), stamps, lambda: self._original(original_of(path), stamps))
        if before and before.checked.campaign and not checked.campaign and not _is_left_over(path):
            checked = replace(checked, campaign=before.checked.campaign, is_earlier=True)
        for problem in checked.errors:
            log.warning("%s:%d: %s: %s", path.name, problem.line, problem.severity.value, problem.message)
        if checked.is_earlier:
            log.warning("%s: the last version without errors is still being served", path.name)
        return _CacheEntry(checked, stamps)

    def _original(self, path: Path, stamps: dict[str, Stamp]) -> Campaign | None:
        """As ``original``. Adds the stamps that it depends on to ``stamps``: its translation depends on them too."""
        stamps[path.name] = stamp(path)
        if not path.exists():
            raise FileNotFoundError
        entry = self._look_up(path.name, lambda name: stamp(self.folder / name))
        stamps |= entry.stamps
        return entry.checked.campaign


def _is_left_over(path: Path) -> bool:
    """Tell if a translation has lost its original. Then the campaign has been removed, and is not served any more."""
    return is_translation(path.stem) and not original_of(path).exists()


def _choose_language(campaigns: Sequence[Campaign], language: str) -> Campaign:
    return next((campaign for campaign in campaigns if campaign.language == language), campaigns[0])
