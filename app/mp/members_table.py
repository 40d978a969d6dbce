"""The members table: the 650 constituencies and who held each on a stated day."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.mp.people import Constituency, Contact, Member

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


class TableUnreadable(Exception):
    """The file is no members table, or a damaged one; the message says why."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A constituency and the member who sits for it; None while it is vacant."""

    code: str
    """ONS code, such as E14001172."""
    constituency: Constituency
    member: Member | None


@dataclass(frozen=True, slots=True)
class MembersTable:
    """All seats, on the day they were true."""

    date: date
    attribution: str
    seats: tuple[Seat, ...]


def read_table(path: Path) -> MembersTable:
    """Read the JSON that ``write_table`` wrote. Raises TableUnreadable."""
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        day = date.fromisoformat(table["date"])
        rows = (dict(zip(table["columns"], row, strict=True)) for row in table["seats"])
        return MembersTable(day, table["attribution"], tuple(_seat(row, day) for row in rows))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TableUnreadable(f"{path.name} is not a members table: {error!r}") from error


def read_csv(path: Path, day: date) -> MembersTable:
    """Read a CSV with a row a seat, headed by ``COLUMNS``; without a ``member_id`` the seat is vacant.

    Raises TableUnreadable, naming the line, also where there are not 650 different seats.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            seats = tuple(_seat(row, day) for row in reader)
    except (KeyError, ValueError, csv.Error) as error:
        raise TableUnreadable(f"{path.name}, line {reader.line_num}: {error!r}") from error
    if len({seat.constituency.id for seat in seats}) != SEATS_IN_THE_COMMONS or len(seats) != SEATS_IN_THE_COMMONS:
        raise TableUnreadable(f"{path.name} has {len(seats)} rows; the Commons has {SEATS_IN_THE_COMMONS} seats.")
    return MembersTable(day, ATTRIBUTION, seats)


def _seat(row: Mapping[str, str], day: date) -> Seat:
    constituency = Constituency(int(row["constituency_id"]), row["constituency"], row["nation"])
    if not row["member_id"]:
        return Seat(row["constituency_code"], constituency, None)
    member = Member(
        id=int(row["member_id"]),
        name=row["name_display"],
        full_title=row["name_full"],
        address_as=row["name_address"],
        party=row["party"],
        contact=Contact(email=row["email"], as_of=day),
    )
    return Seat(row["constituency_code"], constituency, member)


def write_table(table: MembersTable, path: Path) -> None:
    """Write the table as JSON, a line a seat, so that a change shows as one; replaces ``path`` whole or not at all."""
    head = {"date": table.date.isoformat(), "attribution": table.attribution, "columns": COLUMNS}
    rows = ",\n".join(json.dumps(_row(seat), ensure_ascii=False) for seat in table.seats)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(f'{json.dumps(head)[:-1]}, "seats": [\n{rows}\n]}}\n', encoding="utf-8")
    unfinished.replace(path)


def _row(seat: Seat) -> list[str]:
    place, member = seat.constituency, seat.member
    row = [seat.code, str(place.id), place.name, place.nation]
    if member is None:
        return row + [""] * (len(COLUMNS) - len(row))
    return [
        *row,
        str(member.id),
        member.name,
        member.full_title,
        member.address_as,
        member.party,
        member.contact.email,
    ]
