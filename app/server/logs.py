"""The log: lines for people or for machines, on the standard error output, that never quote anybody.

The message of an exception may hold what somebody typed, and gunicorn's own warnings hold addresses and requests. Of
exceptions only their kind and the places in the code are logged, and of such warnings only that there was one.
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
_PARTS = ("method", "route", "status", "milliseconds", "outcome")
"""What the line of a request has beside its message: see ``app.web.http.request_log``."""
log = logging.getLogger(__name__)


def logging_config(log_format: str) -> dict[str, Any]:
    """For ``logging.config.dictConfig``; ``log_format`` is ``text`` or ``json``."""
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


class Journalist(Logger):
    """gunicorn's own logger, without a line for each request: it would hold an address."""

    def access(self, resp: object, req: object, environ: object, request_time: object) -> None:
        """Nothing."""


class Unquoted(logging.Filter):
    """Removes from messages of gunicorn and waitress what they quote of a request or its client."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record; all go on."""
        beginning = next((known for known in _QUOTING if str(record.msg).startswith(known)), None)
        if beginning:
            record.msg, record.args = beginning, ()
        return True


class Line(logging.Formatter):
    """``2026-11-27 09:30:00 INFO request POST journey.write 200 12 ms found``"""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """The message, and the parts of a request's line."""
        parts = (str(getattr(record, name)) for name in _PARTS if getattr(record, name, ""))
        return " ".join((super().formatMessage(record), *parts))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """The kind of an exception, and where it came from."""
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
        """The kind of an exception, and where it came from."""
        return unquoted(ei)


def unquoted(raised: Raised) -> str:
    """Exceptions and the places they came through, the last one last, without their messages."""
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
