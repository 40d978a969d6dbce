"""What a route costs is measured rightly: else the limits in ``tests.web.http.test_costs`` would be worth nothing."""

from collections.abc import Iterator
from time import process_time

import pytest
from flask import Flask

from benchmarks.routes import CHEAP, EXAMPLES, Costs, Example, site, slowness, table, too_dear, without_example


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


def test_each_route_is_in_the_table(app: Flask) -> None:
    rows = table(app).rows
    assert {row[0].strip("`") for row in rows} == EXAMPLES.keys()
    assert all(row[1].endswith("s") for row in rows)
    limits = {row[0].strip("`"): row[2] for row in rows}
    assert limits["GET pages.portrait"] == "portraits"
    assert limits["POST publish.try_password"] == "tries of the password"


def test_the_time_of_processes_that_make_pdfs_counts(app: Flask) -> None:
    costs = Costs(app)
    (stall,), (ready,) = EXAMPLES["GET share.stall"], EXAMPLES["GET pages.readyz"]
    assert costs.of(stall) > CHEAP > costs.of(ready)


def test_a_new_route_needs_an_example_and_a_limit_if_it_is_dear() -> None:
    with site() as app:
        app.add_url_rule("/ashes", "ashes", burn)
        assert without_example(app) == {"GET ashes"}
        assert too_dear(app, {**EXAMPLES, "GET ashes": (Example("/ashes"),)}).keys() == {"GET ashes"}
