"""The campaigns of a folder, a file each, and one more for each that is there in Welsh as well.

A file with a mistake is left out and logged; the others go on.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from app.campaigns.campaign import Campaign
from app.campaigns.file_names import files_in, is_translation, original_of
from app.campaigns.linter import check
from app.campaigns.problems import CampaignUnreadable, Problem, Severity
from app.campaigns.reader import read_text
from app.campaigns.surroundings import Surroundings, files_of
from app.language.languages import ENGLISH
from app.language.speaking import speaking
from app.mp.people import Seat
from app.stamp import Stamp, stamp

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """A campaign file that has been looked at."""

    path: Path
    campaign: Campaign | None
    problems: tuple[Problem, ...]
    is_earlier: bool = False
    """Whether the campaign is the last good version of the file, which is broken now."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems with which the file makes no campaign."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


class CampaignLibrary:
    """Reads the folder's files, and again only those that have changed since."""

    def __init__(self, folder: Path, seats: Callable[[], Sequence[Seat]] = tuple) -> None:
        """``seats`` gives those of the House of Commons, to check files against."""
        self.folder = folder
        self._seats = seats
        self._seen: dict[Path, tuple[dict[Path, Stamp], Checked]] = {}
        self._lock = Lock()

    def all(self, language: str = "") -> dict[str, Campaign]:
        """The campaigns that can be used, by slug, in order of their files' names.

        Each is in the language ``en`` or ``cy`` where it is to be had in it, else as its first file has it.
        """
        found = self._in_every_language()
        return {slug: _in_language(campaigns, language) for slug, campaigns in found.items()}

    def get(self, slug: str, language: str = "") -> Campaign | None:
        """One campaign, if it is there and can be used; in a language where it is to be had in it."""
        return self.all(language).get(slug)

    def languages(self, slug: str) -> tuple[str, ...]:
        """The languages in which a campaign is to be had, that of its first file first: ``("en", "cy")``."""
        return tuple(campaign.language for campaign in self._in_every_language().get(slug, ()))

    def original(self, slug: str) -> Campaign | None:
        """The campaign of the first file, as it is served; None where that never was right.

        Raises FileNotFoundError.
        """
        with self._lock:
            return self._original(self.folder / f"{slug}.md", {})

    def check_all(self) -> list[Checked]:
        """Every file of the folder with what is wrong with it."""
        with self._lock:
            paths = files_in(self.folder)
            for gone in self._seen.keys() - set(paths):
                del self._seen[gone]
            return [self._look(path) for path in paths]

    def _in_every_language(self) -> dict[str, list[Campaign]]:
        found: dict[str, list[Campaign]] = {}
        for checked in self.check_all():
            if checked.campaign:
                found.setdefault(checked.campaign.slug, []).append(checked.campaign)
        return found

    def _look(self, path: Path) -> Checked:
        before = self._seen.get(path)
        if before and before[0] == {read: stamp(read) for read in before[0]}:
            return before[1]
        stamps = {path: stamp(path)}
        checked = check_file(path, self._seats(), stamps, lambda: self._original(original_of(path), stamps))
        if before and before[1].campaign and not checked.campaign and not _is_left_over(path):
            checked = replace(checked, campaign=before[1].campaign, is_earlier=True)
        self._seen[path] = (stamps, checked)
        for problem in checked.errors:
            log.warning("%s:%d: %s: %s", path.name, problem.line, problem.severity.value, problem.message)
        if checked.is_earlier:
            log.warning("%s: goes on as it was before this mistake, until it is mended", path.name)
        return checked

    def _original(self, path: Path, stamps: dict[Path, Stamp]) -> Campaign | None:
        """As ``original``. Adds what it was made of to ``stamps``: when that changes, so may its translation."""
        stamps[path] = stamp(path)
        if not path.exists():
            raise FileNotFoundError
        campaign = self._look(path).campaign
        stamps |= self._seen[path][0]
        return campaign


@speaking(ENGLISH)
def check_file(
    path: Path,
    seats: Sequence[Seat] = (),
    stamps: dict[Path, Stamp] | None = None,
    original: Callable[[], Campaign | None] | None = None,
) -> Checked:
    """Read and check one file. Adds the files read to ``stamps``, as they were.

    ``original`` is as in ``Surroundings``; by itself the file beside this one. What is wrong is said in English, as it
    is for the log and for everybody, whatever the language of the page that has the file looked at.
    """
    reading = files_of(path.parent)

    def read(name: str) -> bytes:
        if stamps is not None:
            stamps[path.parent / name] = stamp(path.parent / name)
        return reading(name)

    try:
        text = read_text(path)
    except CampaignUnreadable as error:
        return Checked(path, None, error.problems)
    around = Surroundings(read, seats, original=original or (lambda: _original_beside(path, seats)))
    campaign, problems = check(path.stem, text, around)
    return Checked(path, campaign, tuple(problems))


def _original_beside(path: Path, seats: Sequence[Seat]) -> Campaign | None:
    original = original_of(path)
    if not original.exists():
        raise FileNotFoundError
    return check_file(original, seats).campaign


def _is_left_over(path: Path) -> bool:
    """Whether a translation is all that is left of a campaign, which was taken away with its first file."""
    return is_translation(path.stem) and not original_of(path).exists()


def _in_language(campaigns: Sequence[Campaign], language: str) -> Campaign:
    return next((campaign for campaign in campaigns if campaign.language == language), campaigns[0])
