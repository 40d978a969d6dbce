from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from flask import Flask
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Error, Page, expect

from tests.browser.axe import looking
from tests.running import chromium, served

expect.set_options(timeout=30_000)  # a busy machine takes its time

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
without_scripts = pytest.mark.parametrize("scripts", [False], ids=["no scripts"])

FORGET = """() => {
    [localStorage, sessionStorage].forEach((storage) => storage.clear());
    navigation.updateCurrentEntry({state: null});
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One for all tests, since it takes a while to start."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def addresses(sites: dict[str, Flask]) -> Iterator[dict[str, str]]:
    """Where each site is served, for all tests: to start and stop them for each takes as long as the visit."""
    with served(sites) as addresses:
        yield addresses


@pytest.fixture
def site(addresses: dict[str, str]) -> str:
    """The site that most tests visit. Nothing is kept there, so each finds it as new."""
    return addresses["snapshot"]


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """One for all visits, which knows the fonts and the script by then: a new one for each takes as long as looking."""
    with browser.new_context(reduced_motion="reduce") as context:  # with less motion colours change at once
        yield context.new_page()


@pytest.fixture(scope="session")
def tab_with_axe(browser: Browser) -> Iterator[Page]:
    """One for all that is looked at."""
    with looking(browser) as context:
        yield context.new_page()


@pytest.fixture(scope="session")
def tab_that_copies(browser: Browser) -> Iterator[Page]:
    """One for all that is copied, and read where it was copied to."""
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        yield context.new_page()


@pytest.fixture
def scripts() -> bool:
    """Whether the tab runs scripts."""
    return True


@pytest.fixture
def page(tab: Page, scripts: bool) -> Iterator[Page]:
    """The tab of somebody who was never here."""
    with as_new(tab, scripts=scripts):
        yield tab


@pytest.fixture
def looked_at(tab_with_axe: Page) -> Iterator[Page]:
    """A page that axe looks at."""
    with as_new(tab_with_axe):
        yield tab_with_axe


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


@contextmanager
def as_new(tab: Page, *, scripts: bool = True) -> Iterator[None]:
    """A tab as it is in the beginning, and in the end with nothing stored or remembered, and alone."""
    tab.set_viewport_size({"width": 400, "height": 640})  # a telephone's, which takes less time to draw than a desk's
    tab.emulate_media(color_scheme="light", forced_colors="none")
    devtools_of(tab).send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    yield
    tab.evaluate(FORGET)
    devtools_of(tab).send("Page.resetNavigationHistory")
    for other in tab.context.pages:
        if other is not tab:
            other.close()


@cache
def devtools_of(tab: Page) -> CDPSession:
    """What can be told a tab beyond what Playwright has words for."""
    return tab.context.new_cdp_session(tab)
