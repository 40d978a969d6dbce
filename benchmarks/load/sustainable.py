"""The highest rate of journeys at which every page comes at once."""

from dataclasses import dataclass

from benchmarks.load.crowd import Crowd, steady
from benchmarks.load.ledger import PAGES, Ledger

GOOD_MILLISECONDS = 100.0  # for nineteen of twenty pages
FIRST, HIGHEST = 2.0, 512.0  # journeys a second
SECONDS_A_STEP, SECONDS_TO_HOLD = 12.0, 60.0
CLOSE_ENOUGH = 1.15  # between the highest rate that went well and the lowest that did not
LESS = 0.9  # of the rate, where it does not hold for a minute
MOST_TRIES = 6
PATIENCE = 120.0


class NoRate(Exception):
    """Pages are slow at every rate."""


@dataclass(frozen=True)
class Held:
    """A rate that held for a minute."""

    rate: float
    """Journeys a second."""
    ledger: Ledger

    @property
    def requests_a_second(self) -> float:
        """Mean answers a second in that minute."""
        return len(self.ledger.requests) / SECONDS_TO_HOLD


async def sustainable(crowd: Crowd) -> Held:
    """Double the rate until it is too high, halve the difference a few times, and hold the good rate for a minute.

    Raises NoRate.
    """
    good, bad = await _doubled(crowd)
    while bad > good * CLOSE_ENOUGH:
        middle = (good * bad) ** 0.5
        good, bad = (middle, bad) if is_good(await _step(crowd, middle, SECONDS_A_STEP)) else (good, middle)
    for _ in range(MOST_TRIES):
        ledger = await _step(crowd, good, SECONDS_TO_HOLD)
        if is_good(ledger):
            return Held(good, ledger)
        good *= LESS
    raise NoRate(f"no rate holds for a minute; {good:.1f} a second does not either")


def is_good(ledger: Ledger) -> bool:
    """Check that nothing failed and that the pages came at once."""
    is_well = not (ledger.lost or ledger.dropped or ledger.server_errors or ledger.count(429, 503))
    return is_well and ledger.milliseconds(PAGES) < GOOD_MILLISECONDS


async def _doubled(crowd: Crowd) -> tuple[float, float]:
    rate = FIRST
    while rate < HIGHEST and is_good(await _step(crowd, rate, SECONDS_A_STEP)):
        rate *= 2
    return rate / 2, rate


async def _step(crowd: Crowd, rate: float, seconds: float) -> Ledger:
    ledger = await crowd.come(steady(rate), seconds, peak=rate, patience=PATIENCE)
    print(  # noqa: T201
        f"{rate:6.1f} journeys/s for {seconds:.0f} s: pages {ledger.milliseconds(PAGES):.0f} ms,"
        f" {ledger.count(503)} busy, {ledger.lost.total()} lost",
        flush=True,
    )
    return ledger
