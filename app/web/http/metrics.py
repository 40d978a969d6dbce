"""Metrics for Prometheus: requests, look-ups and refusals, with nothing about the visitor."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

_requests = Counter("dear_mp_requests", "Requests answered.", ("route", "method", "status"))
_seconds = Histogram("dear_mp_request_seconds", "Seconds that they took.", ("route",), buckets=_BUCKETS)
_lookups = Counter("dear_mp_lookups", "Look-ups of an MP, by outcome.", ("outcome",))
_refused = Counter(
    "dear_mp_refused",
    "Requests refused: busy, press (PDFs), limit (of one client) or origin (a form from another site).",
    ("why",),
)


def count_request(route: str, method: str, status: int, seconds: float) -> None:
    """Count a request. ``route`` is the name of its view, never its address."""
    _requests.labels(route, method, status).inc()
    _seconds.labels(route).observe(seconds)


def count_lookup(outcome: str) -> None:
    _lookups.labels(outcome).inc()


def count_refused(why: str) -> None:
    """Count a refused request, or a form of which only the postcode was taken. ``why`` is one of the label's values."""
    _refused.labels(why).inc()


def exposition() -> bytes:
    """Return the metrics of all processes of this machine, in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
