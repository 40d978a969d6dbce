"""Checks the rows of a table of facts: each is for a different, known constituency and has plain values."""

import re
from collections.abc import Iterator, Sequence

from app.campaigns.local_facts import compared
from app.campaigns.problems import CampaignUnreadable, Problem, Severity, most_alike
from app.i18n.translate import gettext as _
from app.i18n.translate import ngettext
from app.mp.people import Seat

LONGEST_FACT = 500  # characters
MOST_COLUMNS = 30
KEY = "constituency"

_OTHER_KEY = "constituency_name"
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_EMPTY = frozenset("-–—")
_FORMULA = re.compile(r"=|@(?!\w+$)|[+\-](?![ (]*[\d.£][\w\s.,:()/%£–\-]*$)")
"""A cell that a spreadsheet would run as a formula, as opposed to a telephone number or an @name."""
_ERROR_VALUE = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_SOME = 3
_MOST_UNKNOWN = 20  # unknown constituencies: nobody reads more, and looking for similar names takes time
_LONGEST_NAME = 80  # characters


def columns_of(name: str, line: int, heads: Sequence[str]) -> tuple[str, ...]:
    """Return the columns' names, one of them ``KEY``, from the cells of the first line. Raises CampaignUnreadable."""
    columns = [re.sub(r"[^a-z0-9]+", "_", head.strip().lower()).strip("_") for head in heads]
    while columns and not heads[len(columns) - 1].strip():
        columns.pop()  # spreadsheets keep columns that were emptied
    if KEY not in columns and _OTHER_KEY in columns:
        columns[columns.index(_OTHER_KEY)] = KEY
    if KEY not in columns:
        raise unreadable(name, line, _explain_missing_key(heads[: len(columns)]))
    for column, head in zip(columns, heads, strict=False):
        if not _COLUMN.fullmatch(column) or columns.count(column) > 1 or len(columns) > MOST_COLUMNS:
            says = _(
                "the column “%(column)s” needs a name of its own that begins with a letter, such as waiting_list",
                column=head[:40],
            )
            raise unreadable(name, line, says)
    return tuple(columns)


def _explain_missing_key(heads: Sequence[str]) -> str:
    found = ", ".join(f"“{head.strip()[:40]}”" for head in heads[:_SOME])
    if not found:
        return _("no column `constituency`: the first line names the columns, and one of them holds the constituencies")
    return _(
        "no column `constituency`, only %(found)s: the first line names the columns, and one of them holds the "
        "constituencies",
        found=_("%(some)s and more", some=found) if len(heads) > _SOME else found,
    )


