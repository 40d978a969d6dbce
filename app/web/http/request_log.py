"""A line in the log for each request: page, status, time and outcome, with nothing about the visitor."""

import logging
import time
from typing import Any

from flask import Flask, Response, g, request

from app.mp.outcomes import Outcome
from app.web.http.metrics import count_lookup, count_request

log = logging.getLogger(__name__)

_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"}


class DearMP(Flask):
    """A Flask app that logs exceptions with the name of the view, and not with the address."""

    def log_exception(self, exc_info: Any) -> None:
        """Log an exception that no code caught."""
        self.logger.error("Exception on %s", request.endpoint, exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Log and count requests. Call this before other modules, so that their answers are counted too."""
    app.before_request(_begin)
    app.after_request(_end)


def log_lookup(outcome: Outcome) -> None:
    """Log and count the outcome of looking for an MP."""
    label = type(outcome).__name__
    if getattr(outcome, "as_of", None):
        label = f"{label}, not of today"
    g.outcome = label
    count_lookup(label)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    route = request.endpoint or "none"
    # Otherwise a client could fill the log, and memory, with methods of its own.
    method = request.method if request.method in _METHODS else "other"
    count_request(route, method, response.status_code, seconds)
    fields = {
        "method": method,
        "route": route,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "outcome": g.get("outcome", ""),
    }
    log.info("request", extra=fields)
    return response
