"""Log-ins to the Studio: a cookie alone makes none, and after logging out there is none."""

import time
from hashlib import sha256
from pathlib import Path

import pytest
import requests
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from redis import Redis
from werkzeug.test import TestResponse

from tests.conftest import MakeApp
from tests.page import Page
from tests.publisher import HASH, PASSWORD, quickly_hashed
from tests.redis_server import RedisServer
from tests.served import served
from tests.web.html import Html, text

FILE = "---\ntitle: Clean rivers\nsubject: Rivers\n---\nWill you write to the minister? I look forward to your reply.\n"
DRAFT = {"file": FILE, "slug": "rivers", "yes": "yes"}
FOR_PUBLISHERS = {
    "publish.publish": ("POST", "/studio/publish", DRAFT),
    "publish.versions": ("GET", "/studio/versions/uyghurs", {}),
    "publish.go_back": ("POST", "/studio/versions/uyghurs", {"version": "x"}),
    "publish.leave": ("POST", "/studio/log-out", {}),
}
FOR_ALL = {"publish.ask_password", "publish.try_password", "studio.start", "studio.check", "studio.download"}
FOR_ALL |= {"studio.letter_pdf"}


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(studio_password=HASH)


def try_password(
    client: FlaskClient, password: str = PASSWORD, address: str = "192.0.2.1", **more: str
) -> TestResponse:
    headers = {"X-Forwarded-For": more.pop("says")} if "says" in more else {}
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")
    data = {"csrf_token": token, "password": password} | more
    return client.post("/studio/log-in", data=data, headers=headers, environ_base={"REMOTE_ADDR": address})


def logged_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    assert try_password(client).status_code == 303
    return client


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("studio", path="/studio")
    assert cookie
    return cookie.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    client = app.test_client()
    client.set_cookie("studio", value, path="/studio")
    return client


def is_publisher(client: FlaskClient) -> bool:
    return "You are logged in." in client.get("/studio").text


def log_out(client: FlaskClient) -> None:
    token = Html.of(client.get("/studio")).field("csrf_token")
    assert client.post("/studio/log-out", data={"csrf_token": token}).status_code == 303


def is_refused(client: FlaskClient, endpoint: str) -> bool:
    """Tell if it leads to where one logs in; for logging out, to the Studio."""
    method, path, data = FOR_PUBLISHERS[endpoint]
    answer = client.open(path, method=method, data=data)
    if endpoint == "publish.leave":
        return answer.location == "/studio" and not is_publisher(client)
    return text(Html.of(answer).one("h1")) == "Log in to publish"


def test_every_route_of_the_studio_is_looked_at(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.startswith("/studio")}
    assert endpoints == FOR_PUBLISHERS.keys() | FOR_ALL


@pytest.mark.parametrize("endpoint", FOR_PUBLISHERS)
def test_a_copied_cookie_is_worth_nothing_after_logging_out(app: Flask, endpoint: str) -> None:
    client = logged_in(app)
    copy = with_cookie(app, cookie_of(client))
    assert is_publisher(copy)
    log_out(client)
    assert is_refused(copy, endpoint)
    assert not is_publisher(copy)


def test_what_is_typed_goes_along_when_the_session_has_ended(app: Flask) -> None:
    client = logged_in(app)
    copy = with_cookie(app, cookie_of(client))
    log_out(client)
    page = Html.of(copy.post("/studio/publish", data=DRAFT))
    assert text(page.one("h1")) == "Log in to publish"
    assert (page.field("file"), page.field("slug")) == (FILE, "rivers")


def test_logging_in_once_more_ends_the_session_before(app: Flask) -> None:
    client = logged_in(app)
    earlier = cookie_of(client)
    data = {"csrf_token": Html.of(client.get("/studio")).field("csrf_token"), "password": PASSWORD}
    assert client.post("/studio/log-in", data=data).status_code == 303
    assert is_publisher(client)
    assert not is_publisher(with_cookie(app, earlier))


