"""Facts for each constituency, from a table (CSV) beside the campaign file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.mp.people import Constituency, folded_seat

FILE_NAME = r"^[a-z0-9][a-z0-9_-]*\.csv$"


def compared(name: str) -> str:
    """Return a constituency's name as it compares in tables, where people write & too."""
    return folded_seat(name.replace("&", " and "))


@dataclass(frozen=True, slots=True)
class LocalFacts:
    """The table: what it has columns for, and its row for each constituency."""

    columns: tuple[str, ...] = ()
    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the constituency's name as ``compared``."""

    def of(self, constituency: Constituency) -> dict[str, str | None]:
        """The facts of a constituency; None for each that there is none of."""
        row = self.rows.get(compared(constituency.name), {})
        return {column: row.get(column) or None for column in self.columns}
