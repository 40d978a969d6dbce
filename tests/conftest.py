"""What the tests share: a stand-in Members API, apps with settings of their own, a served app."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from app import create_app
from app.letters.letter import Sender
from app.letters.press import Press
from app.mp.snapshot import Snapshot
from app.web.desk import Desk
from config import Settings
from tests.stand_in import StandIn

NOWHERE = "http://127.0.0.1:9"  # nothing listens on the discard port
SENDER = Sender("Siân Example", ("12 Example Street",), "Llanfair", "SW1A 1AA")
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
    values = {"lookup": "snapshot", "parliament_api_url": NOWHERE, "contact": "", "data_dir": None}
    return Settings(_env_file=None, **(values | changes))


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    return Snapshot.load()


@pytest.fixture(scope="session")
def press() -> Iterator[Press]:
    """One set of PDF processes for all tests: they take seconds to start."""
    press = Press(processes=1)
    yield press
    press.stop()


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
def make_app(press: Press) -> MakeApp:
    """Makes an app with the given settings, and the shared PDF processes."""

    def make(**changes: Any) -> Flask:
        app = create_app(settings(**changes))
        app.testing = True
        desk: Desk = app.extensions["desk"]
        app.extensions["desk"] = replace(desk, press=press)
        return app

    return make


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
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
