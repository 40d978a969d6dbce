"""Supporters who come when they come, however the site fares: an open loop, as after the evening news."""

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
)  # of the time: a news item brings its viewers within minutes, and they trickle off over the evening
PEAK = 1 / (RISE / 2 + FALL * (1 - math.exp((RISE - 1) / FALL)))
"""The evening's highest rate, as a multiple of its mean: about one and a half."""

Rate = Callable[[float], float]
"""Arrivals a second, by the second."""


def steady(a_second: float) -> Rate:
    """The same all the time."""
    return lambda _: a_second


def news(mean: float, seconds: float) -> Rate:
    """Steeply up to the peak, and slowly down again."""

    def rate(at: float) -> float:
        part = at / seconds
        return mean * PEAK * (part / RISE if part < RISE else math.exp((RISE - part) / FALL))

    return rate


def arrivals(rate: Rate, peak: float, seconds: float, draw: random.Random) -> Iterator[float]:
    """The moments at which somebody comes, as chance has it (Poisson)."""
    at = 0.0
    while (at := at + draw.expovariate(peak)) < seconds:
        if draw.random() < rate(at) / peak:
            yield at


@dataclass
class Crowd:
    """Sends supporters to a site, each with a number of their own."""

    site: str
    postcodes: Sequence[str]
    pace: float
    """How many times as fast as people they are."""
    sent: int = 0

    async def come(self, rate: Rate, seconds: float, *, peak: float, patience: float) -> Ledger:
        """What became of those who came in so many seconds; whoever is not done after ``patience`` more has lost."""
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
            except AssertionError as error:  # of a page that offers no way on
                ledger.lost[f"no way on: {error}"] += 1
            else:
                ledger.completed += 1
