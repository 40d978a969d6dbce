"""Lines of the log: what they say, and what they do not."""

import json
import logging
import logging.config
import sys
import threading
from collections.abc import Iterator

import pytest

from app.server.logs import logging_config

SECRET = "SW1A 1AA"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, hooks = root.handlers[:], (threading.excepthook, sys.excepthook, logging.raiseExceptions)
    yield
    root.handlers[:] = handlers
    threading.excepthook, sys.excepthook, logging.raiseExceptions = hooks
    logging.getLogger("gunicorn.error").handlers.clear()


def start(log_format: str) -> logging.Logger:
    logging.config.dictConfig(logging_config(log_format))
    return logging.getLogger("gunicorn.error")


def fail() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


REQUEST = {"method": "POST", "route": "journey.write", "status": 200, "milliseconds": 12.3, "outcome": "Found"}


def test_a_line_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    start("text").info("request", extra=REQUEST)
    line = capsys.readouterr().err
    assert line.endswith(" INFO request POST journey.write 200 12.3 Found\n")


def test_a_line_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    start("json").info("request", extra=REQUEST)
    line = json.loads(capsys.readouterr().err)
    assert line.items() >= REQUEST.items()
    assert (line["level"], line["message"], line["logger"]) == ("INFO", "request", "gunicorn.error")
    assert line["time"]


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_an_exception_is_logged_without_what_it_says(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    log = start(log_format)
    try:
        fail()
    except KeyError:
        log.exception("It went wrong")
    written = capsys.readouterr().err
    assert written.count("\n") == (1 if log_format == "json" else 3)
    for told in ("It went wrong", "ValueError < ", "KeyError < ", "test_logs.py:"):
        assert told in written
    assert SECRET not in written


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_nor_is_one_that_nobody_caught(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    start(log_format)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    written = capsys.readouterr().err
    assert "A thread ended" in written
    assert "The process ends" in written
    assert SECRET not in written


def test_the_place_where_a_thread_ended_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    start("text")
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert f"KeyError < {__file__}:" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        (f"Invalid request from ip=192.0.2.1: Invalid HTTP header name: '{SECRET}'", ()),
        ("Error handling request %s %s", ("GET", f"/?{SECRET}")),
        (f"Exception while serving /?{SECRET}", ()),
        (f"Client disconnected while serving /?{SECRET}", ()),
        ("Exception when servicing %r", (f"<Connection at 192.0.2.1 {SECRET}>",)),
        (f"uncaptured python exception, closing channel <192.0.2.1> ({SECRET})", ()),
    ],
)
@pytest.mark.parametrize("name", ["gunicorn.error", "waitress"])
def test_what_a_server_quotes_is_removed(
    name: str, message: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    start("text")
    logging.getLogger(name).warning(message, *arguments)
    written = capsys.readouterr().err
    assert message[:12] in written
    assert SECRET not in written
    assert "192.0.2" not in written