@pytest.mark.parametrize("endpoint", FOR_PUBLISHERS)
def test_with_the_hash_alone_nobody_can_make_a_session(app: Flask, endpoint: str) -> None:
    """With all that the code says, and the hash: by any key that is made of it, with what sessions have held."""
    session = {"_permanent": True, "session": "x" * 43, "publisher_since": int(time.time()), "csrf_token": "y" * 40}
    ours = SecureCookieSessionInterface()
    for key in (
        HASH.encode(),
        sha256(HASH.encode()).digest(),
        sha256(f"sessions of the Studio\\0{HASH}".encode()).digest(),
    ):
        for salt in ("cookie-session", "sessions of the Studio"):
            signer = URLSafeTimedSerializer(
                key,
                salt=salt,
                serializer=ours.serializer,
                signer_kwargs={"key_derivation": "hmac", "digest_method": ours.digest_method},
            )
            assert is_refused(with_cookie(app, signer.dumps(session)), endpoint)


def test_a_session_that_is_signed_and_not_known_is_none(make_app: MakeApp) -> None:
    """As after a restart, with a secret that is the same as before."""
    before, after = (make_app(studio_password=HASH, cache_secret="the same") for _ in range(2))
    cookie = cookie_of(logged_in(before))
    assert is_publisher(with_cookie(before, cookie))
    assert not is_publisher(with_cookie(after, cookie))


def test_machines_with_one_redis_know_of_each_others_sessions(make_app: MakeApp, redis: RedisServer) -> None:
    one, other = (make_app(studio_password=HASH, redis_url=redis.url) for _ in range(2))
    client = logged_in(one)
    copies = [with_cookie(app, cookie_of(client)) for app in (one, other)]
    assert [is_publisher(copy) for copy in copies] == [True, True]
    with Redis.from_url(redis.url) as direct:
        (key,) = direct.scan_iter("dear-mp:session:*")
        assert 0 < direct.ttl(key) <= 7_200
        with one.test_request_context(headers={"Cookie": f"studio={cookie_of(client)}"}, path="/studio"):
            from flask import session  # noqa: PLC0415

            assert session["session"].encode() not in key, "it is kept as a hash"
    log_out(copies[1])
    for copy in (with_cookie(app, cookie_of(client)) for app in (one, other)):
        assert all(is_refused(copy, endpoint) for endpoint in FOR_PUBLISHERS)


def test_another_password_ends_sessions_that_redis_knows(make_app: MakeApp, redis: RedisServer) -> None:
    shared = {"redis_url": redis.url, "cache_secret": "the same"}
    cookie = cookie_of(logged_in(make_app(studio_password=HASH, **shared)))
    assert is_publisher(with_cookie(make_app(studio_password=HASH, **shared), cookie))
    other = make_app(studio_password=quickly_hashed("another four words here"), **shared)
    assert not is_publisher(with_cookie(other, cookie))


def test_logging_out_while_redis_is_away_holds_when_it_is_back(make_app: MakeApp, redis: RedisServer) -> None:
    app = make_app(studio_password=HASH, redis_url=redis.url, cache_secret="the same")
    away = logged_in(app)
    with Redis.from_url(redis.url) as direct:
        (key,) = direct.scan_iter("dear-mp:session:*")
    redis.kill()
    assert not is_publisher(away), "nobody can say that it counts"
    client = logged_in(app)
    assert is_publisher(client), "a machine can do without"
    copy = with_cookie(app, cookie_of(client))
    log_out(client)
    assert not is_publisher(copy)
    assert key


@pytest.mark.parametrize(
    "addresses",
    [
        [f"2001:db8:1:2:{n:x}::{n:x}" for n in range(16)],
        ["192.0.2.1", "::ffff:192.0.2.1"] * 8,
        ["::ffff:192.0.2.1", "::ffff:c000:201"] * 8,
    ],
    ids=["one network", "within IPv6", "within IPv6, written in two ways"],
)
def test_a_network_may_try_five_times(app: Flask, addresses: list[str]) -> None:
    answers = [try_password(app.test_client(), "a guess", address).status_code for address in addresses]
    assert answers == [403] * 5 + [429] * 11
    assert try_password(app.test_client(), address="198.51.100.1").status_code == 303, "others may go on"


