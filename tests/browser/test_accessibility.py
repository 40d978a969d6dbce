"""Every page in a real browser: axe, reflow, and no message in the console."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.pages import PAGES, Visit

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# The 650 constituencies are one button 650 times: looking at thirty is enough, and takes seconds less.
ALIKE = {"exclude": [["#seats li:nth-child(n + 31)"]]}
# Chromium reports a page's own status as an error of loading it.
STATUS = "Failed to load resource: the server responded with a status of"

every_page = pytest.mark.parametrize("visit", PAGES.values(), ids=PAGES)


@pytest.fixture(scope="module")
def addresses(sites: dict[str, Flask]) -> Iterator[dict[str, str]]:
    """Where each site is served."""
    servers = {name: make_server("127.0.0.1", 0, app, threaded=True) for name, app in sites.items()}
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {name: f"http://127.0.0.1:{server.port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


def come_to(page: Page, addresses: dict[str, str], visit: Visit) -> None:
    """Open a page; a posted one through a form of the site's own."""
    site = addresses[visit.site]
    if visit.method == "GET":
        page.goto(site + visit.path)
        return
    page.goto(f"{site}/privacy")
    with page.expect_navigation():
        page.evaluate(
            """([path, data]) => {
                const form = Object.assign(document.createElement("form"), {method: "post", action: path});
                for (const [name, value] of Object.entries(data))
                    form.append(Object.assign(document.createElement("textarea"), {name, value}));
                document.body.append(form);
                form.submit();
            }""",
            [visit.path, visit.data],
        )


@every_page
def test_every_page(browser: Browser, addresses: dict[str, str], visit: Visit) -> None:
    """Opened once, and looked at as on a telephone by day, on a very small one, and on a desk in the dark."""
    messages: list[str] = []
    # With less motion colours change at once.
    with browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme="light", reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        come_to(page, addresses, visit)
        assert small_things(page) == []
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert small_things(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="dark")
        assert violations(page) == []
    assert [message for message in messages if not message.startswith(STATUS)] == []


def violations(page: Page) -> list[str]:
    """What axe finds, and where."""
    found = Axe().run(page, context=ALIKE, options=RULES).response["violations"]
    return [f"{violation['id']}: {node['html']}" for violation in found for node in violation["nodes"]]


def small_things(page: Page) -> list[str]:
    """What is too small for a finger."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, summary")]
            .filter(e => e.checkVisibility()
              && Math.max(e.getBoundingClientRect().height, e.closest("label")?.offsetHeight ?? 0) < 24)
            .map(e => e.outerHTML)"""
    )
    return small
