"""The log on standard error, as text for people or JSON for machines. It never quotes anybody.

The message of an exception may hold what somebody typed, and gunicorn's own warnings hold addresses and requests. So
only the kind of an exception and its places in the code are logged, and only the beginning of such a warning.
"""

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from gunicorn.glogging import Logger
from pythonjsonlogger.json import JsonFormatter

Raised = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]

_QUOTING = (
    "Invalid request",
    "Error handling request",
    "Error handling HTTP/2 request",
    "Exception while serving",
    "Exception when servicing",
    "Client disconnected while serving",
    "uncaptured python exception",
    "exception in trigger thunk",
)
"""Beginnings of the messages of gunicorn and waitress that quote a request, its path or its client's address."""
_FIELDS = ("method", "route", "status", "milliseconds", "outcome")
"""Fields of a request's record beside its message: see ``app.web.http.request_log``."""
log = logging.getLogger(__name__)


def logging_config(log_format: str) -> dict[str, Any]:
    """Return the configuration for ``logging.config.dictConfig``; ``log_format`` is ``text`` or ``json``."""
    logging.raiseExceptions = False  # a full disk stops no visitor
    threading.excepthook = _log_of_thread
    sys.excepthook = _log_uncaught
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"unquoted": {"()": Unquoted}},
        "formatters": {"line": {"()": {"text": Line, "json": JsonLine}[log_format]}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "line",
                "filters": ["unquoted"],
            }
        },
        "root": {"level": "INFO", "handlers": ["stderr"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["stderr"], "propagate": False},
        },
    }


class GunicornLogger(Logger):
    """gunicorn's logger without its line for each request, which would hold an address."""

    def access(self, resp: object, req: object, environ: object, request_time: object) -> None:
        """Log nothing."""


class Unquoted(logging.Filter):
    """Removes quotes of a request or its client from messages of gunicorn and waitress."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record, and let all records pass."""
        beginning = next((known for known in _QUOTING if str(record.msg).startswith(known)), None)
        if beginning:
            record.msg, record.args = beginning, ()
        return True


class Line(logging.Formatter):
    """``2026-11-27 09:30:00 INFO request POST journey.write 200 12 ms found``"""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the message, and the fields of a request."""
        parts = (str(getattr(record, name)) for name in _FIELDS if getattr(record, name, ""))
        return " ".join((super().formatMessage(record), *parts))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return unquoted(ei)


class JsonLine(JsonFormatter):
    """``{"time": …, "level": "INFO", "message": "request", "route": "journey.write", …}``"""

    def __init__(self) -> None:
        super().__init__(
            "%(asctime)s %(levelname)s %(name)s %(process)d %(message)s",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger", "exc_info": "exception"},
            json_ensure_ascii=False,
        )

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return unquoted(ei)


def unquoted(raised: Raised) -> str:
    """Return the kinds of an exception and its causes with their places in the code, the last one last."""
    lines = []
    error: BaseException | None = raised[1]
    while error:
        places = traceback.extract_tb(error.__traceback__)
        lines.append(" < ".join((type(error).__name__, *(f"{at.filename}:{at.lineno}" for at in reversed(places)))))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(reversed(lines))


def _log_of_thread(hook: threading.ExceptHookArgs) -> None:
    log.error("A thread ended", exc_info=(hook.exc_type, hook.exc_value or hook.exc_type(), hook.exc_traceback))


def _log_uncaught(kind: type[BaseException], error: BaseException, places: TracebackType | None) -> None:
    log.critical("The process ends", exc_info=(kind, error, places))
