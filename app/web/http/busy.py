"""A quick page for when a process is overloaded, instead of slow pages for everybody.

Visitors who have not begun a letter are turned away first. This page costs a tenth of any other.
"""

from flask import Flask, Response, request

from app.i18n.translate import gettext as _
from app.server.waiting import seconds_waited
from app.web.http.errors import retry_page
from app.web.http.metrics import count_refused
from app.web.http.view_traits import Trait, has_trait

LONGEST_WAIT_FOR_GET = 0.25  # seconds in which a request waits for a thread
LONGEST_WAIT = 1.0
RETRY_AFTER_SECONDS = 5


def init_app(app: Flask) -> None:
    """Turn visitors away during an overload."""
    app.before_request(_turn_away)


def _turn_away() -> Response | None:
    longest = LONGEST_WAIT if request.method == "POST" else LONGEST_WAIT_FOR_GET
    if seconds_waited.get() < longest or has_trait(Trait.CHEAP) or has_trait(Trait.PASSWORD):
        return None
    count_refused("busy")
    return retry_page(
        503,
        _("We are very busy at the moment"),
        _("Many people are writing to their MPs. Wait a few seconds, then try again."),
        RETRY_AFTER_SECONDS,
    )
