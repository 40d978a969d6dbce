"""Three runs of a crowd at one site: finding the rate it can serve, a minute at that, and an evening at twice that."""

import time
from dataclasses import dataclass
from statistics import median

from benchmarks.load.crowd import PEAK, Crowd, news
from benchmarks.load.ledger import Ledger
from benchmarks.load.processes import Memory, cpu_seconds
from benchmarks.load.site import Parliament, Site
from benchmarks.load.sustainable import Held, sustainable

TIMES_TOO_MANY = 2.0
EVENING_SECONDS = 180.0  # for thirty minutes
AS_FAST, QUICK = 10.0, 60.0
"""Speeds of the supporters, as multiples of people's: in the evening that of its arrivals, otherwise fit for a step."""
PATIENCE = 180.0
SECONDS_APART = 60  # at both ends of the evening, for comparing memory
FLAT = 0.10


@dataclass(frozen=True)
class Evening:
    """Results of the three runs."""

    held: Held
    ledger: Ledger
    """Counts of the evening at twice the rate."""
    megabytes: list[float]
    """Memory in each second of that evening, from the first arrival to the last letter."""
    cores: dict[str, float]
    """Mean number of cores that each party used in that evening."""

    @property
    def growth(self) -> float:
        """Growth of the memory from the first minute to the last, as a share; both come after minutes of load."""
        first, last = self.megabytes[:SECONDS_APART], self.megabytes[-SECONDS_APART:]
        return median(last) / median(first) - 1

    def broken(self) -> list[str]:
        """List the promises that were not kept."""
        ledger = self.ledger
        promises = {
            f"{ledger.lost.total()} journeys were lost: {dict(ledger.lost)}": ledger.lost.total() == 0,
            f"{ledger.started - ledger.completed} letters are missing": ledger.started == ledger.completed,
            f"the site failed: {dict(ledger.server_errors)}": not ledger.server_errors,
            f"connections were dropped: {dict(ledger.dropped)}": not ledger.dropped,
            f"memory went from {self.megabytes[0]:.0f} to {self.megabytes[-1]:.0f} MB": self.growth <= FLAT,
        }
        return [reason for reason, is_kept in promises.items() if not is_kept]


async def evening(site: Site, parliament: Parliament, postcodes: list[str]) -> Evening:
    """Find the sustainable rate, then send twice as many. Raises NoRate if no rate is sustainable."""
    held = await sustainable(Crowd(site.url, postcodes, QUICK))
    crowd = Crowd(site.url, postcodes[::-1], AS_FAST)
    mean = TIMES_TOO_MANY * held.rate
    before, began = _cpu_seconds(site, parliament), time.monotonic()
    async with Memory(site.process) as memory:
        ledger = await crowd.come(news(mean, EVENING_SECONDS), EVENING_SECONDS, peak=mean * PEAK, patience=PATIENCE)
    took = time.monotonic() - began
    cores = {name: (seconds - before[name]) / took for name, seconds in _cpu_seconds(site, parliament).items()}
    return Evening(held, ledger, memory.megabytes, cores)


def _cpu_seconds(site: Site, parliament: Parliament) -> dict[str, float]:
    """Return the seconds of a core that each party has used so far. The crowd is this process."""
    return {
        "the site": cpu_seconds(site.process),
        "Parliament": cpu_seconds(parliament.process),
        "the crowd": time.process_time(),
    }
