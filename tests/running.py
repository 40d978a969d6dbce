"""The sites of ``tests.pages``, and a Chromium to look at them with: for the browser's tests, and for pictures."""

import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, BrowserType, sync_playwright
from werkzeug.serving import make_server

from app.campaigns.file.campaign_files import Files
from app.campaigns.publishing import Publisher
from app.letters.paper.pdf_pool import PdfPool
from config import ROOT
from tests.pages import SITES, an_odd_house, app_of
from tests.publisher import HASH

WITHOUT_WINDOWS = "chromium-headless-shell"
"""The same Chromium, which starts pages in half the time, but keeps none whole for Back and Forward."""
CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# No sandbox, since root in a container may have none; and no calls home.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@contextmanager
def running_sites() -> Iterator[dict[str, str]]:
    """Where each site is served; and one more, ``publisher``, whose Studio has published the Uyghur campaign before."""
    with TemporaryDirectory() as folder, _stand_in() as url, _press() as pdf_pool:
        publishers = {"campaigns_dir": _published(Path(folder)), "studio_password": HASH}
        sites = {**SITES, "publisher": publishers}
        with served({name: app_of(name, site, url, pdf_pool) for name, site in sites.items()}) as addresses:
            yield addresses


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser of one's own."""
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        yield browser
        browser.close()


def launched(chromium: BrowserType, *, with_windows: bool = False, **options: Any) -> Browser:
    """A real Chromium: the one CHROMIUM names, the system's, or the one Playwright installed.

    ``options`` are those of Playwright's ``launch``.
    """
    candidates = CANDIDATES if with_windows else (WITHOUT_WINDOWS, *CANDIDATES)
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, candidates)), None)
    return chromium.launch(executable_path=found, args=ARGUMENTS, **options)


@contextmanager
def served(apps: Mapping[str, Flask]) -> Iterator[dict[str, str]]:
    """Where each app is served meanwhile, by its name."""
    servers = {name: make_server("127.0.0.1", 0, app, threaded=True) for name, app in apps.items()}
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {name: f"http://127.0.0.1:{server.port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()


@contextmanager
def _stand_in() -> Iterator[str]:
    house = an_odd_house().start()
    yield house.url
    house.stop()


@contextmanager
def _press() -> Iterator[PdfPool]:
    pdf_pool = PdfPool(processes=1)
    yield pdf_pool
    pdf_pool.stop()


def _published(folder: Path) -> str:
    """A folder of campaigns, one of them with an earlier version."""
    shutil.copytree(ROOT / "letter_templates", folder, dirs_exist_ok=True)
    publisher = Publisher(folder)
    now = publisher.current("uyghurs")
    publisher.publish("uyghurs", Files(now.text.replace("title: ", "title: Let us ")), now.fingerprint)
    publisher.publish("uyghurs", now, publisher.current("uyghurs").fingerprint)
    return str(folder)
