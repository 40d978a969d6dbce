"""What a campaign file is checked against: the files beside it, the seats of the Commons, and the day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.campaigns.campaign import Campaign
from app.campaigns.file.inside import read_inside
from app.mp.dissolution import today
from app.mp.people import Seat

_LONGEST = 1_048_577  # bytes: a little more than any file may have


def _nothing(name: str) -> bytes:
    raise FileNotFoundError(name)


def _no_original() -> Campaign | None:
    raise FileNotFoundError


@dataclass(frozen=True, slots=True)
class CheckContext:
    """By themselves: no files, no seats known, today."""

    read: Callable[[str], bytes] = _nothing
    """The bytes of a file beside the campaign's. Raises OSError."""
    seats: Sequence[Seat] = ()
    today: date = field(default_factory=today)
    original: Callable[[], Campaign | None] = _no_original
    """The campaign that a translation translates; None where that has mistakes. Raises FileNotFoundError."""


def files_of(folder: Path) -> Callable[[str], bytes]:
    """Reads files of a folder, by names without a path, up to a megabyte of each. Links out of it are not followed."""

    def read(name: str) -> bytes:
        return read_inside(folder, folder / name, _LONGEST)

    return read
