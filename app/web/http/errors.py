"""Pages for errors: what happened, and what to do next."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import MapAdapter

from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop
from app.web.http.view_traits import Trait, has_trait

_MESSAGES = {
    400: (
        gettext_noop("That did not make sense"),
        gettext_noop("Something in the form was not as we sent it. Go back and try again."),
    ),
    404: (
        gettext_noop("Page not found"),
        gettext_noop("If you typed the address, check it. If you followed a link, the campaign may have ended."),
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


@dataclass(frozen=True, slots=True)
class NextPage:
    """A link to the page from which a visitor can continue."""

    label: str
    path: str


def init_app(app: Flask) -> None:
    """Replace Flask's pages for errors."""
    app.register_error_handler(HTTPException, _show)
    app.register_error_handler(MethodNotAllowed, _show_method_not_allowed)


def _show(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    heading, advice = map(_, _MESSAGES.get(code, _OTHER_ERROR))
    if request_ctx.url_adapter is None:  # the request's host or path is invalid, so no link can be made
        return f"{heading}. {advice}\n", code, {"Content-Type": "text/plain; charset=utf-8"}
    return error_page(heading, advice, code)


def _show_method_not_allowed(error: MethodNotAllowed) -> ResponseReturnValue:
    if request_ctx.url_adapter is None:
        return _show(error)
    endpoint, arguments = _find_view(error, request_ctx.url_adapter)
    heading = _("You can’t open this page from a link")
    if has_trait(Trait.CAMPAIGN_FILE, endpoint):
        studio = NextPage(_("Go to the Studio"), url_for("studio.start"))
        page = error_page(heading, _("Go back to the Studio."), 405, studio)
    elif has_trait(Trait.LETTER, endpoint) and "slug" in arguments:
        campaign = NextPage(_("Go to the campaign"), url_for("journey.campaign", slug=arguments["slug"]))
        page = error_page(heading, _("Start again from the campaign."), 405, campaign)
    else:
        page = error_page(_(_OTHER_ERROR[0]), _(_OTHER_ERROR[1]), 405)
    page.headers["Allow"] = ", ".join(sorted(error.valid_methods or ()))
    return page


def _find_view(error: MethodNotAllowed, adapter: MapAdapter) -> tuple[str, Mapping[str, str]]:
    """Return endpoint and arguments of a view that takes another method at this address; empty if there is none."""
    for method in error.valid_methods or ():
        with suppress(HTTPException):  # a redirect, if the address has two slashes in a row
            return adapter.match(method=method)
    return "", {}


def error_page(heading: str, advice: str, status: int, next_page: NextPage | None = None) -> Response:
    """Make the page for an error. It links to ``next_page``, or to the home page."""
    page = render_template("errors/error.html", heading=heading, advice=advice, next_page=next_page)
    return make_response(page, status)


def retry_page(status: int, heading: str, advice: str, seconds: int) -> Response:
    """Make a page that holds everything that was sent, and sends it again in ``seconds``, when the visitor asks."""
    page = make_response(render_template("errors/retry.html", heading=heading, advice=advice), status)
    page.headers["Retry-After"] = str(seconds)
    return page
