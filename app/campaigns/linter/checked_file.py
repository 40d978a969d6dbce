"""A campaign file with what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.campaigns.campaign import Campaign
from app.campaigns.file.file_names import original_of
from app.campaigns.file.reader import read_text
from app.campaigns.linter.check_context import CheckContext, files_of
from app.campaigns.linter.linter import check
from app.campaigns.problems import CampaignUnreadable, Problem, Severity
from app.i18n.languages import ENGLISH
from app.i18n.translate import use_locale
from app.mp.people import Seat
from app.storage.file_stamp import Stamp, stamp


@dataclass(frozen=True, slots=True)
class CheckResult:
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


@use_locale(ENGLISH)
def check_file(
    path: Path,
    seats: Sequence[Seat] = (),
    stamps: dict[str, Stamp] | None = None,
    original: Callable[[], Campaign | None] | None = None,
) -> CheckResult:
    """Read and check one file. Adds the stamps of files read to ``stamps``, by name, as they were.

    ``original`` is as in ``CheckContext``; by itself the file beside this one. What is wrong is said in English, as it
    is for the log and for everybody, whatever the language of the page that has the file looked at.
    """
    reading = files_of(path.parent)

    def read(name: str) -> bytes:
        if stamps is not None:
            stamps[name] = stamp(path.parent / name)
        return reading(name)

    try:
        text = read_text(path)
    except CampaignUnreadable as error:
        return CheckResult(path, None, error.problems)
    context = CheckContext(read, seats, original=original or (lambda: _original_beside(path, seats)))
    campaign, problems = check(path.stem, text, context)
    return CheckResult(path, campaign, tuple(problems))


def _original_beside(path: Path, seats: Sequence[Seat]) -> Campaign | None:
    original = original_of(path)
    if not original.exists():
        raise FileNotFoundError
    return check_file(original, seats).campaign
