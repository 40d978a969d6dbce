"""Forms from other sites: only the postcode is taken from them.

A charity's page can have a box for the postcode. If we took other fields from there as well, a hostile page could put
an address into the Cc of somebody's letter, or words into it, and they would not notice.
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
    """Check each form that is posted. Call this before anything that reads the form, or repeats it in a page."""
    app.before_request(_keep_postcode_only)


def is_same_site(headers: Headers, scheme: str, host: str) -> bool:
    """Return whether a form was sent by a page of this site, which is at ``scheme``://``host``.

    Requests without any origin, from programs and old browsers, count as ours: only browsers act for another page.
    """
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None and site not in _OWN_SITE:
        return False
    if origin is None:
        referrer = headers.get("Referer", "") if site is None else ""
        return not referrer or _origin_of(referrer) == _origin_of(f"{scheme}://{host}")
    if origin == f"{scheme}://{host}".lower():
        return True
    # We ignore what an untrusted proxy says about HTTPS. The browser knows.
    return site == "same-origin" and scheme == "http" and origin == f"https://{host}".lower()


def _origin_of(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "", ""
    return parts.scheme.lower(), parts.netloc.lower()


def _keep_postcode_only() -> ResponseReturnValue | None:
    if (
        request.method != "POST"
        or request.endpoint is None
        or is_same_site(request.headers, request.scheme, request.host)
    ):
        return None
    count_refused("origin")
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        # Only browsers write that header, so most likely the proxy is set up wrongly.
        log.warning("A form was sent from an origin that is not this site's Host. Does the proxy pass Host on?")
    if has_trait(Trait.FIRST_STEP):
        request.form = ImmutableMultiDict([(POSTCODE, request.form.get(POSTCODE, ""))])
        return None
    if has_trait(Trait.LETTER):
        return redirect(url_for("journey.campaign", slug=(request.view_args or {})["slug"]), 303)
    return redirect(url_for("studio.start"), 303)
