"""Pages made in this process without a network, beside the health check."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask.testing import FlaskClient

from app import create_app
from app.web.services import Services
from benchmarks.letters import letter
from benchmarks.report import Table, ratio, time
from benchmarks.scale import Scale
from benchmarks.timing import Times, Turn, WrongAnswer, in_turn, say, stopwatch
from tests.conftest import WRITER, settings

HEALTH = "/healthz"
PAGES = ("/", "/c/uyghurs", "/c/uyghurs/write", "/c/uyghurs/letter", "/c/uyghurs/letter.txt")
_POSTED = ("write", "letter", "letter.txt")


@dataclass(frozen=True, slots=True)
class Pages:
    """Times of each address."""

    times: Mapping[str, Times]

    @property
    def table(self) -> Table:
        """Table with a row for each page."""
        health = self.times[HEALTH].median
        rows = [
            (f"`{path}`", time(taken.median), time(taken.p95), ratio(taken.median, health))
            for path, taken in self.times.items()
        ]
        says = "From the request to the whole answer, without a network; the form is filled in."
        return Table("A page", says, ("page", "median", "p95", "beside the health check"), rows)


def measure(scale: Scale) -> Pages:
    """Measure all pages, in alternation."""
    say("Pages")
    with site() as client:
        return Pages(in_turn({path: turn(client, path) for path in (HEALTH, *PAGES)}, scale.rounds))


@contextmanager
def site(**changes: object) -> Iterator[FlaskClient]:
    """Make a client of an app in this process whose PDF pool is ready, with ``changes`` to its settings."""
    app = create_app(settings(rate_limits="off", **changes))
    services: Services = app.extensions["services"]
    services.pdf_pool.typeset(letter(0))
    yield app.test_client()
    services.pdf_pool.stop()


def turn(client: FlaskClient, path: str) -> Turn:
    """Return a turn that requests a page, with the form filled in if it takes one."""

    def ask() -> None:
        answer = client.post(path, data=WRITER) if path.endswith(_POSTED) else client.get(path, follow_redirects=True)
        if answer.status_code != 200:
            raise WrongAnswer(f"{path}: {answer.status}")

    return stopwatch(ask)
