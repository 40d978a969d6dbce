"""Problems of campaign files."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from app.i18n.translate import gettext as _


class Severity(Enum):
    """The severity of a problem. A campaign with an error cannot be used."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """An error or advice about a campaign file. Line and column count from 1."""

    line: int
    message: str
    severity: Severity = Severity.ERROR
    column: int | None = None


class CampaignUnreadable(Exception):
    """The file has errors, listed in ``problems``, and cannot be used."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems


def explain_link(name: str) -> str:
    return _("%(name)s is a link that leads out of the folder of campaigns: put the file itself there", name=name)


def most_alike(name: str, known: Collection[str]) -> str:
    """Return the known name most like the one given, for “did you mean”; empty if no name is like it."""
    return next(iter(get_close_matches(name, known, n=1)), "")
