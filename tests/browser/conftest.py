from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.running import chromium, served

expect.set_options(timeout=20_000)  # a busy machine takes its time

with_and_without_scripts = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
without_scripts = pytest.mark.parametrize("scripts", [False], ids=["no scripts"])


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


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    """One for all visits, which knows axe and the fonts by then: a new one for each takes as long as looking."""
    with browser.new_context(reduced_motion="reduce") as context:  # with less motion colours change at once
        yield context.new_page()


@pytest.fixture
def scripts() -> bool:
    """Whether the tab runs scripts."""
    return True


@pytest.fixture
def page(tab: Page, scripts: bool) -> Iterator[Page]:
    """The tab of somebody who was never here."""
    tab.set_viewport_size({"width": 1280, "height": 720})
    tab.emulate_media(color_scheme="light", forced_colors="none")
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("Emulation.setScriptExecutionDisabled", {"value": not scripts})
    yield tab
    tab.evaluate("[localStorage, sessionStorage].forEach((storage) => storage.clear())")
    devtools.detach()
