"""What holds for every page: house rules, headers, health."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import WRITER, MakeApp

PAGES = {
    "home": ("GET", "/", {}),
    "campaign": ("GET", "/c/uyghurs", {}),
    "wrong postcode": ("POST", "/c/uyghurs/write", {"postcode": "x"}),
    "write": ("POST", "/c/uyghurs/write", WRITER),
    "near a boundary": ("POST", "/c/uyghurs/write", WRITER | {"postcode": "NW3 2AY"}),
    "write with mistakes": ("POST", "/c/uyghurs/letter", {"postcode": "SW1A 1AA"}),
    "letter": ("POST", "/c/uyghurs/letter", WRITER),
    "letter with mistakes": ("POST", "/c/uyghurs/letter", WRITER | {"subject": "", "body": ""}),
    "letter without e-mail": ("POST", "/c/uyghurs/letter", WRITER | {"postcode": "PR1 2RL"}),
    "unknown postcode": ("POST", "/c/uyghurs/write", {"postcode": "SW1A 9ZZ"}),
    "no MP": ("POST", "/c/uyghurs/write", {"postcode": "JE2 3AB"}),
    "Northern Ireland": ("POST", "/c/uyghurs/write", {"postcode": "BT1 5GS"}),
    "privacy": ("GET", "/privacy", {}),
    "not found": ("GET", "/nowhere", {}),
    "wrong method": ("GET", "/c/uyghurs/write", {}),
}

page = pytest.mark.parametrize(("method", "path", "data"), PAGES.values(), ids=PAGES)


class Outline(HTMLParser):
    """Counts what the house rules speak of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.refers: set[str] = set()
        self.fields: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        if "id" in values:
            self.ids[values["id"]] += 1
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.refers.update(values.get(name, "").split())
        if tag in ("input", "textarea", "select") and values.get("type") != "hidden":
            self.fields.append(values.get("id", "") if "aria-label" not in values else "")


@page
def test_house_rules(client: FlaskClient, method: str, path: str, data: dict[str, str]) -> None:
    text = client.open(path, method=method, data=data or None).text
    outline = Outline(text)
    assert outline.tags["h1"] == 1
    assert outline.tags["main"] == 1
    assert not [name for name, count in outline.ids.items() if count > 1]
    assert outline.refers <= set(outline.ids)
    assert {name for name in outline.fields if name} <= outline.refers, "every field has a label"
    heading, title = re.search(r"<h1[^>]*>(.*?)</h1>", text), re.search(r"<title>(.*?)</title>", text)
    assert heading
    assert title
    assert title[1].removeprefix("Error: ").startswith(heading[1])
    assert "<style" not in text
    assert not re.search(r"\son\w+=|\sstyle=", text)


@page
def test_every_page_is_kept_to_itself(client: FlaskClient, method: str, path: str, data: dict[str, str]) -> None:
    response = client.open(path, method=method, data=data or None)
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers


@page
def test_every_page_says_where_its_data_comes_from(
    client: FlaskClient, method: str, path: str, data: dict[str, str]
) -> None:
    text = client.open(path, method=method, data=data or None).text
    assert "Contains Parliamentary information licensed under the Open Parliament Licence v3.0." in text
    assert "Contains OS data © Crown copyright and database right 2026." in text
    assert "27 June 2026" in text
    assert "February 2026" in text


def test_nothing_comes_from_elsewhere(client: FlaskClient) -> None:
    for method, path, data in PAGES.values():
        text = client.open(path, method=method, data=data or None).text
        for address in re.findall(r'(?:src|<link[^>]*href|action)="([^"]*)"', text):
            assert address.startswith("/")


def test_health(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {
        "status": "ok",
        "lookup": "snapshot",
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
