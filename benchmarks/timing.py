"""Measure times in alternation, so that other load on the machine affects all alike."""

import sys
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Turn = Callable[[int], float]
"""Does its work for the nth time and returns the seconds it took."""


class WrongAnswer(Exception):
    """A measured program did not do its work, so its speed does not matter."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of repeated measurements."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The time that half of the measurements did not exceed."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """The time that nineteen in twenty measurements did not exceed."""
        return quantiles(self.seconds, n=20, method="inclusive")[-1] if len(self.seconds) > 1 else self.seconds[0]


def in_turn(contenders: Mapping[Name, Turn], rounds: int) -> dict[Name, Times]:
    """Measure A, B, C, A, B, C, …: ``rounds`` turns for each, after one that does not count."""
    taken: dict[Name, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, turn in contenders.items():
            taken[name].append(turn(number))
    return {name: Times(tuple(seconds[1:])) for name, seconds in taken.items()}


def stopwatch(work: Callable[[], object], times: int = 1) -> Turn:
    """Return a turn that times ``work``, repeated ``times`` times if it is too short to be timed once."""

    def turn(_: int) -> float:
        begin = perf_counter()
        for _again in range(times):
            work()
        return (perf_counter() - begin) / times

    return turn


def say(text: str) -> None:
    """Print progress to the standard error output."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201
