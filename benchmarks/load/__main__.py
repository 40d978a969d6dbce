"""``python -m benchmarks.load``: an evening's supporters, twice as many as the site can serve. Takes eight minutes."""

import asyncio
import sys

from benchmarks.load.crowd import Crowd, steady
from benchmarks.load.evening import QUICK, Evening, evening
from benchmarks.load.ledger import Ledger
from benchmarks.load.page import section
from benchmarks.load.parliament import known_postcodes
from benchmarks.load.processes import tidy_when_told_to_stop
from benchmarks.load.site import parliament, site
from benchmarks.load.sustainable import PATIENCE, SECONDS_TO_HOLD, NoRate
from benchmarks.report import put

SECONDS_AWAY = 0.2  # the time that the real API takes for an answer


async def with_parliament_far_away(rate: float, postcodes: list[str]) -> Ledger:
    """Run a minute at a rate, with an API that takes as long for an answer as the real one."""
    with parliament(SECONDS_AWAY) as house, site(house) as served:
        crowd = Crowd(served.url, postcodes, QUICK)
        return await crowd.come(steady(rate), SECONDS_TO_HOLD, peak=rate, patience=PATIENCE)


async def measured() -> tuple[Evening, Ledger]:
    """Run the evening, then the minute with the API far away. Raises NoRate."""
    postcodes = list(known_postcodes())
    with parliament() as house, site(house) as served:
        seen = await evening(served, house, postcodes)
    return seen, await with_parliament_far_away(seen.held.rate, postcodes)


def main() -> None:
    """Measure, write the report, and exit with 1 if a promise was not kept."""
    tidy_when_told_to_stop()
    try:
        seen, far_away = asyncio.run(measured())
    except NoRate as error:
        sys.exit(str(error))
    text = section(seen, far_away)
    put("load", text)
    print(text)  # noqa: T201
    if broken := seen.broken():
        sys.exit("\n".join(broken))


if __name__ == "__main__":
    main()
