"""Which names a site answers to."""

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.test import create_environ, run_wsgi_app
from werkzeug.wrappers import Response

from app.web.http.hosts import LONGEST_NAME, parse_host
from tests.conftest import WRITER, MakeApp
from tests.web.journey.test_journey import heading

NAMED = {"trusted_hosts": "write.example.org, .example.com"}


@pytest.fixture
def named(make_app: MakeApp) -> FlaskClient:
    return make_app(**NAMED).test_client()


@pytest.mark.parametrize("host", ["write.example.org", "WRITE.example.org:8443", "a.example.com", "localhost:8000"])
def test_names_of_the_site_are_answered(named: FlaskClient, host: str) -> None:
    assert named.get("/privacy", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("host", "path"),
    [
        *((host, "/") for host in ("write.example.org.evil.example", "192.0.2.1", "a b", "[::2]", "@")),
        *(("evil.example", path) for path in ("/c/uyghurs", "/cy/privacy", "/static/style.css", "/nowhere")),
        *(("evil.example", path) for path in ("/studio", "/c/uyghurs/share", "/healthz", "/readyz")),
    ],
)
def test_other_names_are_refused(named: FlaskClient, host: str, path: str) -> None:
    refused = named.get(path, headers={"Host": host})
    assert refused.status_code == 400
    assert heading(refused) in ("That did not make sense", "Nid oedd hynny’n gwneud synnwyr")
    assert f"//{host}" not in refused.text
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]


def test_a_letter_for_another_name_is_refused(named: FlaskClient) -> None:
    assert named.post("/c/uyghurs/letter", data=WRITER, headers={"Host": "evil.example"}).status_code == 400


def test_unless_told_a_site_has_any_name(client: FlaskClient) -> None:
    assert client.get("/c/uyghurs/share", headers={"Host": "any.example"}).status_code == 200


NO_NAMES = [
    "",
    " ",
    ".",
    "..",
    "a..b",
    ".a",
    "a b",
    "a,b",
    "a/b",
    "a\\b",
    "a?b",
    "a#b",
    "%61",
    "-a",
    "a-",
    "a.-b",
    "*",
    "user@host",
    "user:password@host:80",
    "a:b",
    "a:",
    ":80",
    "a:0",
    "a:65536",
    "a:99999",
    "a:080",
    "a:+80",
    "a:80:80",
    "a:-1",
    "[",
    "[]",
    "[::1",
    "::1",
    "[:::::]",
    "[::1]x",
    "[::1]:b",
    "[fe80::1%25eth0]",
    "[v1.x]",
    "[192.0.2.1]",
    "[12345::1]",
    "xn--",
    "xn--a",
    "XN--A",
    "xn--a:80",
    "b.xn--a",
    "xn--a.example.org",
    "caf\xe9.example",
    "\xff",
    "\u00b2",
    "a\x7fb",
    "a" * 64,
    f"{'a' * 64}.org",
    ".".join(["a" * 50] * 6),
    "a" * 5_000,
]
NAMES = [
    "a",
    "A.b",
    "a.",
    "1.2.3.4",
    "app_1:8000",
    "a:1",
    "a:65535",
    "[::1]",
    "[::1]:80",
    "[::ffff:192.0.2.1]",
    "xn--caf-dma.example",
]

labels = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True).filter(
    lambda label: not label.startswith("xn--")
)
foreign = st.text("éŵŷ中", min_size=1, max_size=10).map(lambda text: text.encode("idna").decode())
ports = st.just("") | st.integers(1, 65_535).map(lambda port: f":{port}")
names = st.lists(labels, min_size=1, max_size=5).map(".".join).filter(lambda name: len(name) <= LONGEST_NAME)
addresses = st.ip_addresses(v=6).map(lambda address: f"[{address}]") | st.ip_addresses(v=4).map(str)
good = st.tuples(names | addresses, ports).map("".join)
odd = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=80)
nearly = st.text("aA0.-:[]@x n%_/", max_size=30) | names.map(lambda name: f"xn--{name}")


def asked(client: FlaskClient, host: str | None, path: str = "/privacy", **headers: str) -> Response:
    """The answer to a request with a host of any kind, as a server hands it over."""
    environ = create_environ(path) | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    del environ["HTTP_HOST"]
    if host is not None:
        environ["HTTP_HOST"] = host
    return Response(*run_wsgi_app(client.application, environ, buffered=True))


@pytest.mark.parametrize("host", NO_NAMES)
def test_what_is_no_name_is_refused_with_a_page(
    client: FlaskClient, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("/privacy", "/static/style.css"):  # it is refused before anybody looks at the path, as above
        caplog.clear()
        refused = asked(client, host, path)
        assert refused.status_code == 400
        assert "<h1>That did not make sense</h1>" in refused.get_data(as_text=True)
        assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
        assert not [record for record in caplog.records if record.exc_info]
        assert len(caplog.text) < 500, "the log has no more than its line for the request"


@pytest.mark.parametrize("host", NAMES)
def test_what_is_a_name_is_answered(client: FlaskClient, host: str) -> None:
    assert asked(client, host).status_code == 200
    assert asked(client, host, "/c/uyghurs/share").status_code == 200


def test_the_longest_name_fits_into_a_qr_code(client: FlaskClient) -> None:
    longest = ".".join(["a" * 62] * 4 + ["a"])
    assert len(longest) == LONGEST_NAME
    for path in ("share", "qr.png", "qr.svg"):
        assert asked(client, f"{longest}:65535", f"/c/uyghurs/{path}").status_code == 200
        assert asked(client, f"{longest}a", f"/c/uyghurs/{path}").status_code == 400


@pytest.mark.parametrize("host", ["xn--a", "a b", "caf\xe9"])
def test_no_header_of_a_proxy_brings_it_back(client: FlaskClient, host: str) -> None:
    names = ("x_forwarded_host", "x_forwarded_server", "x_host", "x_original_host", "forwarded", "x_forwarded_port")
    for name in names:
        assert asked(client, "localhost", "/c/uyghurs/share", **{name: host}).status_code == 200
        assert asked(client, host, "/c/uyghurs/share", **{name: "localhost"}).status_code == 400


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(good)
@example("xn--caf-dma.example")
def test_every_right_host_is_answered_and_linked_to(client: FlaskClient, host: str) -> None:
    assert parse_host(host)
    assert asked(client, host, "/c/uyghurs/share").status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(foreign)
def test_a_name_in_another_alphabet_is_one(client: FlaskClient, label: str) -> None:
    assert asked(client, f"{label}.example", "/c/uyghurs/share").status_code == 200


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(odd | nearly)
def test_whatever_the_host_there_is_an_answer(client: FlaskClient, host: str) -> None:
    assert asked(client, host).status_code == (200 if parse_host(host) else 400)


def test_a_request_without_a_host_is_answered(client: FlaskClient) -> None:
    """As old programs send it."""
    assert asked(client, None).status_code == 200
