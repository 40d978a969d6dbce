"""Holds every page that an app of the tests answers with to the house rules: each once, however often it is fetched."""

from collections import Counter
from hashlib import sha256

from flask import Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from tests.house_rules import breaches

SEEN: set[bytes] = set()
"""The pages that keep to the rules, by a hash of all that they are, alike in all processes."""
FOUND_GOOD: Counter[str] = Counter()
"""How many pages others looked at and found nothing in, by who did: for the report that ends a run."""
_WELSH = "/cy"


def inspect(app: Flask) -> None:
    """Fail where an app answers with a page that breaks a rule, in a browser as in a test client."""
    addresses = app.url_map.bind("localhost")

    def answers(path: str, method: str) -> bool:
        inner = path.removeprefix(request.script_root.removesuffix(_WELSH))
        inner = inner.removeprefix(_WELSH) if inner == _WELSH or inner.startswith(f"{_WELSH}/") else inner
        try:
            addresses.match(inner or "/", method)
        except RequestRedirect:
            return True
        except (NotFound, MethodNotAllowed):
            return False
        return True

    @app.after_request
    def look_at(response: Response) -> Response:
        is_page = response.mimetype == "text/html" and not 300 <= response.status_code < 400
        if is_page and request.method != "OPTIONS":  # which is answered without one
            source = response.get_data(as_text=True)
            if (mark := sha256(source.encode()).digest()) not in SEEN:
                found = breaches(source, answers)
                assert not found, f"{request.method} {request.url} breaks house rules: " + "; ".join(found)
                SEEN.add(mark)
        return response
