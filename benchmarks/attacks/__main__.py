"""``python -m benchmarks.attacks``: each kind of attacker, in three numbers and three ways. Takes an hour and a half.

``--seconds 5`` makes it shorter; ``--numbers``, ``--ways`` and ``--kinds`` choose some of them. Prints a table in
Markdown; with ``--write`` it is put into docs/performance.md.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

from benchmarks.attacks.attackers import Address, attacking
from benchmarks.attacks.kinds import KINDS
from benchmarks.attacks.probes import Probes, probe
from benchmarks.attacks.ways import WAYS, Missing
from benchmarks.load.processes import tidy_when_told_to_stop
from benchmarks.report import Table, put
from benchmarks.serving import serving

NUMBERS = (90, 200, 1_000)
LONGEST_WAIT = 1.0  # seconds
_SECONDS_BETWEEN = 2.0
_HEAD = ["attackers", "number", "way", "visitors", "slowest", "asked to try again", "failures"]
Row = tuple[str, int, str, Probes]


def main() -> None:
    """Measure, print a table, and exit with 1 if a visitor waited too long or was not answered."""
    arguments = _arguments()
    tidy_when_told_to_stop()
    try:
        rows = list(_measure(arguments))
    except Missing as missing:
        sys.exit(str(missing))
    table = _table(rows, arguments.seconds).markdown
    print(table)  # noqa: T201
    if arguments.write:
        put("attacks", table)
    if any(probes.failures or probes.slowest > LONGEST_WAIT for *_, probes in rows):
        sys.exit(1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="for each (60)")
    parser.add_argument("--numbers", type=int, nargs="+", default=NUMBERS, help="connections at once (90 200 1000)")
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=[*WAYS])
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=[*KINDS])
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    return parser.parse_args()


def _measure(arguments: argparse.Namespace) -> Iterator[Row]:
    with ExitStack() as stack:
        site = stack.enter_context(serving(workers=2))
        port = int(site.url.rpartition(":")[2])
        addresses = {way: stack.enter_context(WAYS[way](port)) for way in arguments.ways}
        for kind in arguments.kinds:
            for number in arguments.numbers:
                for way, address in addresses.items():
                    yield kind, number, way, _attacked(address, kind, number, arguments.seconds)


def _attacked(address: Address, kind: str, number: int, seconds: float) -> Probes:
    with attacking(address, [kind], number):
        found = probe(address, seconds)
    print(f"{kind}, {number}: {found.slowest:.2f} s", file=sys.stderr, flush=True)  # noqa: T201
    time.sleep(_SECONDS_BETWEEN)
    return found


def _table(rows: list[Row], seconds: float) -> Table:
    says = (
        f"Each for {seconds:.0f} s. Visitors open the first page one after another. Some may get the quick page that"
        " asks them to try again, which a process with too much to do shows."
    )
    return Table("Visitors while a site is attacked", says, _HEAD, [_row(*row) for row in rows])


def _row(kind: str, number: int, way: str, probes: Probes) -> list[str]:
    counts = [str(len(probes.seconds)), f"{probes.slowest:.2f} s", str(probes.busy), str(len(probes.failures))]
    return [kind, f"{number:,}", way, *counts]


if __name__ == "__main__":
    main()
