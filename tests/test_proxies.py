"""The files of ``deploy/`` for Caddy and nginx, in front of a real site."""

import http.client
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from benchmarks.attacks.attackers import Address
from benchmarks.attacks.ways import WAYS
from tests.served import Served, served

pytestmark = pytest.mark.system

PATIENCE = 60.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Answer:
    """An answer that came through a proxy."""

    status: int
    headers: dict[str, str]
    text: str


def ask(address: Address, method: str, path: str, body: bytes = b"") -> Answer:
    context, at = address.context, ("127.0.0.1", address.port)
    connection = http.client.HTTPConnection(*at, PATIENCE)
    if context:
        connection = http.client.HTTPSConnection(*at, timeout=PATIENCE, context=context)
    connection.request(method, path, body or None, FORM if body else {})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, text)


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with served(WEB_CONCURRENCY="1") as site:
        yield site


@pytest.fixture(scope="module", params=["Caddy", "nginx"])
def proxy(request: pytest.FixtureRequest, site: Served) -> Iterator[Address]:
    with WAYS[request.param](site.port) as address:
        yield address


def test_pages_and_forms_come_through(proxy: Address) -> None:
    page = ask(proxy, "GET", "/")
    assert page.status == 200
    assert ("strict-transport-security" in page.headers) == proxy.is_https
    assert "Write to Rachel Blake" in ask(proxy, "POST", "/c/uyghurs/write", b"postcode=SW1A+1AA").text


def test_a_form_that_is_too_long_gets_the_page_of_the_app(proxy: Address) -> None:
    answer = ask(proxy, "POST", "/c/uyghurs/write", b"x" * 1_500_000)
    assert answer.status == 413
    assert "That is too long" in answer.text


def test_metrics_are_not_for_everybody(proxy: Address) -> None:
    assert ask(proxy, "GET", "/metrics").status == 404


def test_where_no_copy_answers_visitors_are_told_to_come_again() -> None:
    with WAYS["nginx"](9) as proxy:  # nothing listens on the discard port
        answer = ask(proxy, "GET", "/")
    assert answer.status == 503
    assert "your text is still there" in answer.text
    assert answer.headers["retry-after"] == "10"