def test_behind_a_proxy_of_ours_the_client_says_whose_try_it_is(app: Flask) -> None:
    says = [f"2001:db8:1:2::{n:x}" for n in range(7)]
    answers = [try_password(app.test_client(), "a guess", "127.0.0.1", says=one).status_code for one in says]
    assert answers == [403] * 5 + [429] * 2
    assert try_password(app.test_client(), address="127.0.0.1", says="2001:db8:1:3::1").status_code == 303
    said = [try_password(app.test_client(), "a guess", "192.0.2.9", says=f"198.51.100.{n}") for n in range(7)]
    assert [answer.status_code for answer in said] == [403] * 5 + [429] * 2, "nobody else is believed"


def test_all_networks_together_may_try_a_hundred_times(app: Flask) -> None:
    client = app.test_client()
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")

    def status(n: int) -> int:
        data = {"csrf_token": token, "password": "a guess"}
        address = {"REMOTE_ADDR": f"192.0.2.{n}"}
        return client.post("/studio/log-in", data=data, environ_base=address).status_code

    assert [status(n) for n in range(103)] == [403] * 100 + [429] * 3


def test_machines_with_one_redis_count_tries_together(make_app: MakeApp, redis: RedisServer) -> None:
    apps = [make_app(studio_password=HASH, redis_url=redis.url, cache_secret="s") for _ in range(2)]
    answers = [try_password(apps[n % 2].test_client(), "a guess").status_code for n in range(8)]
    assert answers == [403] * 5 + [429] * 3


def test_logging_in_clears_what_the_network_has_tried(make_app: MakeApp, redis: RedisServer) -> None:
    for settings in ({}, {"redis_url": redis.url, "cache_secret": "s"}):
        app = make_app(studio_password=HASH, **settings)
        for _ in range(2):
            guesses = [try_password(app.test_client(), "a guess").status_code for _ in range(4)]
            assert guesses == [403] * 4
            assert try_password(app.test_client()).status_code == 303


def _site_page(session: requests.Session, url: str, path: str) -> Page:
    return Page(session.get(url + path, timeout=60).text)


@pytest.mark.system
def test_the_processes_of_a_site_know_of_each_others_sessions(tmp_path: Path) -> None:
    """A browser is logged in with each of them or with none; tries are counted together."""
    with served(WEB_CONCURRENCY="2", STUDIO_PASSWORD=HASH) as site:

        def send(path: str, session: requests.Session, **data: str) -> requests.Response:
            return session.post(site.url + path, data=data, timeout=60)

        def log_in(password: str) -> tuple[requests.Session, int]:
            session = requests.Session()
            token = Html(session.get(f"{site.url}/studio/log-in", timeout=60).text).field("csrf_token")
            answer = session.post(
                f"{site.url}/studio/log-in",
                data={"csrf_token": token, "password": password},
                timeout=60,
                allow_redirects=False,
            )
            return session, answer.status_code

        def seen(copy: dict[str, str]) -> set[bool]:
            """Tell if one is logged in, by connections enough for each process to have some."""
            pages = (requests.get(f"{site.url}/studio", cookies=copy, timeout=60).text for _ in range(40))
            return {"You are logged in." in page for page in pages}

        session, status = log_in(PASSWORD)
        assert status == 303
        copy = {cookie.name: cookie.value or "" for cookie in session.cookies}
        assert seen(copy) == {True}
        token = Html(session.get(f"{site.url}/studio", timeout=60).text).field("csrf_token")
        send("/studio/log-out", session, csrf_token=token)
        assert seen(copy) == {False}
        for endpoint, (method, path, data) in FOR_PUBLISHERS.items():
            answers = [requests.request(method, site.url + path, data=data, cookies=copy, timeout=60) for _ in range(9)]
            assert all("You are logged in." not in answer.text for answer in answers)
            assert endpoint == "publish.leave" or all("Log in to publish" in answer.text for answer in answers)
        assert [log_in("a guess")[1] for _ in range(16)] == [403] * 5 + [429] * 11
