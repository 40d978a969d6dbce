"""``python -m benchmarks.chaos``: one fault after the other, each at a separate site. Takes about eight minutes."""

import asyncio
import sys

from benchmarks.chaos.place import place
from benchmarks.chaos.troubles import TROUBLES
from benchmarks.chaos.weather import PACE, Weather, weather
from benchmarks.load.crowd import Crowd
from benchmarks.load.ledger import PAGES
from benchmarks.load.parliament import known_postcodes
from benchmarks.load.processes import tidy_when_told_to_stop
from benchmarks.report import Table, put

RATE, SECONDS = 6.0, 25.0
HEAD = ["while", "started", "completed", "lost", "connections dropped", "503", "other 5xx", "95 % of pages within"]


def main(names: list[str]) -> None:
    """Run the named faults, or all and write the table; exit with 1 if a promise was not kept."""
    tidy_when_told_to_stop()
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
        f"Each fault lasts {SECONDS:.0f} s, with {RATE:.0f} supporters a second, and strikes every five seconds. When a"
        " web process is killed, its connections close: the supporter sees the browser’s own page, goes back and"
        f" presses again, and the typed text is still there. A full disk is {full}."
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
