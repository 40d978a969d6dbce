"""Shared by these tests: a browser without scripts, the table of faults that ends their run, a folder of campaigns."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import pytest
import requests
from flask import Flask
from werkzeug.serving import make_server

from config import ROOT
from tests.page import Button, Form
from tests.reports import tell

LONGEST_WAIT = 25.0
"""Seconds that a page may take, PDF and all, on a busy machine: less than the stand-in holds on to a call."""

Cells = dict[tuple[str, str], str]
MATRIX = pytest.StashKey[Cells]()
"""What became of each journey, by fault and by the step at which it began."""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell of the journeys that were made: faults down, steps across."""
    cells = session.config.stash.get(MATRIX, {})
    if not cells:
        return
    faults, steps = (list(dict.fromkeys(key[n] for key in cells)) for n in (0, 1))
    rows = [["", *steps], *([fault, *(cells.get((fault, step), "") for step in steps)] for fault in faults)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    tell("What became of the journey, by fault and by the step at which it began", lines)


@dataclass(frozen=True)
class Visitor:
    """Somebody at a site, over HTTP."""

    site: str

    def get(self, path: str) -> requests.Response:
        """What is at a path."""
        return requests.get(self.site + path, timeout=LONGEST_WAIT)

    def press(self, form: Form, button: Button) -> requests.Response:
        """What a button brings."""
        pairs = form.sent_by(button)
        if form.is_multipart:
            parts = [(name, (None, value)) for name, value in pairs]
            return requests.post(self.site + button.target, files=parts, timeout=LONGEST_WAIT)
        return requests.post(self.site + button.target, data=pairs, timeout=LONGEST_WAIT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with copies of the campaigns that come with the app, to publish to."""
    campaigns = tmp_path / "campaigns"
    shutil.copytree(ROOT / "letter_templates", campaigns)
    return campaigns


Visit = Callable[[Flask], Visitor]


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Serves an app over HTTP, and gives a visitor of it. Unlike ``serve`` it stops at once, for tests in hundreds."""
    with ExitStack() as servers:

        def start(app: Flask) -> Visitor:
            server = make_server("127.0.0.1", 0, app, threaded=True)
            Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            servers.callback(server.server_close)
            servers.callback(server.shutdown)
            return Visitor(f"http://127.0.0.1:{server.port}")

        yield start
