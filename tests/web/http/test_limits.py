"""How much one client may ask for in a minute, and who one client is."""

import json
import logging
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from tests.conftest import WRITER, MakeApp
from tests.page import Page
from tests.publisher import HASH
from tests.redis_server import RedisServer
from tests.served import served
from tests.web.html import Html
from tests.web.journey.test_journey import heading, post

BUSY = {"rate_limits": "3/2"}
PROXY = "127.0.0.1"
Ask = Callable[..., int]


def ask(app: Flask, address: str = "192.0.2.1", says: str = "") -> int:
    """The status of a look-up from an address, which says on whose behalf it asks."""
    headers = {"X-Forwarded-For": says} if says else {}
    client = app.test_client()
    answer = client.post("/c/uyghurs/write", data=WRITER, headers=headers, environ_base={"REMOTE_ADDR": address})
    return answer.status_code


def asks(app: Flask, *addresses: str) -> list[int]:
    return [ask(app, address) for address in addresses]


def test_a_client_that_asks_for_more_has_to_wait_and_loses_nothing(make_app: MakeApp) -> None:
    client = make_app(**BUSY).test_client()
    typed = WRITER | {"answer-connection": "Mine:\r\n“<b>”"}
    for _ in range(3):
        assert post(client, "write", **typed).status_code == 200
    refused = post(client, "letter", **typed)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    assert heading(refused) == "Too many requests at once"
    form, button = Page(refused.text).button("/letter")
    assert button.label == "Try again"
    assert form.is_multipart
    assert {name: text.replace("\r\n", "\n") for name, text in form.fields.items()} == {
        name: text.replace("\r\n", "\n") for name, text in typed.items()
    }


def test_downloads_are_counted_apart(make_app: MakeApp) -> None:
    client = make_app(**BUSY).test_client()
    assert [post(client, "letter.txt").status_code for _ in range(3)] == [200, 200, 429]
    assert post(client, "write").status_code == 200
    sheet = client.get("/c/uyghurs/stall.pdf?constituency=3985")
    assert (sheet.status_code, heading(sheet)) == (429, "Too many requests at once")
    assert '<a class="button" href="/c/uyghurs/stall.pdf?constituency=3985">Try again</a>' in sheet.text


def test_pages_to_read_are_not_counted(make_app: MakeApp) -> None:
    client = make_app(**BUSY).test_client()
    paths = ("/", "/c/uyghurs", "/privacy", "/healthz", "/static/style.css")
    assert {client.get(path).status_code for path in paths * 5} <= {200, 302}


def test_each_client_has_its_own(make_app: MakeApp) -> None:
    app = make_app(**BUSY)
    assert asks(app, *["192.0.2.1"] * 4, "192.0.2.2") == [200, 200, 200, 429, 200]


def test_all_addresses_of_one_network_of_ipv6_are_one_client(make_app: MakeApp) -> None:
    app = make_app(**BUSY)
    one = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9"]
    assert asks(app, *one, "2001:db8:1:3::1") == [200, 200, 200, 429, 200]


def test_an_ipv4_address_is_the_same_within_ipv6(make_app: MakeApp) -> None:
    assert asks(make_app(**BUSY), *["192.0.2.1", "::ffff:192.0.2.1"] * 2) == [200, 200, 200, 429]


def test_behind_a_proxy_of_ours_the_client_is_who_it_says(make_app: MakeApp) -> None:
    app = make_app(**BUSY)
    assert [ask(app, PROXY, f"192.0.2.{n}") for n in range(5)] == [200] * 5
    assert [ask(app, PROXY, "192.0.2.9") for _ in range(4)] == [200, 200, 200, 429]


def test_what_a_client_says_of_itself_counts_for_nothing(make_app: MakeApp) -> None:
    app = make_app(**BUSY)
    assert [ask(app, "192.0.2.1", f"198.51.100.{n}") for n in range(4)] == [200, 200, 200, 429]
    assert [ask(app, PROXY, f"198.51.100.{n}, 192.0.2.7") for n in range(4)] == [200, 200, 200, 429]


@pytest.mark.parametrize("says", [" , ", "rubbish", "192.0.2.1:port", "[x]:1", "<script>", "1" * 500, "::", "unknown"])
def test_odd_words_of_a_proxy_break_nothing(make_app: MakeApp, says: str) -> None:
    assert ask(make_app(**BUSY), PROXY, says) == 200


@pytest.mark.parametrize("address", ["192.0.2.9", "[2001:db8:1:2::1]"])
def test_a_port_behind_the_address_does_not_make_another_client(make_app: MakeApp, address: str) -> None:
    app = make_app(**BUSY)
    bare = address.strip("[]")
    said = [f"{address}:51234", f"{address}:443", address, bare]
    assert [ask(app, PROXY, hop) for hop in said] == [200, 200, 200, 429]
    assert [ask(app, PROXY, other) for other in ("192.0.2.8:51234", "[2001:db8:1:3::1]:51234")] == [200, 200]


def test_a_port_behind_the_address_of_a_proxy_of_ours(make_app: MakeApp) -> None:
    app = make_app(trusted_proxies="10.0.0.0/8 ::1 2001:db8:9::/48", **BUSY)
    for ours in ("10.2.0.1:443", "[2001:db8:9::1]:443"):
        assert [ask(app, "10.0.0.1", f"192.0.2.{n}:5000, {ours}") for n in range(4)] == [200] * 4
    assert [ask(app, "10.0.0.1", f"192.0.2.9:{n}, 10.2.0.1:443") for n in range(4)] == [200, 200, 200, 429]


