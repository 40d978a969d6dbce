"""The campaigns of a folder, a file each. A file with a mistake is left out and logged; the others go on."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock

from app.campaigns.campaign import Campaign
from app.campaigns.linter import check
from app.campaigns.problems import CampaignUnreadable, Problem, Severity
from app.campaigns.reader import read_text
from app.campaigns.surroundings import Surroundings, files_of
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

    def all(self) -> dict[str, Campaign]:
        """The campaigns that can be used, by slug, in order of their files' names."""
        return {checked.path.stem: checked.campaign for checked in self.check_all() if checked.campaign}

    def get(self, slug: str) -> Campaign | None:
        """One campaign, if it is there and can be used."""
        return self.all().get(slug)

    def check_all(self) -> list[Checked]:
        """Every file of the folder with what is wrong with it."""
        with self._lock:
            paths = sorted(self.folder.glob("*.md"))
            for gone in self._seen.keys() - set(paths):
                del self._seen[gone]
            return [self._look(path) for path in paths]

    def _look(self, path: Path) -> Checked:
        before = self._seen.get(path)
        if before and before[0] == {read: stamp(read) for read in before[0]}:
            return before[1]
        stamps = {path: stamp(path)}
        checked = check_file(path, self._seats(), stamps)
        if before and before[1].campaign and not checked.campaign:
            checked = replace(checked, campaign=before[1].campaign, is_earlier=True)
        self._seen[path] = (stamps, checked)
        for problem in checked.errors:
            log.warning("%s:%d: %s: %s", path.name, problem.line, problem.severity.value, problem.message)
        if checked.is_earlier:
            log.warning("%s: goes on as it was before this mistake, until it is mended", path.name)
        return checked


def check_file(path: Path, seats: Sequence[Seat] = (), stamps: dict[Path, Stamp] | None = None) -> Checked:
    """Read and check one file. Adds the files read to ``stamps``, as they were."""
    reading = files_of(path.parent)

    def read(name: str) -> bytes:
        if stamps is not None:
            stamps[path.parent / name] = stamp(path.parent / name)
        return reading(name)

    try:
        text = read_text(path)
    except CampaignUnreadable as error:
        return Checked(path, None, error.problems)
    campaign, problems = check(path.stem, text, Surroundings(read, seats))
    return Checked(path, campaign, tuple(problems))
