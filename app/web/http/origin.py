"""Forms from other sites: they may give the postcode to begin with, and nothing else.

A charity's page may hold a box for the postcode. If other fields were taken from there as well, a hostile page could
put an address into the Cc of somebody's letter, or words into it, without their noticing.
"""

import logging
from urllib.parse import urlsplit

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import Headers, ImmutableMultiDict

from app.web.http.metrics import count_refused
from app.web.http.view_traits import Trait, has_trait

log = logging.getLogger(__name__)

POSTCODE = "postcode"
_OWN_SITE = ("same-origin", "none")


def init_app(app: Flask) -> None:
    """Look at each form that is posted. Call it before anything that reads the form, or repeats it in a page."""
    app.before_request(_take_the_postcode_only)


def is_own(headers: Headers, scheme: str, host: str) -> bool:
    """Return whether a form was sent by a page of this site, which is at ``scheme``://``host``.

    Programs and old browsers that name no origin at all are believed: only browsers act for somebody else's page.
    """
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None and site not in _OWN_SITE:
        return False
    if origin is None:
        referrer = headers.get("Referer", "") if site is None else ""
        return not referrer or _origin_of(referrer) == _origin_of(f"{scheme}://{host}")
    if origin == f"{scheme}://{host}".lower():
        return True
    # A proxy that is not trusted cannot tell us that visitors come over HTTPS. The browser can.
    return site == "same-origin" and scheme == "http" and origin == f"https://{host}".lower()


def _origin_of(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()


def _take_the_postcode_only() -> ResponseReturnValue | None:
    if request.method != "POST" or request.endpoint is None or is_own(request.headers, request.scheme, request.host):
        return None
    count_refused("origin")
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        # Nobody but the browser writes that header, so it is most likely the proxy that is wrong.
        log.warning("A form was sent from an origin that is not this site's Host. Does the proxy pass Host on?")
    if has_trait(Trait.FIRST_STEP):
        request.form = ImmutableMultiDict([(POSTCODE, request.form.get(POSTCODE, ""))])
        return None
    if has_trait(Trait.LETTER):
        return redirect(url_for("journey.campaign", slug=(request.view_args or {})["slug"]), 303)
    return redirect(url_for("studio.start"), 303)
