"""A folder of campaign files with a mistake each, and what is said of them: ``broken/expected.txt``."""

from datetime import date
from pathlib import Path

import pytest

from app.campaigns.linter import check
from app.campaigns.problems import Problem, Severity
from app.campaigns.surroundings import Surroundings, files_of
from app.mp.people import Constituency, Member, Seat

BROKEN = Path(__file__).parent / "broken"
EXPECTED = (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines()
FILES = sorted(BROKEN.glob("*.md"))
SEATS = [
    Seat(Constituency(1, "Chorley", "England"), Member(1, "Sir Lindsay Hoyle", "", party="Speaker"), "E14001170"),
    Seat(Constituency(2, "Hackney North", "England"), Member(172, "Ms Diane Abbott", "", party="Labour"), "E14001264"),
    Seat(
        Constituency(3, "Ashfield", "England"),
        Member(3, "Example Minister", "", party="Labour (Co-op)", post="Minister of State (Home Office)"),
        "E14001068",
    ),
    Seat(
        Constituency(4, "Mid Ulster", "Northern Ireland"),
        Member(4, "Cathal Mallaghan", "", party="Sinn Féin"),
        "N05000010",
    ),
    Seat(Constituency(5, "Ynys Môn", "Wales"), Member(5, "Example Member", "", party="Conservative"), "W07000112"),
    Seat(Constituency(6, "Stafford", "England"), None, "E14001514"),
]


def said_of(path: Path) -> list[Problem]:
    return check(
        path.stem, path.read_text(encoding="utf-8"), Surroundings(files_of(path.parent), SEATS, date(2026, 11, 22))
    )[1]


def as_line(path: Path, problem: Problem) -> str:
    """``rivers.md:5:7: error: …``, as compilers have it."""
    place = f"{problem.line}:{problem.column}" if problem.column else str(problem.line)
    return f"{path.name}:{place}: {problem.severity.value}: {problem.message}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_says_just_what_is_wrong_and_where(path: Path) -> None:
    expected = [line for line in EXPECTED if line.startswith(f"{path.name}:")]
    assert expected
    assert [as_line(path, problem) for problem in said_of(path)] == expected


def test_there_are_many_such_files_and_each_is_expected() -> None:
    assert len(FILES) >= 100
    assert {line.partition(":")[0] for line in EXPECTED} == {path.name for path in FILES}


def test_errors_alone_keep_a_campaign_from_being_used() -> None:
    for path in FILES:
        around = Surroundings(files_of(path.parent), SEATS, date(2026, 11, 22))
        campaign, problems = check(path.stem, path.read_text(encoding="utf-8"), around)
        assert (campaign is None) == any(problem.severity is Severity.ERROR for problem in problems)
