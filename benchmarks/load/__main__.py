"""``python -m benchmarks.load``: an evening's supporters, twice as many as can be served at once. Eight minutes."""

import asyncio
import sys

from benchmarks.load.crowd import Crowd, steady
from benchmarks.load.evening import QUICK, Evening, evening
from benchmarks.load.ledger import Ledger
from benchmarks.load.page import section
from benchmarks.load.parliament import known_postcodes
from benchmarks.load.site import parliament, site
from benchmarks.load.sustainable import PATIENCE, SECONDS_TO_HOLD, NoRate
from benchmarks.report import put

SECONDS_AWAY = 0.2  # that the real API takes for an answer


async def with_parliament_far_away(rate: float, postcodes: list[str]) -> Ledger:
    """A minute at a rate, where each question takes as long as it does in reality."""
    with parliament(SECONDS_AWAY) as house, site(house) as served:
        crowd = Crowd(served.url, postcodes, QUICK)
        return await crowd.come(steady(rate), SECONDS_TO_HOLD, peak=rate, patience=PATIENCE)


async def measured() -> tuple[Evening, Ledger]:
    """Both, one after the other."""
    postcodes = list(known_postcodes())
    with parliament() as house, site(house) as served:
        seen = await evening(served, house, postcodes)
    return seen, await with_parliament_far_away(seen.held.rate, postcodes)


def main() -> None:
    """Measure, write it down, and exit with 1 where a promise was not kept."""
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
