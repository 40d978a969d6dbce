"""What the tests of faults and of every seat share: a browser without scripts, and the table that ends their run."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import Thread

import pytest
import requests
from flask import Flask
from werkzeug.serving import make_server

LONGEST_WAIT = 9.0
"""Seconds that a page may take, PDF and all: more than the eight it may wait for Parliament, and no hang."""

Cells = dict[tuple[str, str], str]
MATRIX = pytest.StashKey[Cells]()
"""What became of each journey, by fault and by the step at which it began."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the journeys that were made: faults down, steps across."""
    cells = config.stash.get(MATRIX, {})
    if not cells:
        return
    faults, steps = (list(dict.fromkeys(key[n] for key in cells)) for n in (0, 1))
    rows = [["", *steps], *([fault, *(cells.get((fault, step), "") for step in steps)] for fault in faults)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    terminalreporter.section("What became of the journey, by fault and by the step at which it began")
    for row in rows:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True))
        terminalreporter.write_line(line.rstrip())


@dataclass
class Button:
    """A button that sends its form."""

    name: str
    value: str
    target: str
    """The path it sends the form to."""
    label: str = ""


@dataclass
class Form:
    """A form, and what stands in its fields."""

    target: str
    is_multipart: bool
    fields: dict[str, str] = field(default_factory=dict)
    shown: set[str] = field(default_factory=set)
    """The names of those fields that are not hidden."""
    buttons: list[Button] = field(default_factory=list)

    def sent_by(self, button: Button) -> list[tuple[str, str]]:
        """What goes out, line ends as a browser sends them, the button's own value last."""
        pairs = [*self.fields.items(), *([(button.name, button.value)] if button.name else [])]
        return [(name, value.replace("\r\n", "\n").replace("\n", "\r\n")) for name, value in pairs]


class Page(HTMLParser):
    """A page as a browser without scripts has it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.html = html
        self.heading = ""
        self.forms: list[Form] = []
        self.pictures: list[str] = []
        self._inside = ""  # the name of the element whose text is wanted
        self._textarea = ""
        self._is_above = False  # in the masthead, whose form is for another language
        self.feed(html.replace("\r\n", "\n"))
        self.close()

    def form_that_shows(self, name: str) -> Form | None:
        """The form with a field of that name, where it is not hidden."""
        return next((form for form in self.forms if name in form.shown), None)

    def buttons(self, target: str, name: str = "") -> list[tuple[Form, Button]]:
        """The buttons that send to a path with that end, of one name if that is given, with their forms."""
        return [
            (form, button)
            for form in self.forms
            for button in form.buttons
            if button.target.endswith(target) and (not name or button.name == name)
        ]

    def button(self, target: str) -> tuple[Form, Button]:
        """The first of them."""
        found = self.buttons(target)
        assert found, f"“{self.heading}” has no way to {target}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "header" or self._is_above:
            self._is_above = True
        elif tag == "h1" and not self.heading:
            self._inside = tag
        elif tag == "img":
            self.pictures.append(has["src"])
        elif tag == "form":
            self.forms.append(Form(has["action"], has.get("enctype") == "multipart/form-data"))
        elif tag in ("input", "textarea") and has.get("name"):
            self._field(tag, has)
        elif tag == "button" and has.get("type") != "button":
            target = has.get("formaction", self.forms[-1].target)
            self.forms[-1].buttons.append(Button(has.get("name", ""), has.get("value", ""), target))
            self._inside = tag

    def _field(self, tag: str, has: dict[str, str]) -> None:
        form, name = self.forms[-1], has["name"]
        assert name not in form.fields, f"two fields {name} in one form"
        form.fields[name] = has.get("value", "")
        if has.get("type") != "hidden":
            form.shown.add(name)
        if tag == "textarea":
            self._inside, self._textarea = tag, name

    def handle_data(self, data: str) -> None:
        if self._inside == "h1":
            self.heading = " ".join(data.split())
        elif self._inside == "textarea":
            # A line end right after the tag is no part of the text.
            self.forms[-1].fields[self._textarea] = data.removeprefix("\n")
        elif self._inside == "button":
            self.forms[-1].buttons[-1].label = " ".join(data.split())
        self._inside = ""  # the first text is all: what follows is in an element of its own

    def handle_endtag(self, tag: str) -> None:
        if tag == "header":
            self._is_above = False
        if tag == self._inside:
            self._inside = ""


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
