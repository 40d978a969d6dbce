"""The headers that keep a page to itself, as every answer has them. A change of them is a change here too."""

from werkzeug.datastructures import Headers

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types our-page our-studio"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Permitted-Cross-Domain-Policies": "none",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FOR_EVERYBODY = HEADERS | {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Those of what other sites may show, or a frame of no site."""
PICTURE = FOR_EVERYBODY | {"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'"}
"""Those of a campaign's logo, which somebody else has made."""
SHARE = HEADERS | {"Content-Security-Policy": f"{POLICY}; frame-src 'self'"}
"""Those of the page that shows the campaign in a frame."""
STUDIO = HEADERS | {"Content-Security-Policy": POLICY.replace("img-src 'self'", "img-src 'self' data:")}
"""Those of the Studio, which has pictures of pages in it."""
ORDINARY = frozenset(
    (
        "Content-Type Content-Length Content-Encoding Content-Disposition Content-Range Accept-Ranges Cache-Control "
        "ETag Last-Modified Date Expires Vary Location Allow Set-Cookie Retry-After WWW-Authenticate"
    ).split()
)
"""Headers that have nothing to do with it."""


def embedded(*sites: str) -> dict[str, str]:
    """Those of a campaign in a frame, which the sites that its file names may show."""
    policy = POLICY.replace("frame-ancestors 'none'", " ".join(("frame-ancestors 'self'", *sites)))
    headers = FOR_EVERYBODY | {"Content-Security-Policy": policy}
    del headers["X-Frame-Options"]
    return headers


def guarding(headers: Headers) -> dict[str, str]:
    """All headers of an answer but the ordinary ones; each once."""
    names = [name for name, _ in headers if name not in ORDINARY]
    assert len(names) == len(set(names)), names
    return {name: headers[name] for name in names}
