"""Reads the table of facts (CSV) beside a campaign file."""

import csv
import io
import re
from collections.abc import Sequence

from app.campaigns.file.facts_table import KEY, FactsTable, columns_of, unreadable
from app.campaigns.local_facts import LocalFacts
from app.campaigns.problems import CampaignUnreadable, Problem
from app.i18n.translate import gettext as _
from app.mp.people import Seat

LONGEST_TABLE = 512 * 1024  # bytes
_SEPARATORS = ",;\t"  # spreadsheets write any of them, depending on the country they are set to


def read_local_facts(name: str, raw: bytes, seats: Sequence[Seat]) -> tuple[LocalFacts, list[Problem]]:
    """Read a table, and return it with advice about it. Raises CampaignUnreadable.

    The first line names the columns. The column ``constituency`` has names or ONS codes. Line numbers of problems are
    those of the table.
    """
    text = _decode(name, raw)
    reader = csv.reader(io.StringIO(text), delimiter=_find_separator(text), strict=True)
    try:
        heads = next((cells for cells in reader if any(cell.strip() for cell in cells)), [])
        columns = columns_of(name, reader.line_num if heads else 1, heads)
        table = FactsTable(name, columns, seats)
        for row in reader:
            table.add(reader.line_num, row)
    except csv.Error as error:
        raise unreadable(name, reader.line_num, _explain(error)) from error
    facts = LocalFacts(tuple(column for column in columns if column != KEY), table.rows)
    return facts, list(table.advice())


def _decode(name: str, raw: bytes) -> str:
    if len(raw) > LONGEST_TABLE:
        says = _("%(name)s is longer than %(most)d kB", name=name, most=LONGEST_TABLE // 1024)
        raise CampaignUnreadable(Problem(1, says))
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").replace(b"\0", b"")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        says = _("not UTF-8 text; save it as “CSV UTF-8” in your spreadsheet")
        raise unreadable(name, line, says) from error


def _find_separator(text: str) -> str:
    heads = next((line for line in text.splitlines() if line.strip(f"{_SEPARATORS} ")), "")
    bare = re.sub(r'"[^"]*"', "", heads)
    return max(_SEPARATORS, key=bare.count)


def _explain(error: csv.Error) -> str:
    if "end of data" in str(error):
        return _("a quotation mark opens here or before, and none closes")
    if "expected after" in str(error):
        return _("the text goes on after its quotation mark; write two marks where you mean one")
    if "field limit" in str(error):
        return _("a cell far too long; a quotation mark may be missing")
    return _("not a table of comma-separated values: %(error)s", error=error)
