"""The campaigns of a folder, a file each, and one more for each that is there in Welsh as well.

A file with a mistake is left out and logged; the others go on.
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
    in_order,
    is_slug,
    is_translation,
    names_of_campaign,
    original_of,
    slug_of,
)
from app.campaigns.linter.checked_file import CheckResult, check_file
from app.mp.people import Seat
from app.storage.file_stamp import GONE, Stamp, stamp, stamps_in

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that has been looked at, and of what it was made: stamps by the names of files in the same folder."""

    checked: CheckResult
    stamps: Mapping[str, Stamp]

    def is_still_so(self, now: Callable[[str], Stamp]) -> bool:
        """Whether none of these files has changed since."""
        return all(now(name) == then for name, then in self.stamps.items())


class CampaignLibrary:
    """Reads the folder's files, and again only those that have changed since.

    Whoever asks for one campaign has only that one's files looked at, so that a thousand beside it cost nothing.
    """

    def __init__(self, folder: Path, seats: Callable[[], Sequence[Seat]] = tuple) -> None:
        """``seats`` gives those of the House of Commons, to check files against."""
        self.folder = folder
        self._seats = seats
        self._seen: dict[str, _Seen] = {}
        self._lock = RLock()  # held to read what has changed; nobody who asks for anything else waits for that

    def all(self, language: str = "") -> dict[str, Campaign]:
        """The campaigns that can be used, by slug, in order of their files' names.

        Each is in the language ``en`` or ``cy`` where it is to be had in it, else as its first file has it.
        """
        found: dict[str, list[Campaign]] = {}
        for campaign in filter(None, (checked.campaign for checked in self.check_all())):
            found.setdefault(campaign.slug, []).append(campaign)
        return {slug: _in_language(campaigns, language) for slug, campaigns in found.items()}

    def has(self, is_wanted: Callable[[Campaign], bool]) -> bool:
        """Whether there is such a campaign. Looks at one after the other, and at no more than it must."""
        slugs = dict.fromkeys(slug_of(path.stem) for path in files_in(self.folder))
        return any(is_wanted(campaign) for slug in slugs if (campaign := self.get(slug)))

    def get(self, slug: str, language: str = "") -> Campaign | None:
        """One campaign, if it is there and can be used; in a language where it is to be had in it."""
        campaigns = self._in_every_language(slug)
        return _in_language(campaigns, language) if campaigns else None

    def languages(self, slug: str) -> tuple[str, ...]:
        """The languages in which a campaign is to be had, that of its first file first: ``("en", "cy")``."""
        return tuple(campaign.language for campaign in self._in_every_language(slug))

    def original(self, slug: str) -> Campaign | None:
        """The campaign of the first file, as it is served; None where that never was right.

        Raises FileNotFoundError.
        """
        with self._lock:
            return self._original(self.folder / f"{slug}.md", {})

    def check_all(self) -> list[CheckResult]:
        """Every file of the folder with what is wrong with it."""
        stamps = stamps_in(self.folder)
        names = in_order(stamps)
        self._forget(set(self._seen).difference(names))
        return [self._look(name, lambda name: stamps.get(name, GONE)).checked for name in names]

    def _in_every_language(self, slug: str) -> list[Campaign]:
        if not is_slug(slug):  # no file of another name makes a campaign, and this one may be an address of any kind
            return []
        there = [path.name for path in files_of_campaign(self.folder, slug)]
        self._forget({*names_of_campaign(slug)}.difference(there))
        now = cache(lambda name: stamp(self.folder / name))
        return [campaign for name in there if (campaign := self._look(name, now).checked.campaign)]

    def _forget(self, gone: Iterable[str]) -> None:
        for name in gone:
            self._seen.pop(name, None)

    def _look(self, name: str, now: Callable[[str], Stamp]) -> _Seen:
        """``now`` gives the stamp of each file in the folder as it is now."""
        seen = self._seen.get(name)
        if seen and seen.is_still_so(now):
            return seen
        with self._lock:
            before = self._seen.get(name)
            if before is None or before is seen:
                before = self._seen[name] = self._look_anew(self.folder / name, before)
            return before

    def _look_anew(self, path: Path, before: _Seen | None) -> _Seen:
        stamps = {path.name: stamp(path)}
        checked = check_file(path, self._seats(), stamps, lambda: self._original(original_of(path), stamps))
        if before and before.checked.campaign and not checked.campaign and not _is_left_over(path):
            checked = replace(checked, campaign=before.checked.campaign, is_earlier=True)
        for problem in checked.errors:
            log.warning("%s:%d: %s: %s", path.name, problem.line, problem.severity.value, problem.message)
        if checked.is_earlier:
            log.warning("%s: goes on as it was before this mistake, until it is mended", path.name)
        return _Seen(checked, stamps)

    def _original(self, path: Path, stamps: dict[str, Stamp]) -> Campaign | None:
        """As ``original``. Adds what it was made of to ``stamps``: when that changes, so may its translation."""
        stamps[path.name] = stamp(path)
        if not path.exists():
            raise FileNotFoundError
        seen = self._look(path.name, lambda name: stamp(self.folder / name))
        stamps |= seen.stamps
        return seen.checked.campaign


def _is_left_over(path: Path) -> bool:
    """Whether a translation is all that is left of a campaign, which was taken away with its first file."""
    return is_translation(path.stem) and not original_of(path).exists()


def _in_language(campaigns: Sequence[Campaign], language: str) -> Campaign:
    return next((campaign for campaign in campaigns if campaign.language == language), campaigns[0])
