"""A page for every error: what happened, and what to do next."""

from flask import Flask, make_response, render_template
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

_WORDS = {
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
_ELSE = (gettext_noop("That did not work"), gettext_noop("Go back and try again."))


def init_app(app: Flask) -> None:
    """Show our own pages for errors."""
    app.register_error_handler(HTTPException, _page)


def _page(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    heading, advice = map(_, _WORDS.get(code, _ELSE))
    if request_ctx.url_adapter is None:  # to an address that is none, or not ours: no link can be made
        return f"{heading}. {advice}\n", code, {"Content-Type": "text/plain; charset=utf-8"}
    allowed = [header for header in error.get_headers() if header[0] == "Allow"]
    return make_response(render_template("errors/error.html", heading=heading, advice=advice), code, allowed)