class FactsTable:
    """A table under construction: takes rows one by one, then gives advice about the whole."""

    def __init__(self, name: str, columns: tuple[str, ...], seats: Sequence[Seat]) -> None:
        self._name, self._columns, self._seats = name, columns, seats
        self._names = {compared(seat.constituency.name): seat.constituency.name for seat in seats}
        self._by_code = {seat.code.casefold(): compared(seat.constituency.name) for seat in seats}
        self.rows: dict[str, dict[str, str]] = {}
        """The facts of each constituency, by its name as ``compared`` returns it."""
        self._lines: dict[str, int] = {}
        self._problems: list[Problem] = []
        self._unknown = 0

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Add a row; blank ones are ignored. Raises CampaignUnreadable."""
        if not any(cell.strip() for cell in cells):
            return
        if any(cell.strip() for cell in cells[len(self._columns) :]):
            raise unreadable(self._name, line, _("more cells than columns; put a cell that holds a comma in quotes"))
        row = {column: _value(cell) for column, cell in zip(self._columns, cells, strict=False)}
        for column, cell in row.items():
            self._check_cell(line, column, cell)
        name = row.pop(KEY, "")
        if name:
            self._add_row(line, name, row)
        else:
            self._add_unknown(line, "")

    def _add_row(self, line: int, name: str, row: dict[str, str]) -> None:
        key = compared(name)
        key = self._by_code.get(key, key)
        if first := self._lines.get(key):
            known = self._names.get(key, name)[:_LONGEST_NAME]
            says = _("a second row for %(name)s: line %(line)d has one", name=known, line=first)
            raise unreadable(self._name, line, says)
        if self._seats and key not in self._names:
            self._add_unknown(line, name[:_LONGEST_NAME])
        self._lines[key], self.rows[key] = line, row

    def _add_unknown(self, line: int, name: str) -> None:
        self._unknown += 1
        if self._unknown <= _MOST_UNKNOWN:
            self._problems.append(
                Problem(line, _add_place(self._name, line, self._explain_unknown(name)), Severity.ADVICE)
            )

    def _explain_unknown(self, name: str) -> str:
        if not name:
            return _("no constituency in this line")
        near = most_alike(name, self._names.values())
        if near:
            return _("there is no constituency “%(name)s”; did you mean `%(near)s`?", name=name, near=near)
        return _("there is no constituency “%(name)s”", name=name)

    def _check_cell(self, line: int, column: str, cell: str) -> None:
        if _FORMULA.match(cell):
            says = _("the cell under `%(column)s` looks like a formula; write its value", column=column)
            raise unreadable(self._name, line, says)
        if _ERROR_VALUE.fullmatch(cell):
            says = _(
                "the cell under `%(column)s` is %(cell)s, a spreadsheet's mistake; write its value, or leave it empty",
                column=column,
                cell=cell,
            )
            raise unreadable(self._name, line, says)
        if len(cell) > LONGEST_FACT or "\n" in cell:
            says = _(
                "the cell under `%(column)s` must be one line of %(most)d characters or fewer",
                column=column,
                most=LONGEST_FACT,
            )
            raise unreadable(self._name, line, says)

    def advice(self) -> Iterator[Problem]:
        yield from self._problems
        yield from self._advice_on_unknown()
        yield from self._advice_on_missing([name for key, name in self._names.items() if key not in self.rows])
        yield from self._advice_on_empty_cells()

    def _advice_on_unknown(self) -> Iterator[Problem]:
        more = self._unknown - _MOST_UNKNOWN
        if more > 0:
            message = ngettext(
                "%(table)s has one more row for a constituency that there is not",
                "%(table)s has %(number)s more rows for constituencies that there are not",
                more,
                table=self._name,
                number=f"{more:,}",
            )
            yield Problem(1, message, Severity.ADVICE)

    def _advice_on_missing(self, missing: Sequence[str]) -> Iterator[Problem]:
        if missing:
            some = ", ".join(missing[:_SOME])
            message = ngettext(
                "%(table)s has no row for one constituency: %(names)s. Their letters go without: put the text about it "
                "between {%% if local.… %%} and {%% endif %%}",
                "%(table)s has no row for %(number)d constituencies: %(names)s. Their letters go without: put the text "
                "about it between {%% if local.… %%} and {%% endif %%}",
                len(missing),
                table=self._name,
                names=_("%(some)s and others", some=some) if len(missing) > _SOME else some,
            )
            yield Problem(1, message, Severity.ADVICE)

    def _advice_on_empty_cells(self) -> Iterator[Problem]:
        for column in self._columns:
            empty = sum(not row.get(column) for row in self.rows.values()) if column != KEY else 0
            if empty:
                message = ngettext(
                    "%(table)s has an empty cell under `%(column)s`: put the text about it between "
                    "{%% if local.%(column)s %%} and {%% endif %%}",
                    "%(table)s has %(number)d empty cells under `%(column)s`: put the text about it between "
                    "{%% if local.%(column)s %%} and {%% endif %%}",
                    empty,
                    table=self._name,
                    column=column,
                )
                yield Problem(1, message, Severity.ADVICE)


def _value(cell: str) -> str:
    value = cell.strip()
    return "" if value in _EMPTY else value


def unreadable(name: str, line: int, message: str) -> CampaignUnreadable:
    return CampaignUnreadable(Problem(line, _add_place(name, line, message)))


def _add_place(name: str, line: int, message: str) -> str:
    return _("%(table)s, line %(line)d: %(message)s", table=name, line=line, message=message)
