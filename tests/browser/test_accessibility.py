"""Every page in a real browser: axe, reflow, and no message in the console."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page

from tests.browser.arrival import come_to
from tests.inspection import FOUND_GOOD
from tests.pages import PAGES, Visit

AXE = Axe().axe_script
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "iframes": False,  # it reaches into none that may run no scripts: what they show is looked at by itself
}
# The 650 constituencies are one button 650 times: looking at thirty is enough, and takes seconds less.
ALIKE = "document.querySelectorAll('#seats li:nth-child(n + 31)').forEach((seat) => seat.remove())"
# Chromium reports a page's own status as an error of loading it.
STATUS = "Failed to load resource: the server responded with a status of"

Scheme = Literal["light", "dark"]

every_page = pytest.mark.parametrize("visit", PAGES.values(), ids=PAGES)


@pytest.fixture
def messages(page: Page) -> Iterator[list[str]]:
    """What the pages say to the console meanwhile, and what goes wrong in their scripts."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        heard.append(message.text)

    def note(error: Error) -> None:
        heard.append(str(error))

    page.on("console", listen)
    page.on("pageerror", note)
    yield heard
    page.remove_listener("console", listen)
    page.remove_listener("pageerror", note)


@every_page
@pytest.mark.parametrize(("prefix", "on_telephone", "on_desk"), [("", "light", "dark"), ("/cy", "dark", None)])
def test_every_page(
    page: Page,
    messages: list[str],
    addresses: dict[str, str],
    visit: Visit,
    prefix: str,
    on_telephone: Scheme,
    on_desk: Scheme | None,
) -> None:
    """Opened once in each language, and looked at as on a very small telephone, on another, and on a desk.

    English by day and by night, Welsh on telephones by night.
    """
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=on_telephone)
    come_to(page, addresses, visit._replace(path=prefix + visit.path))
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert small_things(page) == []
    page.evaluate(ALIKE)
    page.set_viewport_size({"width": 360, "height": 800})
    assert violations(page) == []
    assert small_things(page) == []
    if on_desk:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme=on_desk)
        assert violations(page) == []
    assert [message for message in messages if not message.startswith(STATUS)] == []


@pytest.mark.parametrize("name", ["studio, the campaign's page", "studio, the questions"])
def test_what_the_studio_shows_in_frames(page: Page, addresses: dict[str, str], name: str) -> None:
    visit = PAGES[name]
    come_to(page, addresses, visit)
    documents = [frame.get_attribute("srcdoc") for frame in page.locator("iframe").all()]
    assert documents
    for number, document in enumerate(documents):
        address = f"{addresses[visit.site]}/frame-{number}"
        page.route(address, lambda route, _, text=document: route.fulfill(body=text, content_type="text/html"))
        page.goto(address)
        assert violations(page) == []
    page.unroute_all()


def violations(page: Page) -> list[str]:
    """What axe finds, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Without all that it has nothing against, which takes longer to hand over than to find.
    found = page.evaluate("(options) => axe.run(options).then(({violations}) => violations)", RULES)
    if not found:
        FOUND_GOOD["pages as they stood at a moment by axe, in Chromium"] += 1
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


def test_axe_finds_what_is_wrong(browser: Browser, addresses: dict[str, str]) -> None:
    with browser.new_context(bypass_csp=True) as context:  # which lets no text become elements
        page = context.new_page()
        come_to(page, addresses, PAGES["campaign"])
        assert violations(page) == []
        page.evaluate("document.querySelector('h1').outerHTML = '<p role=button>Write</p><input><img src=x>'")
        assert {found.split(":")[0] for found in violations(page)} >= {"label", "image-alt", "page-has-heading-one"}
