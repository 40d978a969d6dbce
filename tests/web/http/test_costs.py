"""Limits to what costs much: no client can keep the site busy by a route that nobody has thought of."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.web.http.limits import LimitKind
from benchmarks.routes import EXAMPLES, routes_of, site, too_dear, without_example

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    with site() as app:
        yield app


def test_every_route_has_an_example(app: Flask) -> None:
    assert without_example(app) == set()
    assert EXAMPLES.keys() == routes_of(app).keys()


def test_what_costs_much_is_limited(app: Flask) -> None:
    assert too_dear(app) == {}


def test_every_limit_holds() -> None:
    with site(rate_limits="1/1") as app:
        limited = [route for route, kind in routes_of(app).items() if kind not in (None, LimitKind.TRIES)]
        assert len(limited) > 10
        for number, route in enumerate(limited):
            example = EXAMPLES[route][-1]
            who = {"REMOTE_ADDR": f"192.0.2.{number}"}
            method, ask = route.split()[0], app.test_client().open
            answers = [ask(example.path, method=method, data=example.data, environ_base=who) for _ in range(2)]
            assert answers[0].status_code != 429
            assert answers[1].status_code == 429, route
