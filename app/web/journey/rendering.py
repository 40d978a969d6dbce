"""Rendering of the journey's pages, from a template and the posted form. They need nothing else of the request."""

from flask import Response, make_response, render_template

from app.web.journey.posted import Posted

Page = Response
"""A whole page, ready to send. A function that returns one instead of its result ends the request."""


def render(template: str, posted: Posted, status: int = 200, /, **values: object) -> Page:
    """Make a page. Its buttons for another language send the posted form along."""
    page = render_template(
        template,
        posted_form=lambda: posted.form if posted.is_posted else None,
        is_cut=bool(posted.cut),
        is_preview=posted.is_preview,
        **values,
    )
    return make_response(page, status)
