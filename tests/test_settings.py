"""The start: settings, and what stops it."""

import subprocess
import sys
from dataclasses import dataclass

import pytest

from config import ROOT, Settings, load_settings


@dataclass(frozen=True)
class Started:
    """What came of loading the settings."""

    returncode: int
    stdout: str
    stderr: str


class Start:
    """Loads the settings of some environment variables, and none of a file ``.env``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, **environment: str) -> Started:
        with self._monkeypatch.context() as patch:
            patch.setitem(Settings.model_config, "env_file", None)
            for name, value in environment.items():
                patch.setenv(name, value)
            try:
                shown, code = str(load_settings()), 0
            except SystemExit as stop:
                assert isinstance(stop.code, int)
                shown, code = "", stop.code
        return Started(code, shown, self._capsys.readouterr().err)


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Start:
    return Start(monkeypatch, capsys)


def test_needs_no_setting(start: Start) -> None:
    started = start()
    assert started.returncode == 0, started.stderr
    assert "lookup='auto'" in started.stdout
    assert "port=8000" in started.stdout


def test_an_empty_setting_is_none(start: Start) -> None:
    assert "lookup='auto'" in start(LOOKUP="", DATA_DIR="").stdout


@pytest.mark.parametrize(
    ("value", "means"),
    [("true", "true"), ("Yes", "true"), ("0", "false"), ("2029-05-30 / 2029-07-04", "2029-05-30/2029-07-04")],
)
def test_parliament_dissolved(start: Start, value: str, means: str) -> None:
    assert f"parliament_dissolved='{means}'" in start(PARLIAMENT_DISSOLVED=value).stdout


@pytest.mark.parametrize(("cores", "processes"), [(1, 2), (8, 8), (16, 16), (64, 16)])
def test_one_web_process_a_core_within_bounds(monkeypatch: pytest.MonkeyPatch, cores: int, processes: int) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.delenv("WEB_CONCURRENCY", raising=False)
    assert Settings().web_concurrency == processes


def test_secrets_are_not_shown(start: Start) -> None:
    assert "hush" not in start(CACHE_SECRET="hush").stdout
    wrong = start(REDIS_URL="redis://:hush@[")
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
        ("WEB_CONCURRENCY", "0"),
        ("WEB_CONCURRENCY", "17"),
        ("CONTACT", "a\nb"),
        ("PARLIAMENT_DISSOLVED", "soon"),
        ("PARLIAMENT_DISSOLVED", "2029-05-30"),
        ("PARLIAMENT_DISSOLVED", "2029-07-04/2029-05-30"),
        ("PARLIAMENT_DISSOLVED", "2029-05-30/2029-02-30"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_clear_line(start: Start, name: str, value: str) -> None:
    started = start(**{name: value})
    assert started.returncode == 2
    assert started.stderr.count("\n") == 1
    assert started.stderr.startswith(f"Setting {name}={value!r}: ")
    assert "Traceback" not in started.stderr


@pytest.mark.system
def test_the_process_ends_with_it() -> None:
    command = [sys.executable, "-c", "import config; config.load_settings()"]
    ended = subprocess.run(command, cwd=ROOT, env={"PORT": "many"}, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert (
        ended.stderr == "Setting PORT='many': input should be a valid integer, unable to parse string as an integer.\n"
    )
