"""The whole journey over HTTP, with few and many visitors at once: campaign, own words, letter, PDF."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.report import Table, megabytes, ratio, time
from benchmarks.scale import Scale
from benchmarks.serving import BARE, serving
from benchmarks.timing import say
from benchmarks.visitors import EXPECTED, Tally, visit

ROUNDS = 2
HELLO = dict.fromkeys(EXPECTED, "Hello")


@dataclass(frozen=True, slots=True)
class Journeys:
    """Results of the visitors, by number of web processes and of visitors at once."""

    tallies: Mapping[tuple[int, int], Tally]
    bare: Mapping[int, Tally]
    """Results of the site that only says hello, by web processes, with the most visitors at once."""
    memory: Mapping[int, int]
    """Bytes of the whole site afterwards, by web processes."""

    @property
    def tables(self) -> list[Table]:
        """Tables of the rate of requests, and of the time of each step."""
        return [self._by_processes(), self._by_visitors()]

    def _by_processes(self) -> Table:
        says = (
            "A site as `make run` serves it, and visitors who each go from the campaign’s page to their PDF and start "
            "again, as fast as they are answered. Server and visitors share the machine. The peer is a Flask app that "
            "only says hello, served in the same way with the same requests: no site could do more. The memory is that "
            "of all processes afterwards. "
            f"With {max(visitors for _, visitors in self.tallies)} visitors at once:"
        )
        head = ("web processes", "requests a second", "beside one process", "that says hello", "beside it", "memory")
        return Table("The whole journey", says, head, [self._row(workers) for workers in self.bare])

    def _row(self, workers: int) -> tuple[str, ...]:
        most = max(visitors for _, visitors in self.tallies)
        ours, bare = self.tallies[workers, most].requests_a_second, self.bare[workers].requests_a_second
        one = self.tallies[min(self.bare), most].requests_a_second
        memory = megabytes(self.memory[workers])
        return str(workers), f"{ours:.0f}", ratio(ours, one), f"{bare:.0f}", ratio(ours, bare), memory

    def _by_visitors(self) -> Table:
        says = (
            "The same, step by step: median and p95. “Told to wait” counts the answers that said so, with "
            "`Retry-After`; those visitors waited, pressed “Try again”, and each had the right page in the end."
        )
        head = ("web processes, visitors at once", "requests a second", *EXPECTED, "told to wait")
        rows = [
            (
                f"{workers}, {visitors}",
                f"{tally.requests_a_second:.0f}",
                *(f"{time(tally.times(step).median)}, {time(tally.times(step).p95)}" for step in EXPECTED),
                f"{tally.told_to_wait:,}",
            )
            for (workers, visitors), tally in self.tallies.items()
        ]
        return Table("Step by step", says, head, rows)


def measure(scale: Scale) -> Journeys:
    """Measure sites with one process, two, four, one, two, four, each beside the one that says hello."""
    tallies: dict[tuple[int, int], Tally] = defaultdict(Tally)
    bare: dict[int, Tally] = defaultdict(Tally)
    memory: dict[int, int] = {}
    for number in range(ROUNDS):
        for workers in scale.workers:
            say(f"The whole journey, web processes: {workers}, round {number + 1} of {ROUNDS}")
            with serving(workers=workers) as site:
                asyncio.run(visit(site.url, workers, 1))  # not counted
                for visitors in scale.visitors:
                    tallies[workers, visitors].add(asyncio.run(visit(site.url, visitors, scale.seconds)))
                memory[workers] = site.memory
            with serving(BARE, workers=workers) as site:
                bare[workers].add(asyncio.run(visit(site.url, max(scale.visitors), scale.seconds, HELLO)))
    return Journeys(tallies, bare, memory)
