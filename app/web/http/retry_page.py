"""A page for whoever has to come again in a moment: it holds everything that was sent, and sends it again."""

from flask import Response, make_response, render_template


def retry_page(status: int, heading: str, advice: str, seconds: int) -> Response:
    """``seconds`` is when to come again."""
    page = make_response(render_template("errors/retry.html", heading=heading, advice=advice), status)
    page.headers["Retry-After"] = str(seconds)
    return page
