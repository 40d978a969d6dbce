"""Every member as letters address them, to be read through by eye.

python -m tests.members_table
"""

from collections.abc import Iterable, Iterator

from app.mp.people import Seat
from app.mp.snapshot.members_table import read_table
from app.mp.snapshot.snapshot import EMBEDDED, MEMBERS_FILE


def rows(seats: Iterable[Seat]) -> Iterator[str]:
    """Constituency | address | greeting, in columns."""
    cells = [
        (seat.constituency.name, " / ".join(seat.member.address_block), f"{seat.member.salutation},")
        if seat.member
        else (seat.constituency.name, "vacant", "")
        for seat in seats
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


if __name__ == "__main__":
    for row in rows(read_table(EMBEDDED / MEMBERS_FILE).seats):
        print(row)  # noqa: T201
