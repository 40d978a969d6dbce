"""What the tests share: a stand-in Members API, apps with settings of their own, a served app."""

import gc
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

import tests.environment  # noqa: F401  # first, before anything of the app can read it
from app import create_app
from app.letters.letter import Sender
from app.letters.paper.pdf_pool import PdfPool
from app.mp.parliament.cache import make_cache
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import ParliamentClient
from app.mp.snapshot.members_table import MembersTable, read_table
from app.mp.snapshot.postcode_index import PostcodeIndex
from app.mp.snapshot.snapshot import EMBEDDED, INDEX_FILE, MEMBERS_FILE, LatestSnapshot, Snapshot
from config import Settings
from tests.inspection import inspect
from tests.redis_server import RedisServer, redis_server
from tests.sharing import Shared
from tests.stand_in import StandIn

pytest_plugins = ["tests.reports"]

# A busy machine may take its time for an example.
hypothesis.settings.register_profile("tests", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("tests")

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


def pytest_collection_finish() -> None:
    """Keep the garbage collector off what stays to the end of the run: looking at it took an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what starts a server by a fixture. What does so by itself, or prints letters by the dozen, says so."""
    for item in items:
        if {"redis", "serve", "server", "visit"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.system)


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    """A Redis of a test's own, to kill as it likes."""
    with redis_server() as server:
        yield server


@pytest.fixture(scope="session")
def latest() -> LatestSnapshot:
    return LatestSnapshot(EMPTY_FOLDER)


@pytest.fixture(scope="session")
def snapshot(latest: LatestSnapshot) -> Snapshot:
    return latest.get()


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
    return CachedParliament(ParliamentClient(url), CallLimiter(CircuitBreaker()), make_cache(None))


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


@pytest.fixture(scope="session")
def shared(pdf_pool: PdfPool, latest: LatestSnapshot) -> Shared:
    """What every app is handed."""
    return Shared(pdf_pool, lambda: latest.get().seats)


@pytest.fixture(scope="session")
def make_app(shared: Shared, latest: LatestSnapshot) -> MakeApp:
    """Makes an app with the given settings, which shares what takes long to make."""

    def make(**changes: Any) -> Flask:
        own = settings(**changes)
        app = create_app(own, latest if own.data_dir == EMPTY_FOLDER else None)
        app.testing = True
        inspect(app)
        shared.hand_to(app)
        return app

    return make


@pytest.fixture(scope="session")
def unconnected(make_app: MakeApp) -> Flask:
    """A site that has no network. It keeps nothing, so that all tests that change nothing of it may visit it."""
    return make_app()


@pytest.fixture(scope="session")
def sites(pdf_pool: PdfPool, shared: Shared) -> Iterator[dict[str, Flask]]:
    """An app for each of the sites that ``tests.pages`` speaks of."""
    from tests.pages import SITES, an_odd_house, app_of  # noqa: PLC0415  # it speaks of what stands here

    house = an_odd_house().start()
    apps = {name: app_of(name, own, house.url, pdf_pool) for name, own in SITES.items()}
    for app in apps.values():
        app.testing = True
        inspect(app)
        shared.hand_to(app)
    yield apps
    house.stop()


@pytest.fixture
def client(unconnected: Flask) -> FlaskClient:
    """A visitor of a site that has no network."""
    return unconnected.test_client()


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
