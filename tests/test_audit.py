"""Looking dependencies up: what is found is said, and what could not be looked up is not called sound."""

import json
import subprocess
import sys
from typing import Any

import pytest

from scripts import audit

SOUND = {"name": "flask", "version": "3.1.3", "vulns": []}
UNKNOWN = {"name": "segno", "skip_reason": "Dependency not found on PyPI and could not be audited: segno (1.6.6)"}
BROKEN = {
    "name": "jinja2",
    "version": "3.0.0",
    "vulns": [
        {"id": "PYSEC-2099-1", "fix_versions": ["3.0.9"], "aliases": ["CVE-2099-1"], "description": "."},
        {"id": "PYSEC-2099-2", "fix_versions": [], "aliases": [], "description": "."},
    ],
}


def report(*packages: dict[str, Any]) -> audit.Report:
    made = audit.Report()
    made.read({"dependencies": list(packages), "fixes": []})
    return made


def test_vulnerabilities_are_named_with_what_mends_them() -> None:
    says = report(SOUND, BROKEN).says()
    assert "jinja2 3.0.0: PYSEC-2099-1, mended in 3.0.9" in says
    assert "jinja2 3.0.0: PYSEC-2099-2, mended in no version yet" in says
    assert "flask" not in says


@pytest.mark.parametrize("number", ["PYSEC-2099-1", "CVE-2099-1"])
def test_one_that_does_not_concern_us_is_left_out(monkeypatch: pytest.MonkeyPatch, number: str) -> None:
    monkeypatch.setattr(audit, "IGNORED", {number: "a reason"})
    assert len(report(BROKEN).vulnerable) == 1


@pytest.mark.parametrize(
    ("packages", "says"),
    [
        ([SOUND], "1 dependencies have no known vulnerability."),
        ([SOUND, UNKNOWN], "1 dependencies have no known vulnerability; 1 of 2 could not be looked up."),
        ([UNKNOWN], "Dependencies were not audited; 1 of 1 could not be looked up."),
        ([], "Dependencies were not audited."),
    ],
)
def test_what_was_not_looked_up_is_not_called_sound(packages: list[dict[str, Any]], says: str) -> None:
    assert report(*packages).says() == says


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What pip-audit says of a file; of any other it says nothing before the time is over."""
    said: dict[str, str] = {}

    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
        if command[-1] not in said:
            raise subprocess.TimeoutExpired(command, 1)
        return subprocess.CompletedProcess(command, 1, said[command[-1]], "")

    monkeypatch.setattr(subprocess, "run", run)
    return said


@pytest.mark.parametrize("answer", ["", "not JSON", None])
def test_without_an_answer_nothing_is_claimed(
    answers: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    answers |= {"a.txt": answer} if answer is not None else {}
    monkeypatch.setattr(sys, "argv", ["audit", "a.txt"])
    with pytest.raises(SystemExit) as end:
        audit.main()
    assert end.value.code == 0
    assert capsys.readouterr().out == "Dependencies were not audited; of a.txt nothing is known.\n"


def test_a_file_without_an_answer_is_named_beside_one_with(answers: dict[str, str]) -> None:
    answers["a.txt"] = json.dumps({"dependencies": [SOUND], "fixes": []})
    says = audit.audit(["a.txt", "b.txt"]).says()
    assert says == "1 dependencies have no known vulnerability; of b.txt nothing is known."


def test_a_vulnerability_ends_the_check(
    answers: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    answers["a.txt"] = json.dumps({"dependencies": [SOUND, BROKEN], "fixes": []})
    monkeypatch.setattr(sys, "argv", ["audit", "a.txt"])
    with pytest.raises(SystemExit) as end:
        audit.main()
    assert end.value.code == 1
    assert "jinja2 3.0.0" in capsys.readouterr().out
