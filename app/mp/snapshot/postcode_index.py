"""The embedded postcode index: which postcodes exist, in which constituency, and how near another.

A zip file that anyone can open. Postcodes are numbered in order of sector and unit; a bitmap a sector says which
exist, and runs of neighbours with the same answer say where they are.

- ``index.json``: date, attribution, and the distinct answers, each a list of constituency codes, its own first
- ``sectors.txt``: the sectors in order, one a line
- ``bitmaps``: 50 bytes a sector, big end first; bit n stands for unit n, AA being 0 and ZZ 399
- ``lengths``, ``answers``: for each run its length (unsigned, 16 bits, little end first) and its answer's number
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
"""How the date of the data is written: 2026-02."""
BITMAP_BYTES = len(UNIT_LETTERS) ** 2 // 8
# All that zipfile and what reads its parts are known to raise on a damaged file.
_DAMAGE = (
    OSError, zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ValueError, TypeError, AttributeError,
    RuntimeError,
)  # fmt: skip


class IndexUnreadable(Exception):
    """The file is no postcode index, or a damaged one."""


class IndexEntry(NamedTuple):
    """Where a postcode is."""

    code: str
    """The constituency's ONS code, such as E14001172."""
    near: tuple[str, ...] = ()
    """ONS codes of other constituencies within 100 metres."""


class PostcodeIndex:
    """Loaded whole into memory, about four megabytes; a look-up takes microseconds."""

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
            raise ValueError("it does not say of when it is")
        if not all(isinstance(code, str) for codes in about["answers"] for code in codes):
            raise ValueError("a code that is no text")
        self._places = [IndexEntry(code, tuple(near)) for code, *near in about["answers"]]
        self.codes = frozenset(code for codes in about["answers"] for code in codes)
        self._sectors = {sector: n for n, sector in enumerate(file.read("sectors.txt").decode().split("\n"))}
        self._bitmaps = file.read("bitmaps")
        self._answers = unpack(file.read("answers"))
        self._ends = array("I", accumulate(unpack(file.read("lengths"))))
        sizes = (self._bitmap(n).bit_count() for n in range(len(self._sectors)))
        self._before = array("I", accumulate(sizes, initial=0))
        if not self._before[-1] == (self._ends or [0])[-1]:
            raise ValueError("its parts do not fit together")

    @property
    def sectors(self) -> Iterable[str]:
        """Every sector it knows, such as ``SW1A 1``."""
        return self._sectors.keys()

    def __len__(self) -> int:
        """How many postcodes it knows."""
        return self._before[-1]

    def _bitmap(self, sector: int) -> int:
        return int.from_bytes(self._bitmaps[sector * BITMAP_BYTES : (sector + 1) * BITMAP_BYTES], "big")

    def find(self, postcode: Postcode) -> IndexEntry | None:
        """Where the postcode is; None where it does not exist. Nothing is ever guessed from its neighbours."""
        sector = self._sectors.get(postcode.sector) if postcode.inward else None
        if sector is None:
            return None
        bits = self._bitmap(sector)
        unit = unit_number(postcode.inward)
        if not bits >> unit & 1:
            return None
        number = self._before[sector] + (bits & ((1 << unit) - 1)).bit_count()
        return self._places[self._answers[bisect_right(self._ends, number)]]

    def codes_around(self, postcode: Postcode) -> tuple[str, ...]:
        """The constituencies of a postcode's sector, else of its district, the most frequent first: for a question."""
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
    """0 for ``9AA`` to 399 for ``9ZZ``."""
    return UNIT_LETTERS.index(inward[1]) * len(UNIT_LETTERS) + UNIT_LETTERS.index(inward[2])


def pack(numbers: Iterable[int]) -> bytes:
    """Numbers as the file has them: 16 bits each, little end first."""
    return _little_end_first(array("H", numbers)).tobytes()


def unpack(packed: bytes) -> "array[int]":
    """What ``pack`` packed."""
    return _little_end_first(array("H", packed))


def _little_end_first(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
