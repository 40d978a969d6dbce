"""What can be wrong with a campaign file."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from app.i18n.translate import gettext as _


class Severity(Enum):
    """Whether a campaign can be used with the problem."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a campaign file, and where in it: line and column count from 1."""

    line: int
    message: str
    severity: Severity = Severity.ERROR
    column: int | None = None


class CampaignUnreadable(Exception):
    """The file makes no campaign."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def says_of_link(name: str) -> str:
    """The message about a link that is not followed."""
    return _("%(name)s is a link that leads out of the folder of campaigns: put the file itself there", name=name)


def most_alike(name: str, known: Collection[str]) -> str:
    """Return the known name that somebody who wrote another may have meant; empty if none is like it."""
    return next(iter(get_close_matches(name, known, n=1)), "")
