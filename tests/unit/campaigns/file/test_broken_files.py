"""A folder of campaign files with a mistake each, and what is said of them: ``broken/expected.txt``."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.file.file_names import original_of
from app.campaigns.linter.check_context import CheckContext, reader_of
from app.campaigns.linter.linter import check
from app.campaigns.problems import Problem, Severity
from app.i18n.languages import WELSH
from app.i18n.translate import use_locale
from app.mp.people import Constituency, Member, Seat

BROKEN = Path(__file__).parent / "broken"
EXPECTED = (BROKEN / "expected.txt").read_text(encoding="utf-8").splitlines()
SOUND = sorted(path for path in BROKEN.glob("*.md") if path.with_suffix(".cy.md").exists())
"""Those that others translate."""
FILES = sorted({*BROKEN.glob("*.md")} - {*SOUND})
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


def checked(path: Path) -> tuple[Campaign | None, list[Problem]]:
    def original() -> Campaign | None:
        return checked(original_of(path))[0]

    context = CheckContext(reader_of(path.parent), SEATS, date(2026, 11, 22), original)
    return check(path.stem, path.read_text(encoding="utf-8"), context)


def as_line(path: Path, problem: Problem) -> str:
    """``rivers.md:5:7: error: …``, as compilers have it."""
    place = f"{problem.line}:{problem.column}" if problem.column else str(problem.line)
    return f"{path.name}:{place}: {problem.severity.value}: {problem.message}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_says_just_what_is_wrong_and_where(path: Path) -> None:
    expected = [line for line in EXPECTED if line.startswith(f"{path.name}:")]
    assert expected
    assert [as_line(path, problem) for problem in checked(path)[1]] == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_says_it_in_welsh_of_the_same_places(path: Path) -> None:
    english = checked(path)[1]
    with use_locale(WELSH):
        welsh = checked(path)[1]
    assert [replace(problem, message="") for problem in welsh] == [replace(problem, message="") for problem in english]
    assert {problem.message for problem in welsh}.isdisjoint({problem.message for problem in english})


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_what_is_translated_is_itself_without_problems_but_for_its_translation(path: Path) -> None:
    problems = checked(path)[1]
    assert not problems or f"the Welsh of it, {path.stem}.cy.md, does not fit this file" in problems.pop().message
    assert problems == []


def test_there_are_many_such_files_and_each_is_expected() -> None:
    assert len(FILES) >= 100
    assert {line.partition(":")[0] for line in EXPECTED} == {path.name for path in FILES}


def test_errors_alone_keep_a_campaign_from_being_used() -> None:
    for path in FILES:
        campaign, problems = checked(path)
        assert (campaign is None) == any(problem.severity is Severity.ERROR for problem in problems)
