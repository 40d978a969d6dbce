"""Every page in a real browser: axe, reflow, and no message in the console."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.arrival import come_to
from tests.browser.axe import contrast, looking, small_things, style_violations, violations, words
from tests.pages import PAGES, Visit

# Chromium reports a page's own status as an error of loading it.
STATUS = "Failed to load resource: the server responded with a status of"

every_page = pytest.mark.parametrize("visit", PAGES.values(), ids=PAGES)


@pytest.fixture
def page(looked_at: Page) -> Page:
    return looked_at


@every_page
def test_every_page(page: Page, messages: list[str], addresses: dict[str, str], visit: Visit) -> None:
    """Opened once, and looked at as on a very small telephone by day, and on a desk by night."""
    come_to_see(page, addresses, visit)
    assert violations(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(color_scheme="dark")
    assert small_things(page) == []
    assert contrast(page) == []
    assert spoken(messages) == []


@every_page
def test_every_page_in_welsh(page: Page, messages: list[str], addresses: dict[str, str], visit: Visit) -> None:
    """What other words may change: the width, the names of things, and which language they are in."""
    come_to_see(page, addresses, visit._replace(path=f"/cy{visit.path}"))
    assert words(page) == []
    assert spoken(messages) == []


def come_to_see(page: Page, addresses: dict[str, str], visit: Visit) -> None:
    """Open all of a page on a very small telephone, where nothing is too wide or too small."""
    page.set_viewport_size({"width": 320, "height": 640})
    come_to(page, addresses, visit)
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert small_things(page) == []


def spoken(messages: list[str]) -> list[str]:
    """What a page had to say beside its own status."""
    return [message for message in messages if not message.startswith(STATUS)]


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


@pytest.mark.parametrize("name", ["campaign with colour and logo", "studio"])
def test_no_style_sheet_locks_the_orientation(page: Page, addresses: dict[str, str], name: str) -> None:
    come_to(page, addresses, PAGES[name])
    assert style_violations(page) == []


def test_axe_finds_what_is_wrong(browser: Browser, addresses: dict[str, str]) -> None:
    with looking(browser, bypass_csp=True) as context:  # which lets no text become elements
        page = context.new_page()
        come_to(page, addresses, PAGES["campaign"])
        assert violations(page) == []
        page.evaluate("document.querySelector('h1').outerHTML = '<p role=button>Write</p><input><img src=x>'")
        assert {found.split(":")[0] for found in violations(page)} >= {"label", "image-alt", "page-has-heading-one"}
        assert {found.split(":")[0] for found in words(page)} == {"label", "image-alt"}
        page.evaluate("document.querySelector('p').style.color = document.querySelector('input').style.color = '#888'")
        page.add_style_tag(content="@media (orientation: portrait) { html { rotate: 90deg } }")
        assert {found.split(":")[0] for found in contrast(page)} == {"color-contrast"}
        assert {found.split(":")[0] for found in style_violations(page)} == {"css-orientation-lock"}
