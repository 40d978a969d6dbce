"""Every page in a real browser: axe, reflow, and no message in the console."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.test_pages import PAGES

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Chromium reports a page's own status as an error of loading it.
STATUS = "Failed to load resource: the server responded with a status of"

every_page = pytest.mark.parametrize(("method", "path", "data"), PAGES.values(), ids=PAGES)


@pytest.fixture
def site(serve: Callable[..., str]) -> str:
    return serve(lookup="snapshot")


def visit(page: Page, site: str, method: str, path: str, data: dict[str, str]) -> None:
    """Open a page; a posted one through a form of the site's own."""
    if method == "GET":
        page.goto(site + path)
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
            [path, data],
        )


@every_page
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_axe_finds_nothing(
    browser: Browser, site: str, width: int, scheme: str, method: str, path: str, data: dict[str, str]
) -> None:
    messages: list[str] = []
    with browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.on("console", lambda message: messages.append(message.text))
        page.on("pageerror", lambda error: messages.append(str(error)))
        visit(page, site, method, path, data)
        for closed in page.locator("details:not([open]) > summary").all():
            closed.click()
        violations = Axe().run(page, options=RULES).response["violations"]
    assert [f"{found['id']}: {node['html']}" for found in violations for node in found["nodes"]] == []
    assert [message for message in messages if not message.startswith(STATUS)] == []


@every_page
def test_fits_a_screen_of_320_pixels(browser: Browser, site: str, method: str, path: str, data: dict[str, str]) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        visit(page, site, method, path, data)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, summary")]
                .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
        )
        assert small == []
