"""Looking dependencies up: what is found is said, and what could not be looked up is not called sound."""

import subprocess
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
        ([SOUND, UNKNOWN], "1 dependencies have no known vulnerability; 1 of 2 dependencies could not be looked up."),
        ([UNKNOWN], "Dependencies were not audited: 1 of 1 dependencies could not be looked up."),
        ([], "Dependencies were not audited: nobody could be asked."),
    ],
)
def test_what_was_not_looked_up_is_not_called_sound(packages: list[dict[str, Any]], says: str) -> None:
    assert report(*packages).says() == says


@pytest.mark.parametrize("answer", ["", "not JSON", None])
def test_without_an_answer_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> None:
    def run(command: list[str], **options: object) -> "subprocess.CompletedProcess[str]":
        if answer is None:
            raise subprocess.TimeoutExpired(command, 1)
        return subprocess.CompletedProcess(command, 1, answer, "")

    monkeypatch.setattr(subprocess, "run", run)
    assert audit.audit(["requirements.txt"]).says() == "Dependencies were not audited: nobody could be asked."
