"""What the project's hosting and editors read: workflows, forms for issues, hooks."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import ROOT

GITHUB = ROOT / ".github"
FORMS = sorted(path for path in GITHUB.glob("ISSUE_TEMPLATE/*.yml") if path.name != "config.yml")
WORKFLOWS = sorted(GITHUB.glob("workflows/*.yml"))
TARGETS = re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)

of_each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    """Return what a file of YAML says."""
    return yaml.safe_load(path.read_text())


def targets(path: Path) -> set[str]:
    """Return what a workflow has make do: a line of the matrix each."""
    jobs = read(path)["jobs"].values()
    assert all(job["steps"][-1]["run"] == "make ${{ matrix.target }}" for job in jobs)
    return {line["target"] for job in jobs for line in job["strategy"]["matrix"]["include"]}


@of_each_workflow
def test_workflows_call_targets_that_there_are(path: Path) -> None:
    assert targets(path) <= {*TARGETS}


def test_each_change_is_tested_and_each_night_what_takes_long() -> None:
    assert targets(GITHUB / "workflows/check.yml") == {"check", "test"}
    assert targets(GITHUB / "workflows/nightly.yml") == {"audit", "test-tools", "fuzz"}


@of_each_workflow
def test_workflows_can_do_little_and_end(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())
    for action in re.findall(r"uses: (.*)", path.read_text()):
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)


def test_changes_are_tested_on_the_system_of_the_image() -> None:
    (system,) = re.findall(r"^FROM debian:(\w+)-slim", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    (job,) = read(GITHUB / "workflows/check.yml")["jobs"].values()
    assert {"target": "test", "system": system} in job["strategy"]["matrix"]["include"]


def test_dependencies_of_every_kind_are_kept_new() -> None:
    updates = read(GITHUB / "dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"pip", "docker", "docker-compose", "github-actions"}
    assert all(update["schedule"] == {"interval": "weekly"} and update["groups"] for update in updates)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_ask_for_nothing_personal(path: Path) -> None:
    form = read(path)
    warning, *fields = form["body"]
    assert form["name"]
    assert form["description"]
    assert warning["attributes"]["value"].startswith(
        "**Everybody can read this.** Leave out names, addresses, postcodes"
    )
    assert all(field["attributes"]["label"] for field in fields)
    assert len({field["id"] for field in fields}) == len(fields) > 1


def test_hooks_use_the_tools_that_checks_use() -> None:
    checks = (ROOT / "Makefile").read_text()
    for repository in read(ROOT / ".pre-commit-config.yaml")["repos"]:
        assert repository["repo"] == "local"
        for hook in repository["hooks"]:
            tool, _, command = hook["entry"].removeprefix(".venv/bin/").partition(" ")
            assert f"$(BIN)/{tool} {command.split()[0] if command else ''}".rstrip() in checks


def test_editors_choose_the_oldest_python() -> None:
    (oldest,) = re.findall(r'^requires-python = ">=(\d+\.\d+)', (ROOT / "pyproject.toml").read_text(), re.MULTILINE)
    assert (ROOT / ".python-version").read_text().strip() == oldest
