"""Supporters who use a site during a fault, and the results of their journeys."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

from benchmarks.chaos.place import Place
from benchmarks.chaos.troubles import Trouble
from benchmarks.load.crowd import Crowd, steady
from benchmarks.load.ledger import Ledger

PACE = 30.0  # times as fast as people: a journey takes some five seconds
PATIENCE = 120.0  # seconds after the last arrival


@dataclass(frozen=True)
class Weather:
    """The journeys made during one fault."""

    trouble: Trouble
    ledger: Ledger

    def broken(self) -> list[str]:
        """List the promises that were not kept."""
        ledger = self.ledger
        promises = {
            f"{ledger.started - ledger.completed} journeys lost: {dict(ledger.lost)}": not ledger.lost
            and ledger.started == ledger.completed,
            f"the site failed: {dict(ledger.server_errors)}": not ledger.server_errors,
            f"connections were dropped: {dict(ledger.dropped)}": self.trouble.may_drop or not ledger.dropped,
        }
        return [reason for reason, is_kept in promises.items() if not is_kept]


async def weather(place: Place, trouble: Trouble, crowd: Crowd, rate: float, seconds: float) -> Weather:
    """Send ``rate`` supporters a second during a fault of ``seconds``, then let those under way finish without it."""
    coming = asyncio.create_task(crowd.come(steady(rate), seconds, peak=rate, patience=PATIENCE))
    with suppress(TimeoutError):
        await asyncio.wait_for(trouble.goes(place), seconds)
    return Weather(trouble, await coming)
