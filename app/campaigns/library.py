"""The campaigns of a folder, a file each. A file with a mistake is left out and logged; the others go on."""

import logging
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from app.campaigns.campaign import Campaign
from app.campaigns.linter import check
from app.campaigns.problems import CampaignUnreadable, Problem
from app.campaigns.reader import read_text
from app.stamp import Stamp, stamp

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Checked:
    """A campaign file that has been looked at."""

    path: Path
    campaign: Campaign | None
    problems: tuple[Problem, ...]


class CampaignLibrary:
    """Reads the folder's files, and again only those that have changed since."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, tuple[Stamp, Checked]] = {}
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
            return [self._look(path) for path in sorted(self._folder.glob("*.md"))]

    def _look(self, path: Path) -> Checked:
        now = stamp(path)
        before = self._seen.get(path)
        if before and before[0] == now:
            return before[1]
        checked = check_file(path)
        self._seen[path] = (now, checked)
        for problem in checked.problems:
            log.warning("%s:%d: %s: %s", path.name, problem.line, problem.severity.value, problem.message)
        return checked


def check_file(path: Path) -> Checked:
    """Read and check one file."""
    try:
        text = read_text(path)
    except CampaignUnreadable as error:
        return Checked(path, None, error.problems)
    campaign, problems = check(path.stem, text)
    return Checked(path, campaign, tuple(problems))
