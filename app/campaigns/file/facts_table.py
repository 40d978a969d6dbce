"""The rows of a table of facts: each is for a constituency that there is, once, and holds plain values."""

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

_CALLED_SO_TOO = "constituency_name"
_COLUMN = re.compile(r"[a-z][a-z0-9_]*")
_NOTHING = frozenset("-–—")
_FORMULA = re.compile(r"=|@(?!\w+$)|[+\-](?![ (]*[\d.£][\w\s.,:()/%£–\-]*$)")
"""What a spreadsheet would run, when somebody opens the table there; no telephone number, and no @name."""
_MISTAKE = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)")
_SOME = 3
_STRANGERS = 20  # constituencies that are none: nobody reads on, and looking for names like theirs takes time
_LONGEST_NAME = 80  # characters


def columns_of(name: str, line: int, heads: Sequence[str]) -> tuple[str, ...]:
    """The columns' names, one of them ``KEY``, of the line that has them. Raises CampaignUnreadable."""
    columns = [re.sub(r"[^a-z0-9]+", "_", head.strip().lower()).strip("_") for head in heads]
    while columns and not heads[len(columns) - 1].strip():
        columns.pop()  # spreadsheets save columns that were emptied
    if KEY not in columns and _CALLED_SO_TOO in columns:
        columns[columns.index(_CALLED_SO_TOO)] = KEY
    if KEY not in columns:
        raise unreadable(name, line, _says_of_columns(heads[: len(columns)]))
    for column, head in zip(columns, heads, strict=False):
        if not _COLUMN.fullmatch(column) or columns.count(column) > 1 or len(columns) > MOST_COLUMNS:
            says = _(
                "the column “%(column)s” needs a name of its own that begins with a letter, such as waiting_list",
                column=head[:40],
            )
            raise unreadable(name, line, says)
    return tuple(columns)


def _says_of_columns(heads: Sequence[str]) -> str:
    """That none of the columns is ``KEY``."""
    found = ", ".join(f"“{head.strip()[:40]}”" for head in heads[:_SOME])
    if not found:
        return _("no column `constituency`: the first line names the columns, and one of them holds the constituencies")
    return _(
        "no column `constituency`, only %(found)s: the first line names the columns, and one of them holds the "
        "constituencies",
        found=_("%(some)s and more", some=found) if len(heads) > _SOME else found,
    )


class FactsTable:
    """Takes the rows one by one, then has advice about the whole."""

    def __init__(self, name: str, columns: tuple[str, ...], seats: Sequence[Seat]) -> None:
        self._name, self._columns, self._seats = name, columns, seats
        self._names = {compared(seat.constituency.name): seat.constituency.name for seat in seats}
        self._by_code = {seat.code.casefold(): compared(seat.constituency.name) for seat in seats}
        self.rows: dict[str, dict[str, str]] = {}
        """The facts of each constituency, by its name as ``compared``."""
        self._lines: dict[str, int] = {}
        self._problems: list[Problem] = []
        self._strangers = 0

    def add(self, line: int, cells: Sequence[str]) -> None:
        """Take a row. Raises CampaignUnreadable."""
        if not any(cell.strip() for cell in cells):
            return
        if any(cell.strip() for cell in cells[len(self._columns) :]):
            raise unreadable(self._name, line, _("more cells than columns; put a cell that holds a comma in quotes"))
        row = {column: _value(cell) for column, cell in zip(self._columns, cells, strict=False)}
        for column, cell in row.items():
            self._check(line, column, cell)
        called = row.pop(KEY, "")
        if called:
            self._add_row(line, called, row)
        else:
            self._add_stranger(line, "")

    def _add_row(self, line: int, called: str, row: dict[str, str]) -> None:
        key = compared(called)
        key = self._by_code.get(key, key)
        if first := self._lines.get(key):
            name = self._names.get(key, called)[:_LONGEST_NAME]
            says = _("a second row for %(name)s: line %(line)d has one", name=name, line=first)
            raise unreadable(self._name, line, says)
        if self._seats and key not in self._names:
            self._add_stranger(line, called[:_LONGEST_NAME])
        self._lines[key], self.rows[key] = line, row

    def _add_stranger(self, line: int, called: str) -> None:
        self._strangers += 1
        if self._strangers <= _STRANGERS:
            self._problems.append(
                Problem(line, _on_line(self._name, line, self._explain_unknown(called)), Severity.ADVICE)
            )

    def _explain_unknown(self, name: str) -> str:
        if not name:
            return _("no constituency in this line")
        near = most_alike(name, self._names.values())
        if near:
            return _("there is no constituency “%(name)s”; did you mean `%(near)s`?", name=name, near=near)
        return _("there is no constituency “%(name)s”", name=name)

    def _check(self, line: int, column: str, cell: str) -> None:
        if _FORMULA.match(cell):
            says = _("the cell under `%(column)s` looks like a formula; write its value", column=column)
            raise unreadable(self._name, line, says)
        if _MISTAKE.fullmatch(cell):
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
        """What to mend in the rows taken, and what is missing from them."""
        yield from self._problems
        yield from self._of_strangers()
        yield from self._of_missing([name for key, name in self._names.items() if key not in self.rows])
        yield from self._of_gaps()

    def _of_strangers(self) -> Iterator[Problem]:
        more = self._strangers - _STRANGERS
        if more > 0:
            message = ngettext(
                "%(table)s has one more row for a constituency that there is not",
                "%(table)s has %(number)s more rows for constituencies that there are not",
                more,
                table=self._name,
                number=f"{more:,}",
            )
            yield Problem(1, message, Severity.ADVICE)

    def _of_missing(self, missing: Sequence[str]) -> Iterator[Problem]:
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

    def _of_gaps(self) -> Iterator[Problem]:
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
    return "" if value in _NOTHING else value


def unreadable(name: str, line: int, message: str) -> CampaignUnreadable:
    """What to raise for a mistake on a line of a table."""
    return CampaignUnreadable(Problem(line, _on_line(name, line, message)))


def _on_line(name: str, line: int, message: str) -> str:
    return _("%(table)s, line %(line)d: %(message)s", table=name, line=line, message=message)
