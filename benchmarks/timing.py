"""Taking times, turn and turn about: whatever else the machine does meanwhile then falls on all alike."""

import sys
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)
Turn = Callable[[int], float]
"""Does its work for the nth time and gives the seconds it took."""


class WrongAnswer(Exception):
    """Something measured did not do its work: how fast it was is of no interest then."""


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds that something took, time after time."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Half of them took no longer."""
        return median(self.seconds)

    @property
    def p95(self) -> float:
        """Nineteen in twenty took no longer."""
        return quantiles(self.seconds, n=20, method="inclusive")[-1] if len(self.seconds) > 1 else self.seconds[0]


def in_turn(contenders: Mapping[Name, Turn], rounds: int) -> dict[Name, Times]:
    """A, B, C, A, B, C, …: each has ``rounds`` turns, and one before that do not count."""
    taken: dict[Name, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, turn in contenders.items():
            taken[name].append(turn(number))
    return {name: Times(tuple(seconds[1:])) for name, seconds in taken.items()}


def stopwatch(work: Callable[[], object], times: int = 1) -> Turn:
    """Takes the time of what is too short to be timed once, a number of times over."""

    def turn(_: int) -> float:
        begin = perf_counter()
        for _again in range(times):
            work()
        return (perf_counter() - begin) / times

    return turn


def say(text: str) -> None:
    """Tell whoever waits how far it has got."""
    print(text, file=sys.stderr, flush=True)  # noqa: T201
