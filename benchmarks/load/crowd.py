"""Supporters who arrive at their own times, even if the site is slow: an open loop, as after the evening news."""

import asyncio
import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.load.browser import Browser, Lost
from benchmarks.load.ledger import Ledger
from benchmarks.load.supporter import Supporter

MOST_SUPPORTERS = 50_000
RISE, FALL = (
    0.05,
    1.0,
)  # shares of the time: a news item brings its viewers within minutes, and they trickle off over the evening
PEAK = 1 / (RISE / 2 + FALL * (1 - math.exp((RISE - 1) / FALL)))
"""The evening's highest rate, as a multiple of its mean: about one and a half."""

Rate = Callable[[float], float]
"""Arrivals a second, as a function of the seconds since the start."""


def steady(a_second: float) -> Rate:
    """Return a constant rate."""
    return lambda _: a_second


def news(mean: float, seconds: float) -> Rate:
    """Return a rate that rises steeply to the peak and slowly falls again, with this mean."""

    def rate(at: float) -> float:
        part = at / seconds
        return mean * PEAK * (part / RISE if part < RISE else math.exp((RISE - part) / FALL))

    return rate


def arrivals(rate: Rate, peak: float, seconds: float, draw: random.Random) -> Iterator[float]:
    """Draw the times of arrivals, in seconds from the start (a Poisson process)."""
    at = 0.0
    while (at := at + draw.expovariate(peak)) < seconds:
        if draw.random() < rate(at) / peak:
            yield at


@dataclass
class Crowd:
    """Sends supporters to a site, each with a different number."""

    site: str
    postcodes: Sequence[str]
    pace: float
    """Speed of the supporters, as a multiple of people's."""
    sent: int = 0

    async def come(self, rate: Rate, seconds: float, *, peak: float, patience: float) -> Ledger:
        """Send supporters for ``seconds``, and count those who are not done ``patience`` seconds later as lost."""
        ledger, began = Ledger(), asyncio.get_running_loop().time()
        journeys = set()
        for at in arrivals(rate, peak, seconds, random.Random(self.sent)):
            await asyncio.sleep(began + at - asyncio.get_running_loop().time())
            if self.sent >= MOST_SUPPORTERS:
                break
            self.sent += 1
            journeys.add(asyncio.create_task(self._journey(self.sent, ledger)))
        await asyncio.sleep(began + seconds - asyncio.get_running_loop().time())
        if journeys:
            _, late = await asyncio.wait(journeys, timeout=patience)
            for journey in late:
                journey.cancel()
            ledger.lost[f"not done {patience:.0f} s after the last came"] += len(late)
        ledger.lost = +ledger.lost
        return ledger

    async def _journey(self, number: int, ledger: Ledger) -> None:
        ledger.started += 1
        postcode = self.postcodes[number % len(self.postcodes)]
        async with Browser(self.site, ledger) as browser:
            try:
                await Supporter(number, postcode, browser, self.pace).go()
            except Lost as error:
                ledger.lost[str(error)] += 1
            except AssertionError as error:  # the page offers no next step
                ledger.lost[f"no way on: {error}"] += 1
            else:
                ledger.completed += 1