def test_two_proxies_in_a_row(make_app: MakeApp) -> None:
    app = make_app(trusted_proxies="10.0.0.0/8 ::1", **BUSY)
    assert [ask(app, "10.0.0.1", f"198.51.100.{n}, 192.0.2.7, 10.2.0.1") for n in range(4)] == [200, 200, 200, 429]
    assert ask(app, "10.0.0.1", "192.0.2.8, 10.2.0.1") == 200


def test_without_limits_nobody_is_counted(make_app: MakeApp) -> None:
    assert set(asks(make_app(rate_limits="off"), *["192.0.2.1"] * 130)) == {200}


def test_machines_with_one_redis_count_together_and_keep_no_address(make_app: MakeApp, redis: RedisServer) -> None:
    first, second = (make_app(redis_url=redis.url, cache_secret="s", **BUSY) for _ in range(2))
    assert [ask(app) for app in (first, second, first, second)] == [200, 200, 200, 429]
    with Redis.from_url(redis.url) as direct:
        counts = list(direct.scan_iter("dear-mp:count:*"))
        assert len(counts) == 1
        assert b"192.0.2" not in counts[0]
        assert 0 < direct.ttl(counts[0]) <= 60
        salts = list(direct.scan_iter("dear-mp:salt:60:*"))
        assert len(salts) == 1
        assert 0 < direct.pttl(salts[0]) <= 60_000, "what makes the mark of an address goes with its count"


def test_the_mark_of_a_client_is_another_one_in_another_minute(make_app: MakeApp, redis: RedisServer) -> None:
    app = make_app(redis_url=redis.url, cache_secret="s", **BUSY)
    with Redis.from_url(redis.url) as direct:
        marks = set()
        for _ in range(2):
            assert ask(app) == 200
            marks |= set(direct.scan_iter("dear-mp:count:*"))
            direct.flushall()
            app = make_app(redis_url=redis.url, cache_secret="s", **BUSY)
    assert len(marks) == 2


def test_without_redis_a_machine_counts_by_itself(
    make_app: MakeApp, redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (make_app(redis_url=redis.url, cache_secret="s", **BUSY) for _ in range(2))
    assert asks(first, *["192.0.2.1"] * 4) == [200, 200, 200, 429]
    redis.kill()
    for app in (first, second):
        assert asks(app, *["192.0.2.3"] * 4) == [200, 200, 200, 429]
    assert "192.0.2" not in caplog.text


@pytest.mark.system
@pytest.mark.parametrize("away", [{}, {"REDIS_URL": "redis://127.0.0.1:9/0"}], ids=["no Redis", "Redis away"])
def test_the_processes_of_a_site_count_together(away: dict[str, str]) -> None:
    most = 20
    with served(WEB_CONCURRENCY="2", RATE_LIMITS=f"{most}/9", LOG_FORMAT="json", **away) as site:

        def asked(_: object) -> int:
            return requests.post(f"{site.url}/c/uyghurs/write", data=WRITER, timeout=60).status_code

        def processes() -> set[int]:
            lines = (json.loads(line) for line in site.log.splitlines() if line.startswith("{"))
            return {line["process"] for line in lines if line.get("route") == "journey.write"}

        answers: list[int] = []
        with ThreadPoolExecutor(8) as visitors:
            while len(answers) < 400 and (len(answers) < 3 * most or len(processes()) < 2):
                answers += visitors.map(asked, range(most))
        assert len(processes()) == 2, "both took part"
    assert Counter(answers) == {200: most, 429: len(answers) - most}


def test_the_page_says_what_to_do_and_when(make_app: MakeApp) -> None:
    client = make_app(**BUSY).test_client()
    answers = [client.post("/cy/c/uyghurs/write", data=WRITER) for _ in range(4)]
    assert heading(answers[-1]) == "Gormod o geisiadau ar unwaith"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def test_no_log_has_a_mark_of_a_client_that_was_refused(make_app: MakeApp, caplog: pytest.LogCaptureFixture) -> None:
    """Nor of one that was not: with whatever address somebody comes, the lines are the same."""
    caplog.set_level(logging.DEBUG)
    app = make_app(cache_secret="s", studio_password=HASH, **BUSY)

    def lines(address: str) -> list[str]:
        caplog.clear()
        assert asks(app, *[address] * 5)[-1] == 429
        client = app.test_client()
        for _ in range(7):
            token = Html.of(client.get("/studio/log-in")).field("csrf_token")
            data = {"csrf_token": token, "password": "a guess in the dark"}
            guess = client.post("/studio/log-in", data=data, environ_base={"REMOTE_ADDR": address})
        assert guess.status_code == 429
        written = [f"{record.name} {record.getMessage()} {vars(record).get('status')}" for record in caplog.records]
        assert written
        assert not [line for line in written if re.search(r"[0-9a-f]{8}|[A-Za-z0-9+/_-]{20}", line)]
        return written

    assert lines("192.0.2.1") == lines("2001:db8::1")


def test_a_client_over_https_is_told_by_our_proxy_only(make_app: MakeApp) -> None:
    app = make_app()

    def share(address: str) -> TestResponse:
        client: FlaskClient = app.test_client()
        headers = {"X-Forwarded-Proto": "https"}
        return client.get("/c/uyghurs/share", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert "https://localhost/c/uyghurs" in share(PROXY).text
    assert "https://localhost/c/uyghurs" not in share("192.0.2.1").text
