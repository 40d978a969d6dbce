"""How much a page weighs, how it comes, and how long browsers may keep what it is made of."""

import gzip
import re
from urllib.parse import urljoin

import brotli
import pytest
from flask.testing import FlaskClient

from tests.conftest import WRITER, MakeApp

FIRST_VIEW = 25_000  # bytes: what a cheap telephone on a bad line should have to load
MOST_FILES = 16


def weight(client: FlaskClient, path: str, encoding: str) -> int:
    """The bytes of a page and of all that its head and body load, as they come over the line."""
    page = client.get(path, headers={"Accept-Encoding": encoding})
    assert page.headers["Content-Encoding"] == encoding
    html = (brotli.decompress if encoding == "br" else gzip.decompress)(page.data).decode()
    loaded = re.findall(
        r'<(?:link rel="(?:stylesheet|icon|modulepreload)"|script|img)[^>]* ?(?:href|src)="([^"]+)"', html
    )
    loaded = [re.sub("&amp;", "&", address) for address in loaded]
    assert 3 <= len(loaded) <= MOST_FILES
    parts = [client.get(address, headers={"Accept-Encoding": encoding}) for address in loaded]
    assert [part.status_code for part in parts] == [200] * len(parts)
    return sum(len(part.data) for part in (page, *parts))


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("path", ["/c/uyghurs", "/cy/c/uyghurs"])
def test_the_first_view_is_light(client: FlaskClient, path: str, encoding: str) -> None:
    assert weight(client, path, encoding) < FIRST_VIEW


def test_without_compression_a_page_is_itself(client: FlaskClient) -> None:
    page = client.get("/c/uyghurs")
    assert "Content-Encoding" not in page.headers
    assert "Stand with the Uyghurs" in page.text


def test_files_are_kept_until_they_change(client: FlaskClient) -> None:
    (address,) = re.findall(r'href="(/static/[0-9a-f]{12}/style\.css)"', client.get("/").text)
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/static/embed.js").headers["Cache-Control"] == "public, max-age=3600"


def test_a_file_of_another_version_is_not_kept(client: FlaskClient) -> None:
    """It might be one of two modules that do not fit together."""
    other = client.get("/static/0123456789ab/style.css")
    assert other.data == client.get("/static/style.css").data
    assert other.headers["Cache-Control"] == "no-cache"
    assert client.get("/static/0123456789ab/").status_code == client.get("/static/0123456789ab").status_code == 404


@pytest.mark.parametrize("below", ["", "/letters"])
@pytest.mark.parametrize(("path", "own"), [("/cy/c/uyghurs/letter", "script/letter"), ("/studio", "studio")])
def test_a_page_asks_at_once_for_every_module_of_its_own_version(
    client: FlaskClient, below: str, path: str, own: str
) -> None:
    page = client.post(path, data=WRITER, environ_overrides={"SCRIPT_NAME": below}).text
    asked = re.findall(r'<(?:script src|link rel="modulepreload" href)="([^"]+\.js)"', page)
    for address in asked:
        module = client.get(address.removeprefix(below))
        assert module.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        imported = re.findall(r'from "(.+)";$', module.text, re.MULTILINE)
        assert {urljoin(address, name) for name in imported} <= set(asked)
    assert len(asked) == len(set(asked))
    names = {re.sub(r".*/[0-9a-f]{12}/(.+)\.js", r"\1", address) for address in asked}
    assert {"script/main", "script/page", own} <= names


def test_both_languages_load_the_same_files(client: FlaskClient) -> None:
    files = [set(re.findall(r'"(/static/[^"]+)"', client.get(path).text)) for path in ("/", "/cy/")]
    assert files[0] == files[1] != set()


def test_the_studio_is_not_compressed(client: FlaskClient) -> None:
    """It repeats what was sent beside a secret, which the size of a compressed page would give away."""
    page = client.get("/studio", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in page.headers


def test_our_own_files_are_compressed_once_and_pages_each_time(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept of a page, which may hold what somebody typed."""
    client, compressed = make_app().test_client(), list[bytes]()
    compress = brotli.compress

    def counted(data: bytes, **settings: int) -> bytes:
        compressed.append(data)
        return bytes(compress(data, **settings))

    monkeypatch.setattr(brotli, "compress", counted)
    paths = (
        "/static/style.css",
        "/static/0123456789ab/style.css",
        "/static/x/../style.css",
        "/c/uyghurs",
        "/c/uyghurs",
    )
    answers = [client.get(path, headers={"Accept-Encoding": "br"}) for path in paths]
    assert [answer.headers["Content-Encoding"] for answer in answers] == ["br"] * len(paths)
    assert len({answer.data for answer in answers[:3]}) == 1
    assert compressed == [brotli.decompress(answer.data) for answer in (answers[0], *answers[3:])]
    plain = client.get("/static/style.css").data
    assert plain == gzip.decompress(client.get("/static/style.css", headers={"Accept-Encoding": "gzip"}).data)
    assert plain == compressed[0]
