"""A quick page that says so when a process has more to do than it can, instead of a slow page for everybody.

Visitors who have not begun a letter are turned away first. A page that turns somebody away costs a tenth of another.
"""

from flask import Flask, Response, request

from app.i18n.translate import gettext as _
from app.server.waiting import seconds_waited
from app.web.http.metrics import count_refused
from app.web.http.retry_page import retry_page
from app.web.http.view_traits import Trait, has_trait

LONGEST_WAIT_OF_NEWCOMER = 0.25  # seconds that a request waits for a thread
LONGEST_WAIT = 1.0
SECONDS_TO_COME_AGAIN = 5


def init_app(app: Flask) -> None:
    """Turn visitors away while there is no time for them."""
    app.before_request(_turn_away)


def _turn_away() -> Response | None:
    longest = LONGEST_WAIT if request.method == "POST" else LONGEST_WAIT_OF_NEWCOMER
    if seconds_waited.get() < longest or has_trait(Trait.CHEAP) or has_trait(Trait.PASSWORD):
        return None
    count_refused("busy")
    return retry_page(
        503,
        _("We are very busy at the moment"),
        _("Many people are writing to their MPs. Wait a few seconds, then try again."),
        SECONDS_TO_COME_AGAIN,
    )
