"""Facts about each constituency, from a table (CSV) beside the campaign file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.mp.people import Constituency, folded_seat

FILE_NAME = r"^[a-z0-9][a-z0-9_-]*\.csv$"


def compared(name: str) -> str:
    """Return a constituency's name in the form for comparison. Tables may have & for “and”."""
    return folded_seat(name.replace("&", " and "))


@dataclass(frozen=True, slots=True)
class LocalFacts:
    """The names of a table's columns, and its row for each constituency."""

    columns: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Keys are names of constituencies as ``compared`` returns them."""

    def find(self, constituency: Constituency) -> dict[str, str | None]:
        """Return the facts of a constituency by column; None for each that the table lacks."""
        row = self.rows.get(compared(constituency.name), {})
        return {column: row.get(column) or None for column in self.columns}
