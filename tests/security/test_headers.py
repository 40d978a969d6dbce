"""Every answer, of whatever kind, has the headers that keep it to itself. For pages see ``tests.web.test_pages``."""

import shutil
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.web.http.security import LONGEST_REQUEST
from config import ROOT
from tests.conftest import WRITER, MakeApp
from tests.publisher import HASH
from tests.security.headers import FOR_EVERYBODY, HEADERS, PICTURE, embedded, guarding
from tests.sharing import SAMPLE_CAMPAIGNS
from tests.stand_in import StandIn

PORTRAIT, NO_PORTRAIT = "/portrait/3985/467", "/portrait/3985/1"
FILE = {"file": "---\ntitle: Rivers\nsubject: Rivers\n---\nWill you help?\n", "slug": "rivers"}


@pytest.fixture
def app(make_app: MakeApp, stand_in: StandIn, tmp_path: Path) -> Flask:
    """A site with everything: Parliament's service, logos, a password."""
    shutil.copytree(ROOT / "letter_templates", tmp_path, dirs_exist_ok=True)
    shutil.copytree(SAMPLE_CAMPAIGNS, tmp_path, dirs_exist_ok=True)
    return make_app(lookup="auto", parliament_api_url=stand_in.url, campaigns_dir=tmp_path, studio_password=HASH)


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/style.css", FOR_EVERYBODY),
        ("/static/script/main.js", FOR_EVERYBODY),
        ("/static/icon.svg", FOR_EVERYBODY),
        ("/static/embed.js", FOR_EVERYBODY),
        ("/cy/static/embed.js", FOR_EVERYBODY),
        ("/colours/0d5257.css", FOR_EVERYBODY),
        ("/c/bright/logo", PICTURE),
        ("/c/uyghurs/qr.svg", FOR_EVERYBODY),
        ("/c/uyghurs/qr.png", FOR_EVERYBODY),
        (PORTRAIT, FOR_EVERYBODY),
        (NO_PORTRAIT, FOR_EVERYBODY),
        ("/healthz", HEADERS),
        ("/studio/log-in", HEADERS),
        ("/studio/versions/uyghurs", HEADERS),
    ],
)
def test_what_can_be_fetched(visitor: FlaskClient, path: str, headers: dict[str, str]) -> None:
    response = visitor.get(path, buffered=True)
    assert response.status_code == 200
    assert guarding(response.headers) == headers


def test_other_methods(visitor: FlaskClient) -> None:
    for method in ("HEAD", "OPTIONS"):
        assert guarding(visitor.open("/c/uyghurs", method=method).headers) == HEADERS


@pytest.mark.parametrize(
    ("path", "data", "kind"),
    [
        ("/c/uyghurs/letter.pdf", WRITER, "application/pdf"),
        ("/c/uyghurs/letter.eml", WRITER, "message/rfc822"),
        ("/c/uyghurs/letter.txt", WRITER, "text/plain"),
        ("/c/uyghurs/letter.ics", WRITER, "text/calendar"),
        ("/studio/file", FILE, "text/markdown"),
        ("/studio/letter.pdf", FILE, "application/pdf"),
    ],
)
def test_downloads(visitor: FlaskClient, path: str, data: dict[str, str], kind: str) -> None:
    response = visitor.post(path, data=data)
    assert (response.status_code, response.mimetype) == (200, kind)
    assert guarding(response.headers) == HEADERS
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize(
    ("method", "path", "data", "status"),
    [
        ("GET", "/nowhere", b"", 404),
        ("GET", "/how-it-works/x", b"", 404),
        ("GET", "/c/nobody/share", b"", 404),
        ("DELETE", "/", b"", 405),
        ("TRACE", "/c/uyghurs", b"", 405),
        ("POST", "/c/uyghurs/letter", b"x" * (LONGEST_REQUEST + 1), 413),
        ("POST", "/c/uyghurs/write", b"postcode=SW1A1AA&constituency=1", 400),
        ("POST", "/c/uyghurs/write", b"postcode=x", 422),
    ],
)
def test_errors(visitor: FlaskClient, method: str, path: str, data: bytes, status: int) -> None:
    response = visitor.open(path, method=method, data=data, content_type="application/x-www-form-urlencoded")
    assert response.status_code == status
    assert guarding(response.headers) == HEADERS


@pytest.mark.parametrize("host", ["..", "a" * 64, "a." * 200, "a." * 2_000])
def test_a_host_that_is_none(app: Flask, host: str) -> None:
    app.testing = False
    for path in ("/c/uyghurs", "/nowhere"):
        response = app.test_client().get(path, headers={"Host": host})
        assert response.status_code == 400
        assert "That did not make sense" in response.text
        assert guarding(response.headers) == HEADERS


def test_a_fault_of_ours(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.journey.views.campaign_page", lambda *arguments: 1 / 0)
    app.testing = False
    response = app.test_client().get("/c/uyghurs")
    assert response.status_code == 500
    assert guarding(response.headers) == HEADERS


def test_what_is_elsewhere_or_as_before_or_in_part(visitor: FlaskClient) -> None:
    redirects = [visitor.get("/c//uyghurs"), visitor.post("/studio/log-out")]
    etag = visitor.get("/static/style.css").headers["ETag"]
    known = visitor.get("/static/style.css", headers={"If-None-Match": etag}, buffered=True)
    part = visitor.get("/static/style.css", headers={"Range": "bytes=0-9"}, buffered=True)
    none = visitor.get("/static/style.css", headers={"Range": "bytes=9999999-"})
    answers = [*redirects, known, part, none]
    assert [answer.status_code for answer in answers] == [308, 303, 304, 206, 416]
    for answer, headers in zip(answers, [HEADERS, HEADERS, *[FOR_EVERYBODY] * 3], strict=True):
        assert guarding(answer.headers) == headers


def test_a_frame_is_for_the_sites_that_the_file_names(make_app: MakeApp, tmp_path: Path) -> None:
    head = "title: Bees\nsubject: Bees\nframe_ancestors:\n  - https://a.example.org\n  - https://b.example.org:8443\n"
    (tmp_path / "bees.md").write_text(f"---\n{head}---\nWill you help?\n")
    visitor = make_app(campaigns_dir=tmp_path).test_client()
    frame = embedded("https://a.example.org", "https://b.example.org:8443")
    assert guarding(visitor.get("/c/bees/embed").headers) == frame
    assert guarding(visitor.get("/c/bees").headers) == HEADERS


def test_over_https_browsers_are_told_to_stay_there(visitor: FlaskClient) -> None:
    for path in ("/", "/static/style.css", "/nowhere"):
        response = visitor.get(path, base_url="https://write.example.org", buffered=True)
        headers = FOR_EVERYBODY if path.startswith("/static") else HEADERS
        assert guarding(response.headers) == headers | {"Strict-Transport-Security": "max-age=31536000"}
