"""Dissolutions: from then until the election, there are no members of Parliament."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """Return the date in London, where Parliament sits and the letters go."""
    return datetime.now(LONDON).date()


@dataclass(frozen=True, slots=True)
class Dissolution:
    """The time without members: from dissolution to election, including both days; without days, from now on."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def parse(cls, text: str) -> "Dissolution | None":
        """Parse ``true``, ``false``, or two days as ``2029-05-30/2029-07-04``. Raises ValueError."""
        if text in ("true", "false"):
            return cls() if text == "true" else None
        first, last = (date.fromisoformat(day) for day in text.split("/"))
        return cls(first, last)

    def is_on(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def outdates(self, as_of: date, day: date) -> bool:
        """Return whether an election lies between ``as_of`` and ``day``, so that data of the first may be wrong."""
        return self.last is not None and as_of <= self.last < day
