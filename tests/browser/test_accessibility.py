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
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing(browser: Browser, addresses: dict[str, str], width: int, scheme: str, visit: Visit) -> None:
    messages: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        come_to(page, addresses, visit)
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        violations = Axe().run(page, context=ALIKE, options=RULES).response["violations"]
    assert [f"{found['id']}: {node['html']}" for found in violations for node in found["nodes"]] == []
    assert [message for message in messages if not message.startswith(STATUS)] == []


@every_page
def test_fits_a_screen_of_320_pixels(browser: Browser, addresses: dict[str, str], visit: Visit) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        come_to(page, addresses, visit)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, summary")]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
        )
        assert small == []
