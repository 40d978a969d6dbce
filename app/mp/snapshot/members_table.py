"""The members table: the 650 constituencies and their members on a given day."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.mp.people import Constituency, Contact, Member, Seat, complete_title
from app.storage.atomic_file import write_whole

ATTRIBUTION = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
SEATS_IN_THE_COMMONS = 650
COLUMNS = (
    "constituency_code",
    "constituency_id",
    "constituency",
    "nation",
    "member_id",
    "name_display",
    "name_full",
    "name_address",
    "party",
    "email",
)
MORE_COLUMNS = ("phone", "website", "constituency_office", "government_post", "since")
"""Optional columns. Lines of an office are separated by line breaks; ``since`` is a day such as 2024-07-04."""


class TableUnreadable(Exception):
    """A file that is no members table, or a damaged one; the message says why."""


@dataclass(frozen=True, slots=True)
class MembersTable:
    """All seats, and the day of the data."""

    date: date
    attribution: str
    seats: tuple[Seat, ...]


def read_table(path: Path) -> MembersTable:
    """Read the JSON of ``write_table``. Raises TableUnreadable."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        day = date.fromisoformat(table["date"])
        rows = (dict(zip(table["columns"], row, strict=True)) for row in table["seats"])
        seats = tuple(_read_seat(row, day) for row in rows)
        attribution = str(table["attribution"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TableUnreadable(f"{path.name} is not a members table: {error!r}") from error
    return MembersTable(day, attribution, _check_number(seats, path))


def read_csv(path: Path, day: date) -> MembersTable:
    """Read a CSV with the columns ``COLUMNS`` and a row for each seat. Without a ``member_id`` the seat is vacant.

    Raises TableUnreadable, with the line in its message, for an unreadable row and unless there are 650 seats.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            seats = tuple(_read_seat(row, day) for row in reader)
    except (KeyError, ValueError, csv.Error) as error:
        raise TableUnreadable(f"{path.name}, line {reader.line_num}: {error!r}") from error
    return MembersTable(day, ATTRIBUTION, _check_number(seats, path))


def _check_number(seats: tuple[Seat, ...], path: Path) -> tuple[Seat, ...]:
    different = len({seat.constituency.id for seat in seats})
    if not different == len(seats) == SEATS_IN_THE_COMMONS:
        raise TableUnreadable(
            f"{path.name} has {len(seats)} rows for {different} seats; the Commons has {SEATS_IN_THE_COMMONS} seats."
        )
    return seats


def _read_seat(row: Mapping[str, str], day: date) -> Seat:
    if not all(isinstance(value, str) for value in row.values()):
        raise ValueError("a value that is not text")
    if not row["constituency"] or (row["member_id"] and not row["name_display"]):
        raise ValueError("an empty name")
    constituency = Constituency(int(row["constituency_id"]), row["constituency"], row["nation"])
    member = _read_member(row, day) if row["member_id"] else None
    return Seat(constituency, member, row["constituency_code"])


def _read_member(row: Mapping[str, str], day: date) -> Member:
    office = row.get("constituency_office") or ""
    return Member(
        id=int(row["member_id"]),
        name=row["name_display"],
        full_title=complete_title(row["name_full"]),
        address_as=row["name_address"],
        party=row["party"],
        post=row.get("government_post") or "",
        contact=Contact(
            email=row["email"],
            phone=row.get("phone") or "",
            website=row.get("website") or "",
            constituency_office=tuple(office.split("\n")) if office else (),
            as_of=day,
        ),
        since=date.fromisoformat(row["since"]) if row.get("since") else None,
    )


def write_table(table: MembersTable, path: Path) -> None:
    """Replace ``path`` by the table as JSON, with a line for each seat, so that git shows a change as one line."""
    head = {
        "date": table.date.isoformat(),
        "attribution": table.attribution,
        "columns": COLUMNS + MORE_COLUMNS,
    }
    rows = ",\n".join(json.dumps(_make_row(seat), ensure_ascii=False) for seat in table.seats)
    write_whole(path, f'{json.dumps(head)[:-1]}, "seats": [\n{rows}\n]}}\n'.encode())


def _make_row(seat: Seat) -> list[str]:
    place, member = seat.constituency, seat.member
    row = [seat.code, str(place.id), place.name, place.nation]
    if member is None:
        return row + [""] * (len(COLUMNS + MORE_COLUMNS) - len(row))
    contact = member.contact or Contact()
    return [
        *row,
        str(member.id),
        member.name,
        member.full_title,
        member.address_as,
        member.party,
        contact.email,
        contact.phone,
        contact.website,
        "\n".join(contact.constituency_office),
        member.post,
        member.since.isoformat() if member.since else "",
    ]
