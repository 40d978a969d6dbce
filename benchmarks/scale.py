"""How much is measured: the whole, or a little, to try it out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Counts and times of one run."""

    rounds: int
    """How often each of those side by side has its turn."""
    letters: int
    """After how many a process is weighed."""
    longest: float
    """Seconds that a process has for those letters; it is weighed then, wherever it is."""
    words: tuple[int, ...]
    """Lengths of letters."""
    campaigns: tuple[int, ...]
    """How many files a site has."""
    starts: int
    """How often a site of each size is started."""
    workers: tuple[int, ...]
    """Web processes of a site."""
    visitors: tuple[int, ...]
    """How many come at once."""
    seconds: float
    """For which they come; twice over."""


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
