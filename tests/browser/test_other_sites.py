"""Forms of other sites, sent by real browsers: the postcode arrives, and nothing else."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.browser.firefox import SECONDS, Firefox, firefox
from tests.redis_server import until
from tests.security.test_other_sites import EVERY_FIELD, TAKEN
from tests.web.html import Html

Run = Callable[..., Any]
"""Runs the body of a function in the page, with its ``arguments``, and returns what it returns."""
MARK = "not-of-this-site"
POSTCODE = "SW1A 1AA"
CODES = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
WORDS = {"answer-connection": "My neighbour waits for news.", "name": "Siân Example", "town": "Llanfair"}
KEY = "dear-mp:/c/uyghurs"


@dataclass(frozen=True)
class Tab:
    """A tab of some browser, and a way to run a script in it."""

    go_to: Callable[[str], object]
    run: Run

    def submit(self, form: str, **values: str) -> None:
        """Fill in a form, found by a selector, and send it by its button; wait for the page that follows."""
        self.run(
            """const form = document.querySelector(arguments[0]);
            for (const [name, value] of Object.entries(arguments[1])) {
                form.elements[name].value = value;
                form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
            }
            window.isLeft = true;
            form.querySelector("button:not([formaction])").click();""",
            form,
            values,
        )
        self.arrive()

    def arrive(self) -> None:
        """Wait for the page after one where ``window.isLeft`` was set. Firefox has an empty one in between."""
        there = "return !window.isLeft && document.readyState === 'complete' && location.protocol === 'http:'"
        until(lambda: self.run(there), SECONDS)

    @property
    def heading(self) -> str:
        heading: str = self.run("return document.querySelector('h1').textContent.trim()")
        return heading

    @property
    def page(self) -> str:
        """Everything in the page, what was typed into its fields included."""
        page: str = self.run(
            """return [document.documentElement.outerHTML, location.href,
                ...[...document.querySelectorAll("input, textarea")].map(({value}) => value)].join("\\n");"""
        )
        return page


@pytest.fixture(scope="module", params=["Chromium", "Firefox"])
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    with _chromium(request) if request.param == "Chromium" else _firefox() as tab:
        yield tab


@contextmanager
def _chromium(request: pytest.FixtureRequest) -> Iterator[Tab]:
    browser: Browser = request.getfixturevalue("browser")
    with browser.new_context() as context:
        page = context.new_page()
        yield Tab(page.goto, lambda script, *arguments: _run(page, script, *arguments))


def _run(page: Page, script: str, *arguments: object) -> Any:
    """Run a script, also while the page changes under it."""
    try:
        return page.evaluate(f"given => (function () {{ {script} }})(...given)", arguments)
    except Exception as error:
        if "context was destroyed" in str(error):
            return None
        raise


@contextmanager
def _firefox() -> Iterator[Tab]:
    with firefox() as browser:
        yield Tab(browser.go_to, lambda script, *arguments: _run_in_firefox(browser, script, *arguments))


def _run_in_firefox(browser: Firefox, script: str, *arguments: object) -> Any:
    try:
        return browser.run(script, *arguments)
    except AssertionError as error:
        if "unloaded" in str(error) or "is not available" in str(error):
            return None
        raise


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, dict[str, str]]]:
    """Another site: its address, and what its page holds."""
    holds = {"html": ""}
    app = Flask("elsewhere")
    app.add_url_rule("/", view_func=lambda: f"<!doctype html><title>Elsewhere</title>{holds['html']}")
    server = make_server("localhost", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()  # stops at once
    yield f"http://localhost:{server.port}/", holds
    server.shutdown()
    server.server_close()


def a_form(target: str, fields: dict[str, str], code: str) -> str:
    """A form of another site, filled in."""
    areas = "".join(f"<textarea name='{name}'>{value}</textarea>" for name, value in fields.items())
    return f"<form method=post action='{target}' enctype='{code}'>{areas}<button>Send</button></form>"


def hostile() -> dict[str, str]:
    """Every field of the journey's forms, with something in each that the journey would take."""
    names = {*EVERY_FIELD, "answer-new"}
    taken = TAKEN | {"composed": "en a b c", "copy_to": f"{MARK}@example.org"}
    return {name: taken.get(name, MARK) for name in names} | {"postcode": POSTCODE}


STEPS = ("write", "letter", "letter.pdf", "letter.eml", "constituency", "by-hand", "follow-up", "")
"""Browsers and site do the same at each, so all are tried with one code."""
FEWER = ("write", "letter", "")
FORMS = [
    *((code, "", step) for code in CODES for step in (STEPS if code == CODES[0] else FEWER)),
    *((CODES[1], "/cy", step) for step in FEWER),
]


def test_nothing_but_the_postcode_arrives(
    tab: Tab, site: str, elsewhere: tuple[str, dict[str, str]], subtests: pytest.Subtests
) -> None:
    address, holds = elsewhere
    for code, language, step in FORMS:
        with subtests.test(f"{code} to {language}/{step}"):
            target = f"{site}{language}/c/uyghurs/{step}".rstrip("/")
            holds["html"] = a_form(target, hostile(), code)
            tab.go_to(address)
            tab.submit("form")
            assert MARK not in tab.page
            hidden = Html(tab.page).all("input[@name='constituency']")
            assert not hidden, "nor a choice of another MP"
            is_given = step == "write" and code != "text/plain"
            assert ("Rachel Blake" in tab.heading) == is_given, tab.heading


def test_the_postcode_box_of_a_charity_works_and_leaves_a_draft_as_it_was(
    tab: Tab, site: str, elsewhere: tuple[str, dict[str, str]]
) -> None:
    address, holds = elsewhere
    tab.go_to(f"{site}/c/uyghurs")
    tab.submit("#start", postcode=POSTCODE)
    tab.run("document.getElementById('draft-keep').click()")
    tab.run(
        """for (const [name, value] of Object.entries(arguments[0])) {
            const field = document.querySelector(`[name="${name}"]`);
            field.value = value;
            field.dispatchEvent(new Event("input", {bubbles: true}));
        }""",
        WORDS,
    )
    kept = draft(tab)
    assert kept["fields"] | WORDS == kept["fields"], "it follows"

    tab.go_to(f"{site}/c/uyghurs/share")
    holds["html"] = tab.run("return document.getElementById('form-code').value")
    tab.go_to(address)
    tab.submit("form", postcode="M1 1AE")
    assert tab.heading == "Write to Lucy Powell"
    tab.run(
        """const field = document.querySelector("[name=name]");
        field.value = "Somebody Else";
        field.dispatchEvent(new Event("input", {bubbles: true}));"""
    )
    assert draft(tab) == kept

    holds["html"] = a_form(f"{site}/c/uyghurs/write", hostile() | {"draft": kept["fields"]["draft"]}, CODES[1])
    tab.go_to(address)
    tab.submit("form")
    assert draft(tab) == kept

    tab.go_to(f"{site}/c/uyghurs")
    tab.run("window.isLeft = true; document.getElementById('draft-resume').click()")
    tab.arrive()
    assert tab.heading == "Write to Rachel Blake"
    shown = tab.run("return [...document.querySelectorAll('#write [name]')].map(({name, value}) => [name, value])")
    assert dict(shown) | WORDS == dict(shown)


def draft(tab: Tab) -> Any:
    return json.loads(tab.run("return localStorage.getItem(arguments[0])", KEY))
