"""Facts for each constituency, from a table (CSV) beside the campaign file."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.campaigns.problems import CampaignUnreadable, Problem, Severity, did_you_mean
from app.mp.people import Constituency, Seat, folded

FILE_NAME = r"^[a-z0-9][a-z0-9_-]*\.csv$"
LONGEST_TABLE = 512 * 1024  # bytes
LONGEST_FACT = 500  # characters
MOST_COLUMNS = 30
KEY = "constituency"

_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_FORMULA = re.compile(r"[=@]|[+\-](?![\d.£])")  # what a spreadsheet would run, when somebody opens the table there
_SOME = 3
_STRANGERS = 20  # constituencies that are none: nobody reads on, and looking for names like theirs takes time
_LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class LocalFacts:
    """The table: what it has columns for, and its row for each constituency."""

    columns: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, constituency: Constituency) -> dict[str, str | None]:
        """The facts of a constituency; None for each that there is none of."""
        row = self.rows.get(folded(constituency.name), {})
        return {column: row.get(column) or None for column in self.columns}


def read_local_facts(name: str, raw: bytes, seats: Sequence[Seat]) -> tuple[LocalFacts, list[Problem]]:
    """The table, and advice about it. Lines are those of the table. Raises CampaignUnreadable.

    Its first line names the columns. One is ``constituency``, the constituency's name or its ONS code.
    """
    if len(raw) > LONGEST_TABLE:
        raise CampaignUnreadable(Problem(1, f"{name} is longer than {LONGEST_TABLE // 1024} kB"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise CampaignUnreadable(
            Problem(line, f"{name}, line {line}: not UTF-8 text; save it as “CSV UTF-8” in your spreadsheet")
        ) from error
    reader = csv.reader(io.StringIO(text.replace("\0", "")), strict=True)
    try:
        columns = _columns(name, next(reader, []))
        table = _Table(name, columns, seats)
        for row in reader:
            table.add(reader.line_num, row)
    except csv.Error as error:
        raise _unreadable(name, reader.line_num, _in_plain_words(error)) from error
    return table.done()


def _in_plain_words(error: csv.Error) -> str:
    if "end of data" in str(error):
        return "a quotation mark opens here or before, and none closes"
    if "expected after" in str(error):
        return "the text goes on after its quotation mark; write two marks where you mean one"
    if "field limit" in str(error):
        return "a cell far too long; a quotation mark may be missing"
    return f"not a table of comma-separated values: {error}"


def _columns(name: str, heads: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(re.sub(r"[^a-z0-9]+", "_", head.strip().lower()).strip("_") for head in heads)
    if KEY not in columns:
        raise _unreadable(
            name, 1, f"no column `{KEY}`: the first line names the columns, and one of them holds the constituencies"
        )
    for column, head in zip(columns, heads, strict=True):
        if not _COLUMN.fullmatch(column) or columns.count(column) > 1 or len(columns) > MOST_COLUMNS:
            says = "needs a name of its own that begins with a letter, such as waiting_list"
            raise _unreadable(name, 1, f"the column “{head[:40]}” {says}")
    return columns


class _Table:
    def __init__(self, name: str, columns: tuple[str, ...], seats: Sequence[Seat]) -> None:
        self._name, self._columns, self._seats = name, columns, seats
        self._names = {folded(seat.constituency.name): seat.constituency.name for seat in seats}
        self._by_code = {seat.code.casefold(): folded(seat.constituency.name) for seat in seats}
        self._rows: dict[str, dict[str, str]] = {}
        self._problems: list[Problem] = []
        self._strangers = 0

    def add(self, line: int, cells: list[str]) -> None:
        if not any(cell.strip() for cell in cells):
            return
        if len(cells) > len(self._columns):
            raise _unreadable(self._name, line, "more cells than columns; put a cell that holds a comma in quotes")
        row = dict(zip(self._columns, (cell.strip() for cell in cells), strict=False))
        for column, cell in row.items():
            self._check(line, column, cell)
        key = folded(row[KEY]) if row.get(KEY) else ""
        key = self._by_code.get(key, key)
        if key in self._rows:
            raise _unreadable(self._name, line, f"a second row for {row[KEY]}")
        if self._seats and key not in self._names:
            self._add_stranger(line, row.get(KEY, ""))
        self._rows[key] = {column: cell for column, cell in row.items() if column != KEY}

    def _add_stranger(self, line: int, called: str) -> None:
        self._strangers += 1
        if self._strangers <= _STRANGERS:
            near = did_you_mean(called[:_LONGEST_NAME], self._names.values())
            message = f"there is no constituency “{called[:_LONGEST_NAME]}”{near}"
            self._problems.append(_advice(self._name, line, message))

    def _check(self, line: int, column: str, cell: str) -> None:
        if _FORMULA.match(cell):
            raise _unreadable(self._name, line, f"the cell under `{column}` looks like a formula; write its value")
        if len(cell) > LONGEST_FACT or "\n" in cell or "\r" in cell:
            raise _unreadable(
                self._name, line, f"the cell under `{column}` must be one line of {LONGEST_FACT} characters or fewer"
            )

    def done(self) -> tuple[LocalFacts, list[Problem]]:
        missing = [name for key, name in self._names.items() if key not in self._rows]
        facts = LocalFacts(tuple(column for column in self._columns if column != KEY), self._rows)
        return facts, [*self._problems, *self._of_strangers(), *self._of_missing(missing), *self._of_gaps()]

    def _of_strangers(self) -> Iterator[Problem]:
        more = self._strangers - _STRANGERS
        if more > 0:
            message = f"{self._name} has {more:,} more rows for constituencies that there are not"
            yield Problem(1, message, Severity.ADVICE)

    def _of_missing(self, missing: Sequence[str]) -> Iterator[Problem]:
        if missing:
            some = ", ".join(missing[:_SOME]) + (" and others" if len(missing) > _SOME else "")
            count = "one constituency" if len(missing) == 1 else f"{len(missing)} constituencies"
            yield Problem(
                1,
                f"{self._name} has no row for {count}: {some}. Their letters go without: "
                "put the text about it between {% if local.… %} and {% endif %}",
                Severity.ADVICE,
            )

    def _of_gaps(self) -> Iterator[Problem]:
        for column in self._columns:
            empty = sum(not row.get(column) for row in self._rows.values()) if column != KEY else 0
            if empty:
                cells = "an empty cell" if empty == 1 else f"{empty} empty cells"
                message = (
                    f"{self._name} has {cells} under `{column}`: put the text about it between "
                    f"{{% if local.{column} %}} and {{% endif %}}"
                )
                yield Problem(1, message, Severity.ADVICE)


def _unreadable(name: str, line: int, message: str) -> CampaignUnreadable:
    return CampaignUnreadable(Problem(line, f"{name}, line {line}: {message}"))


def _advice(name: str, line: int, message: str) -> Problem:
    return Problem(line, f"{name}, line {line}: {message}", Severity.ADVICE)
