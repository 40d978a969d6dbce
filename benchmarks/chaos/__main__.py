"""``python -m benchmarks.chaos``: one trouble after the other, each at a site of its own. About eight minutes."""

import asyncio
import sys

from benchmarks.chaos.place import place
from benchmarks.chaos.troubles import TROUBLES
from benchmarks.chaos.weather import PACE, Weather, weather
from benchmarks.load.crowd import Crowd
from benchmarks.load.ledger import PAGES
from benchmarks.load.parliament import known_postcodes
from benchmarks.report import Table, put

RATE, SECONDS = 6.0, 25.0
HEAD = ["while", "started", "completed", "lost", "connections dropped", "503", "other 5xx", "95 % of pages within"]


def main(names: list[str]) -> None:
    """Go through those troubles, or all; write it down if all, and exit with 1 where a promise was not kept."""
    postcodes, seen, full = list(known_postcodes()), dict[str, Weather](), ""
    for name in names or TROUBLES:
        with place() as there:
            full = there.disk.says
            crowd = Crowd(there.site.url, postcodes, PACE)
            seen[name] = asyncio.run(weather(there, TROUBLES[name], crowd, RATE, SECONDS))
            if reasons := seen[name].broken():
                print(f"{name}: {'; '.join(reasons)}\n{there.site.end_of_log()}", file=sys.stderr, flush=True)  # noqa: T201
    text = _table(seen, full).markdown
    print(text)  # noqa: T201
    if not names:
        put("chaos", text)
    if any(one.broken() for one in seen.values()):
        sys.exit(1)


def _table(seen: dict[str, Weather], full: str) -> Table:
    says = (
        f"{RATE:.0f} supporters a second for {SECONDS:.0f} s in each trouble, whose strokes come every five seconds. A"
        " connection that a killed web process had in its hands dies with it: the supporter sees the browser’s own"
        " page, goes back and presses again, with all that was typed still there. By a full disk is meant"
        f" {full}."
    )
    return Table("Journeys while things break", says, HEAD, [[name, *_row(one)] for name, one in seen.items()])


def _row(one: Weather) -> list[str]:
    ledger = one.ledger
    counts = [
        ledger.started,
        ledger.completed,
        ledger.started - ledger.completed,
        ledger.dropped.total(),
        ledger.count(503),
        ledger.server_errors.total(),
    ]
    return [*map(str, counts), f"{ledger.milliseconds(PAGES):.0f} ms"]


if __name__ == "__main__":
    main(sys.argv[1:])
