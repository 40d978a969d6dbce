"""The size of a run: whole, or small for a trial."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts and times of one run."""

    rounds: int
    """Turns of each program in a comparison."""
    letters: int
    """Letters that a process makes before its memory is measured."""
    longest: float
    """Seconds that a process has for those letters, after which it is measured in any case."""
    words: tuple[int, ...]
    """Lengths of letters."""
    campaigns: tuple[int, ...]
    """Numbers of campaign files of a site."""
    starts: int
    """Starts of a site of each size."""
    workers: tuple[int, ...]
    """Numbers of web processes."""
    visitors: tuple[int, ...]
    """Numbers of visitors at once."""
    seconds: float
    """Time for which visitors come, in each of two rounds."""


WHOLE = Scale(
    rounds=50,
    letters=2_000,
    longest=180,
    words=(50, 100, 250, 500, 1_000, 1_500, 2_000),
    campaigns=(1, 10, 100, 1_000),
    starts=2,
    workers=(1, 2, 4),
    visitors=(1, 4, 16, 64),
    seconds=5,
)
QUICK = Scale(
    rounds=8,
    letters=60,
    longest=10,
    words=(50, 500, 2_000),
    campaigns=(1, 10, 100),
    starts=1,
    workers=(1, 2),
    visitors=(1, 16),
    seconds=2,
)
