"""Results of a crowd: each request, and each journey."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

PAGES = ("campaign", "write", "letter")
"""Routes that answer with a page, and should do so at once."""


class Request(NamedTuple):
    """A request that was answered."""

    route: str
    status: int
    seconds: float
    """Time from the first byte sent to the last byte received."""


@dataclass
class Ledger:
    """Requests and journeys of one crowd."""

    requests: list[Request] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    """Connections that were refused, reset or closed without an answer, by route."""
    lost: Counter[str] = field(default_factory=Counter)
    """Journeys that failed, by reason."""
    started: int = 0
    completed: int = 0

    def milliseconds(self, routes: Iterable[str], share: float = 0.95) -> float:
        """Return the time within which this share of the good answers came; 0 if there are none."""
        wanted = set(routes)
        times = sorted(one.seconds for one in self.requests if one.route in wanted and one.status < 400)
        return 1000 * times[min(int(share * len(times)), len(times) - 1)] if times else 0.0

    def statuses(self) -> dict[str, Counter[int]]:
        """Count the statuses of each route, in the order of the journey."""
        counts: dict[str, Counter[int]] = {}
        for one in self.requests:
            counts.setdefault(one.route, Counter())[one.status] += 1
        return counts

    def count(self, *statuses: int) -> int:
        """Count the answers with one of these statuses."""
        return sum(one.status in statuses for one in self.requests)

    @property
    def server_errors(self) -> Counter[int]:
        """Counts of server errors by status, without the friendly 503."""
        return Counter(one.status for one in self.requests if one.status >= 500 and one.status != 503)
