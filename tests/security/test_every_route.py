"""Whatever is sent to whatever address by whatever method: an answer of ours, and never a fault.

FUZZ_EXAMPLES in the environment says how many requests to try; ``make fuzz`` tries ten thousand.
"""

import gzip
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlsplit

import brotli
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from app import create_app
from app.letters.paper.pdf_pool import PdfPool
from config import ROOT
from tests.conftest import settings as site_settings
from tests.house_rules import nothing_is_inline, nothing_is_loaded_from_elsewhere
from tests.markup import Markup
from tests.publisher import HASH, PASSWORD
from tests.security.headers import HEADERS, guarding
from tests.security.hostile_requests import Request, requests_for
from tests.stand_in import StandIn

pytestmark = pytest.mark.system

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "350"))
UNPACKED: dict[str, Callable[[bytes], bytes]] = {"": bytes, "br": brotli.decompress, "gzip": gzip.decompress}
FILES = frozenset(
    (
        "application/json application/pdf image/jpeg image/png image/svg+xml message/rfc822 text/calendar text/css "
        "text/javascript text/markdown text/plain"
    ).split()
)
"""What may be answered beside pages."""


@pytest.fixture
def apps(pdf_pool: PdfPool, stand_in: StandIn, tmp_path: Path) -> list[Flask]:
    """A site with a Studio that publishes, and one that asks Parliament.

    They are not held to the house rules, which what somebody typed may seem to break. Those that count are asked below.
    """
    shutil.copytree(ROOT / "letter_templates", tmp_path, dirs_exist_ok=True)
    publishing = {"campaigns_dir": tmp_path, "studio_password": HASH, "metrics_token": "x"}
    asking = {"lookup": "auto", "parliament_api_url": stand_in.url, "rate_limits": "99999/99999"}
    made = [create_app(site_settings(**publishing, rate_limits="off")), create_app(site_settings(**asking))]
    for app in made:
        app.testing = True
        app.extensions["services"] = replace(app.extensions["services"], pdf_pool=pdf_pool)
    return made


def log_in(app: Flask) -> tuple[str, str]:
    """A publisher's cookie, and the token of their forms."""
    client = app.test_client()
    asked = Markup(client.get("/studio/log-in").text)
    token = next(field.has["value"] for field in asked.all("input") if field.has.get("name") == "csrf_token")
    client.post("/studio/log-in", data={"csrf_token": token, "password": PASSWORD})
    cookie = client.get_cookie("studio", path="/studio")
    assert cookie
    return f"studio={cookie.value}", token


def host_in(address: str) -> str:
    """The host and port that an address leads to; empty where it leads to this site's own."""
    return re.sub(r":(80|443)$", "", urlsplit(address).netloc.lower())


def check(request: Request, response: Response) -> None:
    """That an answer is one of ours, and keeps to itself."""
    assert response.status_code < 500 or (response.status_code == 503 and "Retry-After" in response.headers)
    guards = guarding(response.headers)
    assert guards.keys() - {"Strict-Transport-Security"} | {"X-Frame-Options"} == HEADERS.keys()
    assert guards["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert all(name.isprintable() and value.isprintable() for name, value in response.headers)
    if "Location" in response.headers:
        assert host_in(response.location) in ("", "localhost", host_in(f"//{request.headers.get('HTTP_HOST', '')}"))
    for cookie in response.headers.getlist("Set-Cookie"):
        ((name, morsel),) = SimpleCookie(cookie).items()
        assert (name, morsel["path"]) in (("studio", "/studio"), ("studio", "/cy/studio"))
    if response.mimetype != "text/html":
        assert response.mimetype in FILES or response.status_code in (206, 304, 416)
    elif not (300 <= response.status_code < 400 or request.method in ("HEAD", "OPTIONS")):
        check_page(UNPACKED[response.headers.get("Content-Encoding", "")](response.get_data()).decode())


def check_page(source: str) -> None:
    """That it is a page, of which no part came with the request."""
    page = Markup(source)
    assert page.text("h1")
    assert not [*nothing_is_inline(page), *nothing_is_loaded_from_elsewhere(page)]


def test_whatever_is_sent_is_answered(apps: list[Flask], capsys: pytest.CaptureFixture[str]) -> None:
    cookie, token = log_in(apps[0])
    rules = sorted(apps[0].url_map.iter_rules(), key=str)
    statuses: Counter[int] = Counter()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(st.sampled_from(rules).flatmap(requests_for), st.sampled_from(apps), st.booleans())
    def try_one(request: Request, app: Flask, is_publisher: bool) -> None:
        if is_publisher and "HTTP_COOKIE" not in request.headers:
            known = {"HTTP_COOKIE": cookie}
            request = replace(
                request, headers=request.headers | known, body=request.body.replace(b"TOKEN", token.encode())
            )
        response = Response(*run_wsgi_app(app, request.environ, buffered=True))
        statuses[response.status_code] += 1
        check(request, response)

    try:
        try_one()
    finally:
        if "FUZZ_EXAMPLES" in os.environ:
            with capsys.disabled():
                sys.stdout.write(f"\n{', '.join(f'{status}: {n:,}' for status, n in sorted(statuses.items()))}\n")
    assert {200, 303, 308, 404, 405, 422} <= statuses.keys()
    assert 413 in statuses or EXAMPLES < 4_000  # of which six in a thousand are too long
    assert statuses[200] > EXAMPLES // 4
