"""A line of the log for each request: which page, what came of it, how long it took, and nothing of whose it was."""

import logging
import time
from typing import Any

from flask import Flask, Response, g, request

from app.mp.outcomes import Outcome
from app.web.http.metrics import count_lookup, count_request

log = logging.getLogger(__name__)

_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"}


class DearMP(Flask):
    """A Flask app that names the page on which an exception was raised, and not its address."""

    def log_exception(self, exc_info: Any) -> None:
        """Log an exception that nothing caught."""
        self.logger.error("Exception on %s", request.endpoint, exc_info=exc_info)


def init_app(app: Flask) -> None:
    """Write, and count. To be called before the other rooms: then it sees their answers too."""
    app.before_request(_begin)
    app.after_request(_end)


def note(outcome: Outcome) -> None:
    """What came of looking for an MP."""
    told = type(outcome).__name__
    if getattr(outcome, "as_of", None):
        told = f"{told}, not of today"
    g.outcome = told
    count_lookup(told)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    route = request.endpoint or "none"
    method = request.method if request.method in _METHODS else "other"  # else a client could fill the log, and memory
    count_request(route, method, response.status_code, seconds)
    told = {
        "method": method,
        "route": route,
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
        "outcome": g.get("outcome", ""),
    }
    log.info("request", extra=told)
    return response
