"""The embedded postcode index: all postcodes with their constituency and those nearby.

The file is an ordinary zip file. Postcodes are numbered in order of sector and unit. A bitmap for each sector has the
units that exist, and runs of neighbours with the same answer have their constituencies.

- ``index.json``: date, attribution, and the distinct answers, each a list of constituency codes, its own first
- ``sectors.txt``: the sectors in order, one on each line
- ``bitmaps``: 50 bytes for each sector, big-endian; bit n is for unit n, AA being 0 and ZZ 399
- ``lengths``, ``answers``: for each run its length and its answer's number (unsigned, 16 bits, little-endian)
"""

import json
import re
import struct
import sys
import zipfile
import zlib
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from app.mp.postcode import UNIT_LETTERS, Postcode

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
"""The format of the data's date: 2026-02."""
BITMAP_BYTES = len(UNIT_LETTERS) ** 2 // 8
# All exceptions that zipfile and the readers of its parts are known to raise for a damaged file.
_DAMAGE = (
    OSError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ValueError, TypeError, AttributeError,
    RuntimeError,
)  # fmt: skip


class IndexUnreadable(Exception):
    """A file that is no postcode index, or a damaged one."""


class IndexEntry(NamedTuple):
    """The constituency of a postcode, and those nearby."""

    code: str
    """ONS code of the constituency, such as E14001172."""
    near: tuple[str, ...] = ()
    """ONS codes of other constituencies within 100 metres."""


class PostcodeIndex:
    """The index in memory, where it takes about four megabytes; a look-up takes microseconds."""

    def __init__(self, path: Path) -> None:
        """Read the index. Raises IndexUnreadable."""
        try:
            with zipfile.ZipFile(path) as file:
                self._load(file)
        except _DAMAGE as error:
            raise IndexUnreadable(f"{path.name} is not a postcode index: {error!r}") from error

    def _load(self, file: zipfile.ZipFile) -> None:
        about = json.loads(file.read("index.json"))
        self.date: str = about["date"]
        self.attribution: str = about["attribution"]
        if not MONTH.fullmatch(self.date) or not isinstance(self.attribution, str):
            raise ValueError("it has no valid date or attribution")
        if not all(isinstance(code, str) for codes in about["answers"] for code in codes):
            raise ValueError("a code that is not text")
        self._places = [IndexEntry(code, tuple(near)) for code, *near in about["answers"]]
        self.codes = frozenset(code for codes in about["answers"] for code in codes)
        self._sectors = {sector: n for n, sector in enumerate(file.read("sectors.txt").decode().split("\n"))}
        self._bitmaps = file.read("bitmaps")
        self._answers = unpack(file.read("answers"))
        self._ends = array("I", accumulate(unpack(file.read("lengths"))))
        sizes = (self._get_bitmap(n).bit_count() for n in range(len(self._sectors)))
        self._before = array("I", accumulate(sizes, initial=0))
        if not self._before[-1] == (self._ends or [0])[-1]:
            raise ValueError("its parts do not fit together")

    @property
    def sectors(self) -> Iterable[str]:
        return self._sectors.keys()

    def __len__(self) -> int:
        return self._before[-1]

    def _get_bitmap(self, sector: int) -> int:
        return int.from_bytes(self._bitmaps[sector * BITMAP_BYTES : (sector + 1) * BITMAP_BYTES], "big")

    def find(self, postcode: Postcode) -> IndexEntry | None:
        """Look a postcode up; None if it does not exist. Nothing is guessed from its neighbours."""
        sector = self._sectors.get(postcode.sector) if postcode.inward else None
        if sector is None:
            return None
        bits = self._get_bitmap(sector)
        unit = unit_number(postcode.inward)
        if not bits >> unit & 1:
            return None
        number = self._before[sector] + (bits & ((1 << unit) - 1)).bit_count()
        return self._places[self._answers[bisect_right(self._ends, number)]]

    def list_codes_around(self, postcode: Postcode) -> tuple[str, ...]:
        """Return the constituencies of a postcode's sector, or otherwise of its district, most frequent first.

        They are only good for a question to the supporter.
        """
        sectors = [postcode.sector] if postcode.inward else []
        if not any(sector in self._sectors for sector in sectors):
            sectors = [sector for sector in self._sectors if sector.startswith(f"{postcode.outward} ")]
        found: Counter[str] = Counter()
        for number in (self._sectors[sector] for sector in sectors):
            first, last = self._before[number], self._before[number + 1]
            for run in range(bisect_right(self._ends, first), bisect_right(self._ends, last - 1) + 1):
                start = self._ends[run - 1] if run else 0
                found[self._places[self._answers[run]].code] += min(self._ends[run], last) - max(start, first)
        return tuple(code for code, _ in found.most_common())


def unit_number(inward: str) -> int:
    """Return a number from 0, for ``9AA``, to 399, for ``9ZZ``."""
    return UNIT_LETTERS.index(inward[1]) * len(UNIT_LETTERS) + UNIT_LETTERS.index(inward[2])


def pack(numbers: Iterable[int]) -> bytes:
    """Return numbers as bytes: 16 bits each, little-endian."""
    return _swap_if_big_endian(array("H", numbers)).tobytes()


def unpack(packed: bytes) -> "array[int]":
    return _swap_if_big_endian(array("H", packed))


def _swap_if_big_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
