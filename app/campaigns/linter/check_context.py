"""The context in which a campaign file is checked: the files beside it, the seats of the Commons, and the day."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.campaigns.campaign import Campaign
from app.campaigns.file.inside import read_inside
from app.mp.dissolution import today
from app.mp.people import Seat

_LONGEST = 1_048_577  # bytes; a little more than the limit for any file


def _read_nothing(name: str) -> bytes:
    raise FileNotFoundError(name)


def _no_original() -> Campaign | None:
    raise FileNotFoundError


@dataclass(frozen=True, slots=True)
class CheckContext:
    """The context of a check. By default there are no files and no seats, and the day is today."""

    read: Callable[[str], bytes] = _read_nothing
    """Returns the bytes of a file beside the campaign's. Raises OSError."""
    seats: Sequence[Seat] = ()
    today: date = field(default_factory=today)
    original: Callable[[], Campaign | None] = _no_original
    """Returns the campaign that a translation translates; None if that has errors. Raises FileNotFoundError."""


def reader_of(folder: Path) -> Callable[[str], bytes]:
    """Return a function that reads up to a megabyte of a file in a folder. Links out of the folder raise LeadsOut."""

    def read(name: str) -> bytes:
        return read_inside(folder, folder / name, _LONGEST)

    return read
