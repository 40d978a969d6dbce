"""Between a dissolution of Parliament and the election after it there are no members at all."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def today() -> date:
    """The date in London, where Parliament sits and the letters go."""
    return datetime.now(LONDON).date()


@dataclass(frozen=True, slots=True)
class Dissolution:
    """From the day Parliament is dissolved to the day of the election, both included; with no days, from now on."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def parse(cls, text: str) -> "Dissolution | None":
        """``true``, ``false``, or two days: ``2029-05-30/2029-07-04``. Raises ValueError."""
        if text in ("true", "false"):
            return cls() if text == "true" else None
        first, last = (date.fromisoformat(day) for day in text.split("/"))
        return cls(first, last)

    def is_on(self, day: date) -> bool:
        """Whether there are no members on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def outdates(self, as_of: date, day: date) -> bool:
        """Whether what was true of members one day need not be on another, since an election lies between."""
        return self.last is not None and as_of <= self.last < day
