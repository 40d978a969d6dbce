"""What looks like markup is text: on no page does an element, an attribute or a link come of it."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.conftest import MakeApp
from tests.security.typed import FILE, file_with, in_all_fields, in_each_field
from tests.web.html import BrowsersHtml

pytestmark = pytest.mark.system

MARK = "x-mark"
ALL_AT_ONCE = f"""'"></textarea></title></script></style></select></button>--><{MARK} onclick=x><svg onload=x>"""
MARKUP = (
    f"<{MARK}>",
    f"<script><{MARK}></script>",
    f"<img src=x onerror={MARK}>",
    f"&lt;{MARK}&gt;&#60;{MARK}&#62;",
    f"\"' {MARK}=1 onfocus=x autofocus=",
    f"[{MARK}](javascript:x) ![{MARK}](https://evil.example/x.png) <https://evil.example>",
    ALL_AT_ONCE,
)


def check(page: BrowsersHtml) -> None:
    """That nothing on a page, or in those within it, is of somebody else."""
    for element in page.root.iter():
        assert element.tag != MARK
        for name, value in element.attrib.items():
            assert name != MARK
            assert not name.startswith("on")
            if name in ("href", "src", "action", "formaction"):
                assert urlsplit(value.strip()).scheme in ("", "http", "https", "mailto", "data")
                assert "evil.example" not in urlsplit(value).netloc
            if name == "srcdoc":
                check(BrowsersHtml(value))
        assert element.tag != "script" or not element.text


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_all_fields(client: FlaskClient, text: str) -> None:
    for where, response in in_all_fields(client, text):
        assert response.status_code in (200, 422), where
        check(BrowsersHtml.of(response))


def test_markup_in_each_field(client: FlaskClient) -> None:
    for where, response in in_each_field(client, ALL_AT_ONCE):
        assert response.status_code < 500, where
        check(BrowsersHtml.of(response))


@pytest.mark.parametrize("text", MARKUP[:-2])
def test_markup_in_a_campaign_file(make_app: MakeApp, tmp_path: Path, text: str) -> None:
    (tmp_path / "rivers.md").write_text(file_with(text))
    visitor = make_app(campaigns_dir=tmp_path).test_client()
    for path in ("/", "/c/rivers", "/c/rivers/share", "/c/rivers/embed", "/cy/c/rivers"):
        page = visitor.get(path, follow_redirects=True)
        assert page.status_code == 200
        assert MARK in page.text
        check(BrowsersHtml.of(page))
    for view in ("letter", "page", "questions"):
        check(BrowsersHtml.of(visitor.post("/studio", data=FILE | {"file": file_with(text), "view": view})))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "\x01https:x"])
def test_a_campaigns_links_lead_to_the_web(client: FlaskClient, link: str) -> None:
    for field in (f"briefing: '{link}'\n", f"sources:\n  - title: x\n    url: '{link}'\n", f"about: '[x]({link})'\n"):
        file = FILE["file"].replace("title:", f"{field}title:")
        for view in ("page", "questions"):
            check(BrowsersHtml.of(client.post("/studio", data=FILE | {"file": file, "view": view})))


@pytest.mark.parametrize(
    "path", ["/<x-mark>", '/"><x-mark>', "/c/<x-mark>", "/cy/'><x-mark>", "/studio?start=<x-mark>"]
)
def test_markup_in_an_address(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    check(BrowsersHtml.of(response))
