"""``flask campaigns list``."""

from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from tests.cli.conftest import RIVERS, Run

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.cli.reports.today", lambda: TODAY)


@pytest.mark.parametrize(
    ("days", "state"),
    [
        ("", "open"),
        ("closes: 2026-12-24\n", "open until 24 December 2026"),
        ("opens: 2026-12-01\n", "opens on 1 December 2026"),
        ("opens: 2026-11-22\ncloses: 2026-11-22\n", "open until 22 November 2026"),
        ("closes: 2026-11-21\n", "ended on 21 November 2026"),
    ],
)
def test_says_whether_letters_are_taken(run: Run, folder: Path, days: str, state: str) -> None:
    (folder / "rivers.md").write_text(RIVERS.replace("title:", f"{days}title:", 1))
    assert run("list").output == f"rivers\tClean rivers\t{state}\n"


def test_says_which_are_broken(run: Run, folder: Path) -> None:
    (folder / "bad.md").write_text(RIVERS.replace("title:", "titel:", 1))
    assert run("list").output == "bad\t-\tbroken, from line 2\nrivers\tClean rivers\topen\n"


def test_says_where_an_earlier_version_serves(runner: FlaskCliRunner, folder: Path) -> None:
    assert "open" in runner.invoke(args=["campaigns", "list"]).output
    (folder / "rivers.md").write_text(RIVERS.replace("{{ ask }}", "{{ aks }}"))
    says = "rivers\tClean rivers\tbroken, from line "
    output = runner.invoke(args=["campaigns", "list"]).output
    assert output.startswith(says)
    assert output.endswith("; the version before it is being served\n")


def test_a_title_cannot_move_the_cursor(run: Run, folder: Path) -> None:
    (folder / "rivers.md").write_text(RIVERS.replace("Clean rivers", '"Clean\\trivers\\x85"', 1))
    assert run("list").output == "rivers\tClean rivers\topen\n"


def test_a_welsh_file_stands_below_its_campaign(run: Run, folder: Path) -> None:
    (folder / "rivers.md").write_text(RIVERS.replace("title:", "closes: 2026-12-24\ntitle:", 1))
    (folder / "rivers-and-seas.md").write_text(RIVERS)
    (folder / "rivers.cy.md").write_text(RIVERS.replace("Clean rivers", "Afonydd glân"))
    assert run("list").output.splitlines() == [
        "rivers\tClean rivers\topen until 24 December 2026",
        "rivers.cy\tAfonydd glân\topen until 24 December 2026",
        "rivers-and-seas\tClean rivers\topen",
    ]
