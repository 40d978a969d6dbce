"""The start: settings, and what stops it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT


def start(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Load the settings in a process of its own, with nothing else in the environment."""
    return subprocess.run(
        [sys.executable, "-c", "from config import load_settings; print(load_settings())"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_needs_no_setting(tmp_path: Path) -> None:
    started = start(tmp_path)
    assert started.returncode == 0, started.stderr
    assert "lookup='auto'" in started.stdout
    assert "port=8000" in started.stdout


def test_an_empty_setting_is_none(tmp_path: Path) -> None:
    assert "lookup='auto'" in start(tmp_path, LOOKUP="", DATA_DIR="").stdout


@pytest.mark.parametrize(
    ("value", "means"),
    [("true", "true"), ("Yes", "true"), ("0", "false"), ("2029-05-30 / 2029-07-04", "2029-05-30/2029-07-04")],
)
def test_parliament_dissolved(tmp_path: Path, value: str, means: str) -> None:
    assert f"parliament_dissolved='{means}'" in start(tmp_path, PARLIAMENT_DISSOLVED=value).stdout


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    assert "hush" not in start(tmp_path, CACHE_SECRET="hush").stdout
    wrong = start(tmp_path, REDIS_URL="redis://:hush@[")
    assert wrong.returncode == 2
    assert wrong.stderr.startswith("Setting REDIS_URL: ")
    assert "hush" not in wrong.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOOKUP", "sometimes"),
        ("PORT", "99999"),
        ("PORT", "many"),
        ("PARLIAMENT_API_URL", "parliament"),
        ("CAMPAIGNS_DIR", "/nowhere/at/all"),
        ("DATA_DIR", "/nowhere/at/all"),
        ("PDF_PROCESSES", "0"),
        ("CONTACT", "a\nb"),
        ("PARLIAMENT_DISSOLVED", "soon"),
        ("PARLIAMENT_DISSOLVED", "2029-05-30"),
        ("PARLIAMENT_DISSOLVED", "2029-07-04/2029-05-30"),
        ("PARLIAMENT_DISSOLVED", "2029-05-30/2029-02-30"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_clear_line(tmp_path: Path, name: str, value: str) -> None:
    started = start(tmp_path, **{name: value})
    assert started.returncode == 2
    assert started.stderr.count("\n") == 1
    assert started.stderr.startswith(f"Setting {name}={value!r}: ")
    assert "Traceback" not in started.stderr
