"""What holds for every page: headers, sources of data, health. The house rules are with ``tests.house_rules``."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import VERSION
from tests.conftest import MakeApp
from tests.pages import PAGES, Visit

Sites = dict[str, FlaskClient]

every_page = pytest.mark.parametrize("visit", PAGES.values(), ids=PAGES)


@pytest.fixture
def visitors(sites: dict[str, Flask]) -> Sites:
    """A visitor of each site."""
    return {name: app.test_client() for name, app in sites.items()}


def opened(visitors: Sites, visit: Visit) -> TestResponse:
    """The page at the end of a visit."""
    return visitors[visit.site].open(visit.path, method=visit.method, data=visit.data or None)


@every_page
def test_every_page_is_kept_to_itself(visitors: Sites, visit: Visit) -> None:
    response = opened(visitors, visit)
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers


@every_page
def test_every_page_leads_to_where_its_data_comes_from(visitors: Sites, visit: Visit) -> None:
    if not visit.path.endswith("/embed"):  # it says nothing of members, and what it leads to does
        assert '<a href="/about">About and data sources</a>' in opened(visitors, visit).text


@pytest.mark.parametrize("path", ["/about", "/cy/about"])
def test_the_sources_are_named_as_their_licences_want_it(client: FlaskClient, path: str) -> None:
    text = client.get(path).text
    assert "Contains Parliamentary information licensed under the Open Parliament Licence v3.0." in text
    assert "Contains OS data © Crown copyright and database right 2026." in text
    assert ("27 June 2026" if path == "/about" else "27 Mehefin 2026") in text
    assert ("February 2026" if path == "/about" else "Chwefror 2026") in text


def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {
        "status": "ok",
        "problems": [],
        "version": VERSION,
        "lookup": "snapshot",
        "parliament_away_seconds": 0,
        "parliament_dissolved": False,
        "snapshot_date": "2026-06-27",
        "postcodes_date": "2026-02",
        "campaigns": ["uyghurs", "your-own-letter"],
    }


def test_markdown_of_campaigners_is_no_html(make_app: MakeApp, tmp_path: Path) -> None:
    about = "about: |\n  # Big\n\n  <script>x</script> [a](javascript:x) **b**\n"
    (tmp_path / "one.md").write_text(f"---\ntitle: One\nsubject: S\n{about}---\nText\n")
    text = make_app(campaigns_dir=tmp_path).test_client().get("/c/one").text
    assert "<h2>Big</h2>" in text
    assert "<script>x" not in text
    assert 'href="javascript' not in text
    assert "<strong>b</strong>" in text
