"""What the tests share: a stand-in Members API, apps with settings of their own, a served app."""

import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from app import create_app
from app.letters.letter import Sender
from app.letters.paper.pdf_pool import PdfPool
from app.mp.parliament.cache import cache
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import ParliamentClient
from app.mp.snapshot.members_table import MembersTable, read_table
from app.mp.snapshot.postcode_index import PostcodeIndex
from app.mp.snapshot.snapshot import EMBEDDED, INDEX_FILE, MEMBERS_FILE, LatestSnapshot, Snapshot
from app.web.services import Services
from config import Settings
from tests.inspection import inspect
from tests.sharing import shared
from tests.stand_in import StandIn

pytest_plugins = ["tests.reports"]

NOWHERE = "http://127.0.0.1:9"  # nothing listens on the discard port
SENDER = Sender("Siân Example", ("12 Example Street",), "Llanfair", "SW1A 1AA")
_EMPTY = tempfile.TemporaryDirectory(prefix="dear-mp-")
EMPTY_FOLDER = Path(_EMPTY.name)
"""Where a test has no data of its own."""
WRITER = {
    "name": "Siân Example",
    "address_line_1": "12 Example Street",
    "town": "Llanfair",
    "postcode": "SW1A 1AA",
    "answer-connection": "My neighbour is Uyghur, and she waits for news.",
}
"""A filled-in form of the Uyghur campaign."""


def settings(**changes: Any) -> Settings:
    """Settings that no environment variable or ``.env`` has a say in."""
    values: dict[str, Any] = {
        "lookup": "snapshot",
        "parliament_api_url": NOWHERE,
        "contact": "",
        "data_dir": EMPTY_FOLDER,
        "rate_limits": "off",
    }
    return Settings(_env_file=None, **(values | changes))


@pytest.fixture(scope="session", autouse=True)
def _sharing() -> Iterator[None]:
    with shared():
        yield


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return LatestSnapshot(EMPTY_FOLDER).get()


@pytest.fixture(scope="session")
def index() -> PostcodeIndex:
    """The index that comes with the app."""
    return PostcodeIndex(EMBEDDED / INDEX_FILE)


@pytest.fixture(scope="session")
def table() -> MembersTable:
    """The members table that comes with the app."""
    return read_table(EMBEDDED / MEMBERS_FILE)


def cached_parliament(url: str) -> CachedParliament:
    """What asks the API at an address, remembering nothing yet."""
    return CachedParliament(ParliamentClient(url), CallLimiter(CircuitBreaker()), cache(None))


@pytest.fixture(scope="session")
def pdf_pool() -> Iterator[PdfPool]:
    """One set of PDF processes for all tests: they take seconds to start."""
    pdf_pool = PdfPool(processes=1)
    yield pdf_pool
    pdf_pool.stop()


@pytest.fixture(scope="session")
def _stand_in() -> Iterator[StandIn]:
    server = StandIn().start()
    yield server
    server.stop()


@pytest.fixture
def stand_in(_stand_in: StandIn) -> StandIn:
    """The stand-in as new."""
    _stand_in.reset()
    return _stand_in


MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(pdf_pool: PdfPool) -> MakeApp:
    """Makes an app with the given settings, and the shared PDF processes."""

    def make(**changes: Any) -> Flask:
        app = create_app(settings(**changes))
        app.testing = True
        inspect(app)
        services: Services = app.extensions["services"]
        app.extensions["services"] = replace(services, pdf_pool=pdf_pool)
        return app

    return make


@pytest.fixture(scope="session")
def sites(pdf_pool: PdfPool) -> Iterator[dict[str, Flask]]:
    """An app for each of the sites that ``tests.pages`` speaks of."""
    from tests.pages import SITES, an_odd_house, app_of  # noqa: PLC0415  # it speaks of what stands here

    house = an_odd_house().start()
    apps = {name: app_of(name, own, house.url, pdf_pool) for name, own in SITES.items()}
    for app in apps.values():
        app.testing = True
        inspect(app)
    yield apps
    house.stop()


@pytest.fixture
def client(make_app: MakeApp) -> FlaskClient:
    """A visitor of a site that has no network."""
    return make_app().test_client()


@pytest.fixture
def live_client(make_app: MakeApp, stand_in: StandIn) -> FlaskClient:
    """A visitor of a site that asks the stand-in."""
    return make_app(lookup="auto", parliament_api_url=stand_in.url).test_client()


@pytest.fixture
def serve(make_app: MakeApp) -> Iterator[Callable[..., str]]:
    """Serves an app with the given settings over HTTP and gives its address."""
    servers = []

    def start(**changes: Any) -> str:
        server = make_server("127.0.0.1", 0, make_app(**changes), threaded=True)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()  # stops at once
        servers.append(server)
        return f"http://127.0.0.1:{server.port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
