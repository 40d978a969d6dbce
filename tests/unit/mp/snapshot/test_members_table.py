from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.mp.people import ComingMember, Constituency, Member, complete_title
from app.mp.snapshot.members_table import COLUMNS, MembersTable, TableUnreadable, read_csv, read_table, write_table
from app.mp.snapshot.snapshot import MEMBERS_FILE

DAY = date(2026, 6, 27)


@pytest.mark.parametrize(
    ("name", "full_title", "address_as", "salutation", "first_line"),
    [
        ("Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", "Dear Ms Abbott", "Rt Hon Diane Abbott MP"),
        (
            "Sir Lindsay Hoyle",
            "Rt Hon Sir Lindsay Hoyle MP",
            "Sir Lindsay",
            "Dear Sir Lindsay",
            "Rt Hon Sir Lindsay Hoyle MP",
        ),
        ("Alex Baker", "Alex Baker MP", "", "Dear Alex Baker", "Alex Baker MP"),
        ("Liam Byrne", "Rt Hon Liam Byrne MP", "Rt Hon. Liam Byrne", "Dear Liam Byrne", "Rt Hon Liam Byrne MP"),
        ("Andy Burnham", "Rt Hon Andy Burnham", "", "Dear Andy Burnham", "Rt Hon Andy Burnham MP"),
        ("Órfhlaith Begley", "Órfhlaith Begley MP", "", "Dear Órfhlaith Begley", "Órfhlaith Begley MP"),
    ],
)
def test_salutation_and_address(name: str, full_title: str, address_as: str, salutation: str, first_line: str) -> None:
    member = Member(1, name, complete_title(full_title), address_as)
    assert not member.is_unlisted
    assert member.salutation == salutation
    assert member.address_block == (first_line, "House of Commons", "LONDON", "SW1A 0AA")


@pytest.mark.parametrize(
    ("typed", "name", "first_line"),
    [
        ("Rt Hon Jane Example MP", "Jane Example", "Rt Hon Jane Example MP"),
        ("Dr Jane Example", "Dr Jane Example", "Dr Jane Example MP"),
    ],
)
def test_a_member_written_by_hand(typed: str, name: str, first_line: str) -> None:
    member = Member.from_typed_name(typed)
    assert member.is_unlisted
    assert member.salutation == f"Dear {name}"
    assert member.address_block[0] == first_line
    assert member.contact is None


def test_a_member_yet_to_be_elected() -> None:
    member = ComingMember.for_constituency(Constituency(1, "Inverness, Skye and West Ross-shire"))
    assert member.is_unlisted
    assert member.salutation == "Dear Member of Parliament"
    assert member.address_block == (
        "The Member of Parliament for",
        "Inverness, Skye and West Ross-shire",
        "House of Commons",
        "LONDON",
        "SW1A 0AA",
    )


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ms Diane Abbott", "DA"),
        ("Sir Lindsay Hoyle", "LH"),
        ("Dr Rupa Huq", "RH"),
        ("Órfhlaith Begley", "ÓB"),
        ("Sir Iain Duncan Smith", "IS"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert Member(1, name, name).initials == initials


def test_names_of_seats_compare_ignoring_case_and_accents() -> None:
    assert Constituency(1, "Ynys Môn").is_same_as(Constituency(2, "YNYS MON"))
    assert not Constituency(1, "Ynys Môn").is_same_as(Constituency(2, "Ynys Enlli"))


def test_salutation_and_address_of_all_members(table: MembersTable) -> None:
    for seat in table.seats:
        assert seat.member
        assert seat.member.salutation.startswith("Dear ")
        assert "Rt Hon" not in seat.member.salutation
        assert not seat.member.salutation.endswith(" MP")
        assert seat.member.full_title.endswith(" MP")
        assert seat.member.full_title.count(" MP") == 1


def test_the_speaker_and_those_who_abstain(table: MembersTable) -> None:
    members = [seat.member for seat in table.seats if seat.member]
    assert [member.name for member in members if member.is_speaker] == ["Sir Lindsay Hoyle"]
    assert len([member for member in members if member.abstains]) == 7


def test_the_embedded_table_is_whole(table: MembersTable) -> None:
    assert table.date == DAY
    assert "Open Parliament Licence v3.0" in table.attribution
    assert len(table.seats) == 650
    assert sum(not seat.member.email for seat in table.seats if seat.member) == 4
    assert {seat.constituency.nation for seat in table.seats} == {"England", "Scotland", "Wales", "Northern Ireland"}


def test_a_table_reads_back_as_written(table: MembersTable, tmp_path: Path) -> None:
    first, second, *others = table.seats
    assert second.member
    member = replace(second.member, since=date(1987, 6, 11))
    table = replace(table, seats=(replace(first, member=None), replace(second, member=member), *others))
    write_table(table, tmp_path / MEMBERS_FILE)
    assert read_table(tmp_path / MEMBERS_FILE) == table


def _csv(path: Path, rows: int, **first_row: str) -> Path:
    lines = [",".join(COLUMNS)]
    for n in range(rows):
        row = {
            "constituency_code": f"E{n}",
            "constituency_id": str(n),
            "constituency": f"Seat {n}",
            "nation": "England",
        }
        row |= {"member_id": str(n + 1000), "name_display": f"Member {n}", "name_full": f"Member {n} MP"}
        row |= first_row if n == 0 else {}
        lines.append(",".join(row.get(column, "") for column in COLUMNS))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_reads_a_csv(tmp_path: Path) -> None:
    table = read_csv(_csv(tmp_path / "members.csv", 650, member_id=""), DAY)
    assert len(table.seats) == 650
    assert table.seats[0].member is None, "a row without a member is a vacant seat"
    assert table.seats[1].member == replace(table.seats[1].member, name="Member 1")  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("rows", "first_row", "message"),
    [(649, {}, "649 rows"), (650, {"constituency_id": "x"}, "line 2"), (650, {"constituency_id": "1"}, "650 seats")],
)
def test_says_what_is_wrong_with_a_csv(tmp_path: Path, rows: int, first_row: dict[str, str], message: str) -> None:
    with pytest.raises(TableUnreadable, match=message):
        read_csv(_csv(tmp_path / "members.csv", rows, **first_row), DAY)
