"""Headers that keep a page to itself."""

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
    # No script of ours may make elements of text, save where it reads a page of ours that it has fetched.
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
_A_YEAR = 365 * 24 * 3600
# Bytes: in any script the letter, as much of its other versions as is kept, one more of them, and all answers. So every
# form that takes a letter along is multipart: percent-encoded, a letter of three bytes would be one of nine.
LONGEST_REQUEST = 256 * 1024


def init_app(app: Flask) -> None:
    """Add the headers to every answer, and refuse what is larger than any letter."""
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_REQUEST
    app.after_request(_add_headers)


def allow(directive: str, *sources: str) -> None:
    """Let the page that is being made have a directive of its own: ``allow("frame-src", "'self'")``."""
    g.setdefault("policy", {})[directive] = " ".join(sources)


def _add_headers(response: Response) -> Response:
    policy = _POLICY | g.get("policy", {})
    headers = {"Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items())}
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if has_trait(Trait.CROSS_ORIGIN) else "same-origin"
    if policy["frame-ancestors"] == "'none'":
        headers["X-Frame-Options"] = "DENY"  # for browsers that do not know the policy
    if request.is_secure:
        headers["Strict-Transport-Security"] = f"max-age={_A_YEAR}"
    for name, value in (headers | _HEADERS).items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        # Not no-store: with that, the Back button would lose what was typed.
        response.headers["Cache-Control"] = "private, no-cache"
    return response
