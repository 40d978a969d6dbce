"""What holds for every page: headers, cookies, sources of data. The house rules are with ``tests.house_rules``."""

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.storage.redis_link import RedisLink
from config import VERSION
from tests.conftest import MakeApp
from tests.pages import PAGES
from tests.security.headers import HEADERS, SHARE, STUDIO, embedded, guarding
from tests.web.html import BrowsersHtml, Html

OF_PAGE = {
    "share": SHARE,
    "share, with colour and logo": SHARE,
    "in a frame": embedded(),
    "in a frame, with colour and logo": embedded(),
    "in a frame, to come": embedded(),
    "in a frame, ended": embedded(),
    **{name: STUDIO for name in PAGES if name.startswith("studio")},
}
"""The headers of those that differ."""


@pytest.mark.parametrize("language", ["", "/cy"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page(sites: dict[str, Flask], subtests: pytest.Subtests, name: str, language: str) -> None:
    """Each is fetched once, and held to the house rules as it is."""
    page = PAGES[name]
    response = sites[page.site].test_client().open(f"{language}{page.path}", method=page.method, data=page.data)
    with subtests.test("it is kept to itself"):
        assert guarding(response.headers) == OF_PAGE.get(name, HEADERS)
        assert response.headers["Cache-Control"] == "private, no-cache"
    with subtests.test("it puts nothing into a browser"):
        assert "Set-Cookie" not in response.headers
    if not page.path.endswith("/embed"):  # it says nothing of members, and what it leads to does
        with subtests.test("it leads to where its data comes from"):
            assert f'<a href="{language}/about">' in response.text
    with subtests.test("it is written as browsers read it"):
        assert flat(Html.of(response).root) == flat(BrowsersHtml.of(response).root)


def flat(root: Element) -> list[tuple[str, dict[str, str], list[str], list[str]]]:
    """The elements of a tree, with the words in and behind each."""
    return [
        (element.tag, element.attrib, (element.text or "").split(), (element.tail or "").split())
        for element in root.iter()
    ]


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


@pytest.mark.parametrize("lookup", ["snapshot", "auto"])
@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/about", "is asked of UK Parliament’s Members API"),
        ("/privacy", "also sent to UK Parliament’s public Members API"),
    ],
)
def test_pages_say_whether_parliament_is_asked(make_app: MakeApp, lookup: str, path: str, says: str) -> None:
    text = make_app(lookup=lookup).test_client().get(path).text
    assert (says in text) == (lookup == "auto")


@pytest.mark.parametrize(("answers", "status"), [(True, "ok"), (False, "degraded")])
def test_health_without_redis_is_degraded(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, answers: bool, status: str
) -> None:
    monkeypatch.setattr(RedisLink, "is_reachable", lambda _: answers)
    health = make_app(redis_url="redis://127.0.0.1:9/0").test_client().get("/healthz").json or {}
    problems = [] if answers else ["Redis does not answer: each process uses its own memory."]
    assert (health["status"], health["problems"]) == (status, problems)
