"""Security headers, and the limit on the size of requests."""

from flask import Flask, Response, g, request

from app.web.http.view_traits import Trait, has_trait

_POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "script-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    # Our scripts make no HTML from text, except when they read a page of ours that they fetched.
    "require-trusted-types-for": "'script'",
    "trusted-types": "our-page our-studio",
}
_HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_YEAR = 365 * 24 * 3600
# Bytes: the letter in any alphabet, its other versions up to their limit, one more of them, and all answers. Every form
# that sends a letter is multipart: percent-encoded, a character of three bytes would take nine.
LONGEST_REQUEST = 256 * 1024


def init_app(app: Flask) -> None:
    """Add the headers to every response, and refuse requests that are longer than any letter."""
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_REQUEST
    app.after_request(_add_headers)


def allow(directive: str, *sources: str) -> None:
    """Replace a directive of the policy for this response: ``allow("frame-src", "'self'")``."""
    g.setdefault("policy", {})[directive] = " ".join(sources)


def _add_headers(response: Response) -> Response:
    policy = _POLICY | g.get("policy", {})
    headers = {"Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items())}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if has_trait(Trait.CROSS_ORIGIN) else "same-origin"
    if policy["frame-ancestors"] == "'none'":
        headers["X-Frame-Options"] = "DENY"  # for browsers that ignore the policy
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    for name, value in (headers | _HEADERS).items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        # Not no-store: the Back button would lose what was typed.
        response.headers["Cache-Control"] = "private, no-cache"
    return response
