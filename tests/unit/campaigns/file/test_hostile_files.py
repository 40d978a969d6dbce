"""Campaign files from strangers: refused with a message, or harmless, in bounded time and memory."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.campaigns.linter.checked_file import check_file
from app.letters.text import clean
from config import ROOT
from tests.conftest import MakeApp
from tests.unit.campaigns.file.hostile import ATTACKS, FIELDS, HARMLESS, REPEATED, SCRIPT
from tests.unit.campaigns.file.hostile_trial import LENGTH


def outcomes(length: int) -> dict[str, dict[str, Any]]:
    """What came of each file, in a process of its own that has little memory; every rule then sees so long a text.

    The process says on stderr, which pytest shows, what it begins: the last is what never ends.
    """
    command = [sys.executable, "-m", "tests.unit.campaigns.file.hostile_trial", str(length)]
    run = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return {outcome["name"]: outcome for outcome in map(json.loads, run.stdout.splitlines())}


@pytest.mark.system
def test_is_refused_with_a_message_or_comes_to_nothing(subtests: pytest.Subtests) -> None:
    found = outcomes(LENGTH // 8)
    assert found.keys() == ATTACKS.keys()
    for name, outcome in found.items():
        with subtests.test(name):
            assert outcome["made"] == (not outcome["errors"])
            if name not in REPEATED:
                assert outcome["made"] == (name in HARMLESS)
            assert all(1 <= line <= ATTACKS[name].text.count("\n") + 1 for line in outcome["lines"])
            for message in outcome["messages"]:
                assert 10 < len(message) < 450
                assert message == clean(message)


def test_a_file_of_10_mb_is_not_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "rivers.md"
    with path.open("wb") as file:
        file.truncate(10_000_000_000)
    (problem,) = check_file(path).problems
    assert problem.message == "the file is longer than 64 kB"


def test_a_table_of_10_mb_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "rivers.md").write_text(
        FIELDS["another letter's end"].text.replace("title:", "local_facts: a.csv\ntitle:")
    )
    with (tmp_path / "a.csv").open("wb") as file:
        file.truncate(10_000_000_000)
    (problem,) = check_file(tmp_path / "rivers.md").problems
    assert problem.message == "a.csv is longer than 512 kB"


def test_scripts_in_every_field_stay_text_on_every_page(tmp_path: Path, make_app: MakeApp) -> None:
    (tmp_path / "rivers.md").write_text(FIELDS["scripts in every field"].text)
    client = make_app(campaigns_dir=tmp_path).test_client()
    for address in ("/", "/c/rivers"):
        page = client.get(address, follow_redirects=True)
        assert page.status_code == 200
        assert "&lt;script&gt;alert(1)" in page.text
        assert SCRIPT[:8] + "alert" not in page.text
        assert "<img src=x" not in page.text
        assert 'href="javascript' not in page.text
