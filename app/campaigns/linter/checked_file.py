"""Checks a campaign file on disk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.campaigns.campaign import Campaign
from app.campaigns.file.file_names import original_of
from app.campaigns.file.reader import read_text
from app.campaigns.linter.check_context import CheckContext, reader_of
from app.campaigns.linter.linter import check
from app.campaigns.problems import CampaignUnreadable, Problem, Severity
from app.i18n.languages import ENGLISH
from app.i18n.translate import use_locale
from app.mp.people import Seat
from app.storage.file_stamp import Stamp, stamp


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of checking a campaign file."""

    path: Path
    campaign: Campaign | None
    problems: tuple[Problem, ...]
    is_earlier: bool = False
    """True if the file has errors now, and the campaign is its last version without any."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)


@use_locale(ENGLISH)
def check_file(
    path: Path,
    seats: Sequence[Seat] = (),
    stamps: dict[str, Stamp] | None = None,
    original: Callable[[], Campaign | None] | None = None,
) -> CheckResult:
    """Read and check a file. Adds the stamps of the files it reads to ``stamps``, by name.

    ``original`` is as in ``CheckContext``; by default it reads the file beside this one. Messages are in English,
    whatever the language of the request, since the result is cached for all requests and logged.
    """
    read_file = reader_of(path.parent)

    def read(name: str) -> bytes:
        if stamps is not None:
            stamps[name] = stamp(path.parent / name)
        return read_file(name)

    try:
        text = read_text(path)
    except CampaignUnreadable as error:
        return CheckResult(path, None, error.problems)
    context = CheckContext(read, seats, original=original or (lambda: _read_original(path, seats)))
    campaign, problems = check(path.stem, text, context)
    return CheckResult(path, campaign, tuple(problems))


def _read_original(path: Path, seats: Sequence[Seat]) -> Campaign | None:
    original = original_of(path)
    if not original.exists():
        raise FileNotFoundError
    return check_file(original, seats).campaign
