"""What can be wrong with a campaign file."""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """Whether a campaign can be used with the problem."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a campaign file, and on which of its lines (from 1)."""

    line: int
    message: str
    severity: Severity = Severity.ERROR


class CampaignUnreadable(Exception):
    """The file makes no campaign."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(problems)
        self.problems = problems
