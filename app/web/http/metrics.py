"""What is counted for Prometheus: pages, look-ups and refusals, and nothing of whose they were."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_requests = Counter("dear_mp_requests", "Requests answered.", ("route", "method", "status"))
_seconds = Histogram("dear_mp_request_seconds", "How long they took.", ("route",), buckets=_SECONDS)
_lookups = Counter("dear_mp_lookups", "Look-ups of an MP, by what came of them.", ("outcome",))
_refused = Counter(
    "dear_mp_refused",
    "Requests refused: busy, press (PDFs), limit (of one client) or origin (a form of another site).",
    ("why",),
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """A request was answered. ``route`` is its name in the code, never its address."""
    _requests.labels(route, method, status).inc()
    _seconds.labels(route).observe(seconds)


def count_lookup(outcome: str) -> None:
    """An MP was looked for."""
    _lookups.labels(outcome).inc()


def count_refused(why: str) -> None:
    """Count somebody who has to come again, or whose form was not taken as it came."""
    _refused.labels(why).inc()


def exposition() -> bytes:
    """All counts in Prometheus' text format, of all processes of this machine."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
