"""``python -m benchmarks.routes``: the processor time of every route, and the limit it counts towards.

Prints a table in Markdown; with ``--write`` it is put into docs/performance.md. A costly route without a limit lets one
client keep the site busy: ``tests/web/http/test_costs.py`` looks for such routes.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import psutil
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.campaigns.publishing import VERSIONS
from app.web.http.limits import limit_kind
from app.web.services import Services
from benchmarks.report import Table, put, time
from benchmarks.timing import WrongAnswer, say
from config import ROOT
from tests.conftest import WRITER, settings
from tests.publisher import HASH, PASSWORD
from tests.stand_in import StandIn
from tests.web.html import Html

CHEAP = 0.020
"""Seconds of processor time that a route may cost without a limit, on the machine of the report."""
_TIMES = 5
_PATIENCE = 20
_STEPS = 100_000
_SECONDS_OF_STEPS = 0.005  # on that machine

_FILE = (ROOT / "letter_templates" / "uyghurs.md").read_text()
_DRAFT = {"slug": "clean-rivers", "file": _FILE, "view": "questions"}
_AS_BROWSERS = {"Accept-Encoding": "gzip, br"}
_TOKEN = "token of the routes"
_VERSION = "20260101T000000000000Z-0123456789ab"


@dataclass(frozen=True, slots=True)
class Example:
    """A request that makes a route do as much as an ordinary request can."""

    path: str
    data: Mapping[str, str] | None = None
    is_publisher: bool = False
    headers: dict[str, str] = field(default_factory=dict)
    expected: tuple[int, ...] = (200,)


_SAMPLE = "/c/uyghurs"
EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "GET static": (Example("/static/style.css"),),
    "GET journey.home": (Example("/", expected=(200, 302)),),
    "GET journey.campaign": (Example(_SAMPLE),),
    "POST journey.change_postcode": (Example(_SAMPLE, WRITER),),
    "POST journey.write": (Example(f"{_SAMPLE}/write", WRITER),),
    "POST journey.constituency": (Example(f"{_SAMPLE}/constituency", WRITER),),
    "POST journey.by_hand": (Example(f"{_SAMPLE}/by-hand", WRITER),),
    "POST journey.letter": (Example(f"{_SAMPLE}/letter", WRITER),),
    "POST journey.follow_up": (Example(f"{_SAMPLE}/follow-up", WRITER),),
    "POST journey.download": (Example(f"{_SAMPLE}/letter.pdf", WRITER),),
    "GET share.embed": (Example(f"{_SAMPLE}/embed"),),
    "GET share.share": (Example(f"{_SAMPLE}/share"),),
    "GET share.qr": (Example(f"{_SAMPLE}/qr.png"),),
    "GET share.poster": (Example(f"{_SAMPLE}/poster.pdf"),),
    "GET share.stall": (Example(f"{_SAMPLE}/stall.pdf?constituency=3985"),),
    "GET branding.colours": (Example("/colours/0d5257.css"),),
    "GET branding.logo": (Example(f"{_SAMPLE}/logo", expected=(200, 404)),),
    "GET pages.privacy": (Example("/privacy"),),
    "GET pages.how": (Example("/how-it-works"),),
    "GET pages.accessibility": (Example("/accessibility"),),
    "GET pages.about": (Example("/about"),),
    "GET pages.portrait": (Example("/portrait/3985/4439"),),
    "GET pages.healthz": (Example("/healthz"),),
    "GET pages.readyz": (Example("/readyz"),),
    "GET pages.metrics": (Example("/metrics", headers={"Authorization": f"Bearer {_TOKEN}"}),),
    "GET studio.start": (
        Example("/studio"),
        Example("/studio?start=uyghurs&not=kept"),
        Example("/studio?start=gone", expected=(404,)),
    ),
    "POST studio.check": (Example("/studio", _DRAFT),),
    "POST studio.download": (Example("/studio/file", _DRAFT),),
    "POST studio.letter_pdf": (Example("/studio/letter.pdf", _DRAFT),),
    "POST publish.publish": (Example("/studio/publish", _DRAFT), Example("/studio/publish", _DRAFT, is_publisher=True)),
    "GET publish.versions": (Example("/studio/versions/uyghurs", is_publisher=True),),
    "POST publish.go_back": (Example("/studio/versions/uyghurs", {"version": _VERSION}, is_publisher=True),),
    "GET publish.ask_password": (Example("/studio/log-in"),),
    "POST publish.try_password": (
        Example("/studio/log-in", {"password": "x" * 20, **_DRAFT}, expected=(400, 403, 429)),
    ),
    "POST publish.leave": (Example("/studio/log-out", {}, expected=(303,)),),
}
"""Examples by method and name of the route."""


def routes_of(app: Flask) -> dict[str, str | None]:
    """Map every route, named as in ``EXAMPLES``, to the limit it counts towards."""
    return {
        f"{method} {rule.endpoint}": limit_kind(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    }


class Costs:
    """Measures the processor time of requests, including that of the processes which make PDFs."""

    def __init__(self, app: Flask) -> None:
        self._visitor, self._publisher = app.test_client(), _publisher(app)
        self._others = psutil.Process().children(recursive=True)

    def of(self, example: Example, times: int = _TIMES) -> float:
        """Return the lowest of several measurements in seconds, after one that does not count. Raises WrongAnswer."""
        self._ask(example)
        beside = self._of_others()
        own = min(self._ask(example) for _ in range(times))
        return own + (self._of_others() - beside) / times

    def _ask(self, example: Example) -> float:
        client = self._publisher if example.is_publisher else self._visitor
        method = "GET" if example.data is None else "POST"
        for _ in range(_PATIENCE):
            begin = process_time()
            answer = client.open(example.path, method=method, data=example.data, headers=_AS_BROWSERS | example.headers)
            taken = process_time() - begin
            if answer.status_code in example.expected:
                return taken
            if answer.status_code != 503:  # which says that the machine is busy
                break
        raise WrongAnswer(f"{method} {example.path}: {answer.status}")

    def _of_others(self) -> float:
        total = 0.0
        for process in self._others:
            times = process.cpu_times()
            total += times.user + times.system
        return total


def slowness() -> float:
    """Return the time that this machine takes now for fixed work, as a multiple of the time in the report."""
    return min(_seconds_of_steps() for _ in range(_TIMES)) / _SECONDS_OF_STEPS


def _seconds_of_steps() -> float:
    begin, total = process_time(), 0
    for step in range(_STEPS):
        total += step * step % 7
    return process_time() - begin


@contextmanager
def site(**changes: Any) -> Iterator[Flask]:
    """Make a site with publishing, all counts, and a stand-in for Parliament."""
    house = StandIn().start()
    with TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "letter_templates", folder, dirs_exist_ok=True)
        own: dict[str, Any] = {
            "campaigns_dir": folder,
            "studio_password": HASH,
            "metrics_token": _TOKEN,
            "rate_limits": "99999/99999",
        }
        asking = {"lookup": "auto", "parliament_api_url": house.url}
        app = create_app(settings(**(own | asking | changes)))
        services: Services = app.extensions["services"]
        _keep_a_version(Path(folder))
        services.pdf_pool.start()
        yield app
        services.pdf_pool.stop()
    house.stop()


def _keep_a_version(folder: Path) -> None:
    """Keep an earlier version of the campaign, with another title."""
    text = (folder / "uyghurs.md").read_text().replace("title: ", "title: Let us ", 1)
    kept = folder / VERSIONS / "uyghurs" / f"{_VERSION}.md"
    kept.parent.mkdir(parents=True)
    kept.write_text(text)


def _publisher(app: Flask) -> FlaskClient:
    client = app.test_client()
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")
    client.post("/studio/log-in", data={"csrf_token": token, "password": PASSWORD})
    return client


def without_example(app: Flask) -> set[str]:
    """Return the routes that have no example."""
    return routes_of(app).keys() - EXAMPLES.keys()


def too_dear(app: Flask, examples: Mapping[str, tuple[Example, ...]] = EXAMPLES) -> dict[str, float]:
    """Find the routes without a limit that cost more than ``CHEAP``, with their cost in seconds.

    Allows for a slow or busy machine, and measures a route again if it seems costly.
    """
    costs, routes = Costs(app), routes_of(app)
    found: dict[str, float] = {}
    for route in (route for route, kind in routes.items() if kind is None):
        for example in examples[route]:
            seconds = min(_until_cheap(costs, example), default=0.0)
            if seconds > CHEAP:
                found[route] = max(seconds, found.get(route, 0.0))
    return found


def _until_cheap(costs: Costs, example: Example) -> Iterator[float]:
    """Measure a request, scaled to the machine of the report, until it is cheap enough or a few times over."""
    for _ in range(_TIMES):
        seconds = costs.of(example) / max(1.0, slowness())
        yield seconds
        if seconds <= CHEAP:
            return


def table(app: Flask) -> Table:
    """Return a table with a row for each route, the most expensive first."""
    costs, routes = Costs(app), routes_of(app)
    taken = {route: max(map(costs.of, examples)) for route, examples in EXAMPLES.items()}
    rows = [(f"`{route}`", time(cost), routes[route] or "") for route, cost in _by_cost(taken)]
    says = (
        "Processor time of one request, including the processes which make PDFs, and its kind in `RATE_LIMITS`. "
        "The Studio’s first page is one that was not kept: a kept one costs a millisecond. Portraits count only if "
        "they have to be fetched from Parliament."
    )
    return Table("By route", says, ("route", "processor time", "counted as"), rows)


def _by_cost(taken: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(taken.items(), key=lambda one: -one[1])


def main() -> int:
    """Print the table, and write it into the report with ``--write``."""
    say(f"This machine takes {slowness():.1f} times as long as the one of the report")
    with site() as app:
        markdown = table(app).markdown
    print(markdown)  # noqa: T201
    if "--write" in sys.argv:
        put("routes", markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
