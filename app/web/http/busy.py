"""When a process has more to do than it can: a quick page that says so, instead of a slow one for everybody.

Whoever has not begun a letter yet is turned away first. A page that turns somebody away costs a tenth of another.
"""

from flask import Flask, Response, request

from app.i18n.translate import gettext as _
from app.server.waiting import seconds_waited
from app.web.http.metrics import count_refused
from app.web.http.retry_page import retry_page

LONGEST_WAIT_OF_NEWCOMER = 0.25  # seconds that a request waits for a thread
LONGEST_WAIT = 1.0
SECONDS_TO_COME_AGAIN = 5
_ALWAYS = ("static", "pages.healthz", "pages.readyz", "pages.metrics")
"""What costs no more than to say that there is no time for it."""
_NO_LETTER = ("publish",)
"""Where a password is typed, which no page repeats."""


def init_app(app: Flask) -> None:
    """Turn away whom there is no time for."""
    app.before_request(_turn_away)


def _turn_away() -> Response | None:
    longest = LONGEST_WAIT if request.method == "POST" else LONGEST_WAIT_OF_NEWCOMER
    if seconds_waited.get() < longest or request.endpoint in _ALWAYS or request.blueprint in _NO_LETTER:
        return None
    count_refused("busy")
    return retry_page(
        503,
        _("We are very busy at the moment"),
        _("Many people are writing to their MPs. Wait a few seconds, then try again."),
        SECONDS_TO_COME_AGAIN,
    )
