"""Pages for errors: what happened, and what to do next."""

from flask import Flask, Response, make_response, render_template
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

_MESSAGES = {
    400: (
        gettext_noop("That did not make sense"),
        gettext_noop("Something in the form was not as we sent it. Go back and try again."),
    ),
    404: (
        gettext_noop("Page not found"),
        gettext_noop("If you typed the address, check it. If you followed a link, the campaign may have ended."),
    ),
    405: (
        gettext_noop("This page needs a form"),
        gettext_noop("It cannot be opened by its address alone. Start again with your postcode."),
    ),
    413: (
        gettext_noop("That is too long"),
        gettext_noop("Go back and shorten what you wrote: your text is still there."),
    ),
    500: (
        gettext_noop("Something went wrong"),
        gettext_noop("It is our fault, not yours. Go back and try again: your text is still there."),
    ),
}
_OTHER_ERROR = (gettext_noop("That did not work"), gettext_noop("Go back and try again."))


def init_app(app: Flask) -> None:
    """Replace Flask's pages for errors."""
    app.register_error_handler(HTTPException, _show)


def _show(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    heading, advice = map(_, _MESSAGES.get(code, _OTHER_ERROR))
    if request_ctx.url_adapter is None:  # the request's host or path is invalid, so no link can be made
        return f"{heading}. {advice}\n", code, {"Content-Type": "text/plain; charset=utf-8"}
    allowed = [header for header in error.get_headers() if header[0] == "Allow"]
    page = error_page(heading, advice, code)
    page.headers.extend(allowed)
    return page


def error_page(heading: str, advice: str, status: int) -> Response:
    """Make the page for an error."""
    page = render_template("errors/error.html", heading=heading, advice=advice)
    return make_response(page, status)


def retry_page(status: int, heading: str, advice: str, seconds: int) -> Response:
    """Make a page that holds everything that was sent, and sends it again in ``seconds``, when the visitor asks."""
    page = make_response(render_template("errors/retry.html", heading=heading, advice=advice), status)
    page.headers["Retry-After"] = str(seconds)
    return page
