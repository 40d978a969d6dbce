"""The sites of ``tests.pages``, and a Chromium to look at them with, for commands that make pictures."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from app import create_app
from app.campaigns.campaign_files import Files
from app.campaigns.publishing import Publisher
from app.letters.press import Press
from app.web.passwords import hashed
from config import ROOT
from tests.browser.conftest import ARGUMENTS, CANDIDATES
from tests.conftest import settings
from tests.pages import SITES, an_odd_house

PASSWORD = "four words in a row"
"""Of whoever publishes on the site that is called ``publisher``."""


@contextmanager
def running_sites() -> Iterator[dict[str, str]]:
    """Where each site is served; and one more, ``publisher``, whose Studio has published the Uyghur campaign before."""
    with TemporaryDirectory() as folder, _stand_in() as url, _press() as press:
        publishers = {"campaigns_dir": _published(Path(folder)), "studio_password": hashed(PASSWORD)}
        with _served({**SITES, "publisher": publishers}, url, press) as addresses:
            yield addresses


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser that the tests use."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _served(sites: dict[str, dict[str, str]], url: str, press: Press) -> Iterator[dict[str, str]]:
    servers = {}
    for name, site in sites.items():
        app = create_app(settings(**({"parliament_api_url": url} | site)))
        app.extensions["desk"] = replace(app.extensions["desk"], press=press)
        servers[name] = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=servers[name].serve_forever, daemon=True).start()
    yield {name: f"http://127.0.0.1:{server.port}" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()


@contextmanager
def _stand_in() -> Iterator[str]:
    house = an_odd_house().start()
    yield house.url
    house.stop()


@contextmanager
def _press() -> Iterator[Press]:
    press = Press(processes=1)
    yield press
    press.stop()


def _published(folder: Path) -> str:
    """A folder of campaigns, one of them with an earlier version."""
    shutil.copytree(ROOT / "letter_templates", folder, dirs_exist_ok=True)
    publisher = Publisher(folder)
    now = publisher.current("uyghurs")
    publisher.publish("uyghurs", Files(now.text.replace("title: ", "title: Let us ")), now.mark)
    publisher.publish("uyghurs", now, publisher.current("uyghurs").mark)
    return str(folder)
