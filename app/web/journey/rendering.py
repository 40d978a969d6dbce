"""How the journey's pages are made: of a template and the form that was posted, and of nothing else of the request."""

from flask import Response, make_response, render_template

from app.web.journey.posted import Posted

Page = Response
"""A whole page, ready to be sent: the end of a request, where a function may return one instead of its result."""


def render(template: str, posted: Posted, status: int = 200, /, **values: object) -> Page:
    """Make a page. Its switch to another language sends along what was posted."""
    page = render_template(
        template,
        posted_form=lambda: posted.form if posted.is_posted else None,
        is_cut=bool(posted.cut),
        is_preview=posted.is_preview,
        **values,
    )
    return make_response(page, status)
