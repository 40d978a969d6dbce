import os
import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# No sandbox, since root in a container may have none; and no calls home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
expect.set_options(timeout=20_000)  # a busy machine takes its time


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the one CHROMIUM names, the system's, or the one Playwright installed."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def addresses(sites: dict[str, Flask]) -> Iterator[dict[str, str]]:
    """Where each site is served, for all tests: to start and stop them for each takes as long as the visit."""
    servers = {name: make_server("127.0.0.1", 0, app, threaded=True) for name, app in sites.items()}
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {name: f"http://127.0.0.1:{server.port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(addresses: dict[str, str]) -> str:
    """The site that most tests visit. Nothing is kept there, so each finds it as new."""
    return addresses["snapshot"]
