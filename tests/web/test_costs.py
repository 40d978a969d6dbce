"""Limits to what costs much: no client can keep the site busy by a route that nobody has thought of."""

from collections.abc import Iterator
from time import process_time

import pytest
from flask import Flask

from app.web.http.limits import LimitKind
from benchmarks.routes import (
    CHEAP,
    EXAMPLES,
    Costs,
    Example,
    routes_of,
    site,
    slowness,
    table,
    too_dear,
    without_example,
)


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    with site() as app:
        yield app


def burn() -> str:
    """Take some time of the processor, whatever else the machine does."""
    end = process_time() + 4 * CHEAP * max(1.0, slowness())
    while process_time() < end:
        pass
    return "<h1>Ashes</h1>"


def test_every_route_has_an_example(app: Flask) -> None:
    assert without_example(app) == set()
    assert EXAMPLES.keys() == routes_of(app).keys()


def test_what_costs_much_is_limited(app: Flask) -> None:
    assert too_dear(app) == {}


def test_each_route_is_in_the_table(app: Flask) -> None:
    rows = table(app).rows
    assert {row[0].strip("`") for row in rows} == EXAMPLES.keys()
    assert all(row[1].endswith("s") for row in rows)
    limits = {row[0].strip("`"): row[2] for row in rows}
    assert limits["GET pages.portrait"] == "portraits"
    assert limits["POST publish.try_password"] == "tries of the password"


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


def test_the_time_of_processes_that_make_pdfs_counts(app: Flask) -> None:
    costs = Costs(app)
    (stall,), (ready,) = EXAMPLES["GET share.stall"], EXAMPLES["GET pages.readyz"]
    assert costs.of(stall) > CHEAP > costs.of(ready)


def test_a_new_route_needs_an_example_and_a_limit_if_it_is_dear() -> None:
    with site() as app:
        app.add_url_rule("/ashes", "ashes", burn)
        assert without_example(app) == {"GET ashes"}
        assert too_dear(app, {**EXAMPLES, "GET ashes": (Example("/ashes"),)}).keys() == {"GET ashes"}
