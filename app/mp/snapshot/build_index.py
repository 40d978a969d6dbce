"""Builds the embedded postcode index from a CSV of postcodes.

Takes the ONS Postcode Directory in both its column layouts (``PCDS, DOTERM, PCON24CD`` from 2025, ``pcds, doterm,
pcon`` before), or plain ``postcode,code[,near]``, where ``near`` holds codes separated by ``|``.
"""

import csv
import io
import json
import lzma
import re
import zipfile
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import groupby
from pathlib import Path
from typing import TextIO

from app.mp.postcode import Postcode, PostcodeError, PostcodeKind
from app.mp.snapshot.postcode_index import BITMAP_BYTES, pack, unit_number
from app.storage.atomic_file import write_whole

ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right {year}. Contains Royal Mail data © Royal Mail copyright and "
    "database right {year}. Source: Office for National Statistics licensed under the Open Government Licence v3.0."
)
_POSTCODE_COLUMNS = ("pcds", "postcode")
_CODE_COLUMNS = ("pcon24cd", "pcon", "code")
_NO_CONSTITUENCY = re.compile(r"[LMENSW]99999999|[LM]\d{8}|")  # ONS's pseudo codes, for islands and for no place
_LONGEST_RUN = 65_535
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a fixed date, so that the same input gives the same bytes

Answer = tuple[str, ...]


class CannotBuild(Exception):
    """A CSV that makes no index; the message says why, and names the line."""


@dataclass
class Tally:
    """Counts of rows that were kept, and of rows that were left out, by reason."""

    kept: int = 0
    terminated: int = 0
    no_constituency: int = 0
    northern_ireland: int = 0


@dataclass
class _Draft:
    """Postcodes gathered so far: for each sector, a map from units' numbers to numbers of answers."""

    known_codes: Container[str]
    with_bt: bool
    tally: Tally = field(default_factory=Tally)
    answers: dict[Answer, int] = field(default_factory=dict)
    sectors: dict[str, dict[int, int]] = field(default_factory=dict)

    def take(self, row: "_Row") -> None:
        """Add one row, or count why it is left out. Raises CannotBuild."""
        if row.terminated:
            self.tally.terminated += 1
        elif _NO_CONSTITUENCY.fullmatch(row.codes[0]):
            self.tally.no_constituency += 1
        else:
            self._add(row, row.parse_postcode())

    def _add(self, row: "_Row", postcode: Postcode) -> None:
        if postcode.kind is PostcodeKind.NORTHERN_IRELAND and not self.with_bt:
            self.tally.northern_ireland += 1
            return
        for code in row.codes:
            if code not in self.known_codes:
                raise CannotBuild(
                    f"line {row.line}: {code!r} is not the code of a constituency in use since July 2024."
                )
        number = self.answers.setdefault(row.codes, len(self.answers))
        self.sectors.setdefault(postcode.sector, {})[unit_number(postcode.inward)] = number
        self.tally.kept += 1

    def list_runs(self) -> Iterator[tuple[int, int]]:
        """Yield length and answer of each run of postcodes with the same answer, in order of sector and unit."""
        in_order = (units[n] for _, units in sorted(self.sectors.items()) for n in sorted(units))
        for answer, run in groupby(in_order):
            length = sum(1 for _ in run)
            while length > 0:
                yield min(length, _LONGEST_RUN), answer
                length -= _LONGEST_RUN


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    typed: str
    terminated: bool
    codes: Answer

    def parse_postcode(self) -> Postcode:
        try:
            return Postcode.parse(self.typed)
        except PostcodeError:
            raise CannotBuild(f"line {self.line}: {self.typed!r} is not a postcode.") from None


def build_index(source: Path, target: Path, date: str, known_codes: Container[str], with_bt: bool = False) -> Tally:
    """Read ``source`` (CSV, or CSV in xz) and write the index to ``target``.

    ``date`` is the month of the data, such as ``2026-02``. ``known_codes`` are the codes of today's constituencies; any
    other means data of another year. Northern Ireland's postcodes (BT) must not be passed on without a licence, so they
    are left out unless ``with_bt``. Raises CannotBuild, and then does not change ``target``.
    """
    draft = _Draft(known_codes, with_bt)
    with _open(source) as file:
        for row in _read_rows(file):
            draft.take(row)
    if not draft.tally.kept:
        raise CannotBuild(f"{source.name} has no live postcode with a constituency.")
    _write(draft, target, date)
    return draft.tally


def _open(source: Path) -> TextIO:
    if source.suffix == ".xz":
        return TextIOWrapper(lzma.open(source), encoding="utf-8-sig", newline="")
    return source.open(encoding="utf-8-sig", newline="")


def _read_rows(file: Iterable[str]) -> Iterator[_Row]:
    reader = csv.reader(file)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        postcode, code = _find_column(header, _POSTCODE_COLUMNS), _find_column(header, _CODE_COLUMNS)
        ended = header.index("doterm") if "doterm" in header else None
        near = header.index("near") if "near" in header else None
        for row in filter(None, reader):
            others = row[near].split("|") if near is not None and row[near] else []
            terminated = ended is not None and bool(row[ended].strip())
            yield _Row(reader.line_num, row[postcode], terminated, (row[code].strip(), *others))
    except IndexError:
        raise CannotBuild(f"line {reader.line_num}: fewer columns than the first line.") from None
    except (UnicodeDecodeError, csv.Error, lzma.LZMAError, EOFError) as error:
        raise CannotBuild(f"not a readable CSV file: {error}") from error


def _find_column(header: list[str], names: tuple[str, ...]) -> int:
    for name in names:
        if name in header:
            return header.index(name)
    raise CannotBuild(f"the first line has no column {' or '.join(names)}.")


def _write(draft: _Draft, target: Path, date: str) -> None:
    sectors = sorted(draft.sectors)
    lengths, answers = zip(*draft.list_runs(), strict=True)
    about = {
        "date": date,
        "attribution": ATTRIBUTION.format(year=date[:4]),
        "answers": list(draft.answers),
    }
    parts = {
        "index.json": json.dumps(about, ensure_ascii=False, indent=1).encode(),
        "sectors.txt": "\n".join(sectors).encode(),
        "bitmaps": b"".join(_make_bitmap(draft.sectors[sector]) for sector in sectors),
        "lengths": pack(lengths),
        "answers": pack(answers),
    }
    write_whole(target, _zip(parts))


def _zip(parts: Mapping[str, bytes]) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, content, compresslevel=9)
    return archive.getvalue()


def _make_bitmap(units: Iterable[int]) -> bytes:
    return sum(1 << unit for unit in units).to_bytes(BITMAP_BYTES, "big")
