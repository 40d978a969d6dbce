"""How much one client may ask for in a minute, and who one client is."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.test import TestResponse

from tests.conftest import WRITER, MakeApp
from tests.page import Page
from tests.redis_server import RedisServer, redis_server
from tests.web.test_journey import heading, post

BUSY = {"rate_limits": "3/2"}
PROXY = "127.0.0.1"
Ask = Callable[..., int]


@pytest.fixture
def redis() -> Iterator[RedisServer]:
    with redis_server() as server:
        yield server


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


@pytest.mark.parametrize("says", [" , ", "rubbish", "192.0.2.1:80", "<script>", "1" * 500, "::", "unknown"])
def test_odd_words_of_a_proxy_break_nothing(make_app: MakeApp, says: str) -> None:
    assert ask(make_app(**BUSY), PROXY, says) == 200


def test_two_proxies_in_a_row(make_app: MakeApp) -> None:
    app = make_app(trusted_proxies="10.0.0.0/8 ::1", **BUSY)
    assert [ask(app, "10.0.0.1", f"198.51.100.{n}, 192.0.2.7, 10.2.0.1") for n in range(4)] == [200, 200, 200, 429]
    assert ask(app, "10.0.0.1", "192.0.2.8, 10.2.0.1") == 200


def test_without_limits_nobody_is_counted(make_app: MakeApp) -> None:
    assert set(asks(make_app(rate_limits="off"), *["192.0.2.1"] * 200)) == {200}


def test_machines_with_one_redis_count_together_and_keep_no_address(make_app: MakeApp, redis: RedisServer) -> None:
    first, second = (make_app(redis_url=redis.url, cache_secret="s", **BUSY) for _ in range(2))
    assert [ask(app) for app in (first, second, first, second)] == [200, 200, 200, 429]
    with Redis.from_url(redis.url) as direct:
        keys = [key for key in direct.scan_iter() if b"look-ups" in key]
        assert len(keys) == 1
        assert all(b"dear-mp:" in key and b"192.0.2" not in key for key in keys)
        assert 0 < direct.ttl(keys[0]) <= 60


def test_without_redis_each_counts_by_itself_and_with_it_again_together(
    make_app: MakeApp, redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = (make_app(redis_url=redis.url, cache_secret="s", **BUSY) for _ in range(2))
    assert asks(first, *["192.0.2.1"] * 4) == [200, 200, 200, 429]
    redis.kill()
    for app in (first, second):
        assert asks(app, *["192.0.2.3"] * 4) == [200, 200, 200, 429]
    assert "192.0.2" not in caplog.text


def test_a_client_over_https_is_told_by_our_proxy_only(make_app: MakeApp) -> None:
    app = make_app()

    def share(address: str) -> TestResponse:
        client: FlaskClient = app.test_client()
        headers = {"X-Forwarded-Proto": "https"}
        return client.get("/c/uyghurs/share", headers=headers, environ_base={"REMOTE_ADDR": address})

    assert "https://localhost/c/uyghurs" in share(PROXY).text
    assert "https://localhost/c/uyghurs" not in share("192.0.2.1").text
