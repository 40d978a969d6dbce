"""Tables as spreadsheets write them, in one country and another."""

import pytest

from app.campaigns.file.facts_file import LONGEST_TABLE, read_local_facts
from app.campaigns.problems import CampaignUnreadable
from app.i18n.languages import WELSH
from app.i18n.translate import use_locale
from app.mp.people import Constituency, Seat
from tests.unit.campaigns.file.test_broken_files import SEATS

YNYS_MON = Constituency(5, "Ynys Môn", "Wales")


def facts_of(table: str, constituency: Constituency = YNYS_MON) -> dict[str, str | None]:
    return read_local_facts("rivers.csv", table.encode(), SEATS)[0].find(constituency)


def advice_on(table: str) -> list[str]:
    return [problem.message for problem in read_local_facts("rivers.csv", table.encode(), SEATS)[1]]


def refused(table: str) -> str:
    with pytest.raises(CampaignUnreadable) as caught:
        facts_of(table)
    (problem,) = caught.value.problems
    return problem.message


@pytest.mark.parametrize(
    "table",
    [
        "constituency,river,spills\nYnys Môn,Alaw,4\n",
        "constituency;river;spills\nYnys Môn;Alaw;4\n",
        "constituency\triver\tspills\nYnys Môn\tAlaw\t4\n",
        '"constituency";"river";"spills"\n"Ynys Môn";"Alaw";"4"\n',
        "Constituency name,River,Spills\nYnys Môn,Alaw,4\n",
        "\n,,\nconstituency,river,spills\nYnys Môn,Alaw,4\n",
        "constituency,river,spills,,\nYnys Môn,Alaw,4,,\nChorley,Yarrow,2,,\n",
        "constituency,river,spills\rYnys Môn,Alaw,4\r",
        "constituency,river,spills\r\nW07000112,Alaw,4\r\n",
    ],
)
def test_takes_tables_however_they_were_saved(table: str) -> None:
    assert facts_of(table) == {"river": "Alaw", "spills": "4"}


def test_a_head_with_commas_does_not_make_the_comma_the_separator() -> None:
    assert facts_of('constituency;"spills, by river, 2025"\nYnys Môn;"4, 5"\n') == {"spills_by_river_2025": "4, 5"}


@pytest.mark.parametrize("cell", ["-", "–", "—", " - "])
def test_a_dash_stands_for_nothing(cell: str) -> None:
    assert facts_of(f"constituency,spills\nYnys Môn,{cell}\n") == {"spills": None}


@pytest.mark.parametrize("cell", ["@cleanrivers", "+(44) 20 7219 3000", "+44 20 7219 3000", "-5", "-£5", "–5%"])
def test_names_and_numbers_are_no_formulas(cell: str) -> None:
    assert facts_of(f"constituency,spills\nYnys Môn,{cell}\n") == {"spills": cell}


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+A1", "-cmd|x", "+1+cmd|x!A0", "-2*3"])
def test_formulas_are_refused(cell: str) -> None:
    assert "looks like a formula" in refused(f"constituency,spills\nYnys Môn,{cell}\n")


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_mistakes_of_spreadsheets_do_not_come_into_letters(cell: str) -> None:
    assert f"is {cell}, a spreadsheet's mistake" in refused(f"constituency,spills\nYnys Môn,{cell}\n")


def test_names_the_columns_found_where_none_holds_the_constituencies() -> None:
    assert "line 1: no column `constituency`, only “Spills of 2025”:" in refused("Spills of 2025,,\nseat,spills,\n")
    assert "line 1: no column `constituency`: " in refused("")


def test_more_cells_than_columns_are_refused_where_they_hold_something() -> None:
    assert "line 2: more cells than columns" in refused("constituency,spills,\nYnys Môn,4,5\n")


def test_and_may_be_written_short() -> None:
    seat = Constituency(7, "Brighton Kemptown and Peacehaven", "England")
    assert facts_of("constituency,spills\nBrighton Kemptown & Peacehaven,4\n", seat) == {"spills": "4"}


def test_a_second_row_is_named_though_one_goes_by_code() -> None:
    said = refused("constituency,spills\nYnys Môn,4\nChorley,2\nw07000112,5\n")
    assert said == "rivers.csv, line 4: a second row for Ynys Môn: line 2 has one"


def test_a_constituency_goes_by_its_welsh_name_too() -> None:
    wrexham = Constituency(6, "Wrexham", "Wales")
    facts, _ = read_local_facts("rivers.csv", b"constituency,spills\nWrecsam,4\n", [Seat(wrexham, None)])
    assert facts.find(wrexham) == {"spills": "4"}


@pytest.mark.parametrize(
    ("more", "english", "welsh"),
    [
        (1, "has one more row for a constituency that there is not", "un rhes arall"),
        (2, "has 2 more rows for constituencies that there are not", "2 yn rhagor o resi"),
        (1_000, "has 1,000 more rows for constituencies that there are not", "1,000 yn rhagor o resi"),
    ],
)
def test_says_how_many_more_rows_are_for_no_constituency(more: int, english: str, welsh: str) -> None:
    table = "constituency,river\n" + "".join(f"Nowhere {number},Alaw\n" for number in range(20 + more))
    assert any(english in message for message in advice_on(table))
    with use_locale(WELSH):
        assert any(welsh in message for message in advice_on(table))


def test_a_table_may_be_as_long_as_the_limit_and_no_longer() -> None:
    table = "constituency,spills\nYnys Môn,4\n"
    table += "\0" * (LONGEST_TABLE - len(table.encode()))  # the reader drops NULs
    assert facts_of(table) == {"spills": "4"}
    assert refused(f"{table}\0") == "rivers.csv is longer than 512 kB"
