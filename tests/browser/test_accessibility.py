"""Every page in a real browser: axe, reflow, and no message in the console."""

from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.arrival import come_to
from tests.inspection import FOUND_GOOD
from tests.pages import PAGES, Visit

AXE = Axe().axe_script
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "iframes": False,  # what the Studio shows in frames are pages that are looked at by themselves
}
# The 650 constituencies are one button 650 times: looking at thirty is enough, and takes seconds less.
ALIKE = {"exclude": [["#seats li:nth-child(n + 31)"]]}
# Chromium reports a page's own status as an error of loading it.
STATUS = "Failed to load resource: the server responded with a status of"

Scheme = Literal["light", "dark"]

every_page = pytest.mark.parametrize("visit", PAGES.values(), ids=PAGES)


@every_page
@pytest.mark.parametrize(("prefix", "on_telephone", "on_desk"), [("", "light", "dark"), ("/cy", "dark", "light")])
def test_every_page(
    browser: Browser, addresses: dict[str, str], visit: Visit, prefix: str, on_telephone: Scheme, on_desk: Scheme
) -> None:
    """Opened once in each language, and looked at as on a telephone, on a very small one, and on a desk.

    English by day and by night, Welsh by night and by day.
    """
    messages: list[str] = []
    # With less motion colours change at once.
    with browser.new_context(
        viewport={"width": 360, "height": 800}, color_scheme=on_telephone, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        come_to(page, addresses, visit._replace(path=prefix + visit.path))
        assert small_things(page) == []
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        assert violations(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert small_things(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme=on_desk)
        assert violations(page) == []
    assert [message for message in messages if not message.startswith(STATUS)] == []


def violations(page: Page) -> list[str]:
    """What axe finds, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Without all that it has nothing against, which takes longer to hand over than to find.
    run = "([context, options]) => axe.run(context, options).then(({violations}) => violations)"
    found = page.evaluate(run, [ALIKE, RULES])
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
