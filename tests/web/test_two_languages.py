"""A campaign with a Welsh file beside its first one, as visitors and monitoring see it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.conftest import MakeApp
from tests.web.html import Html, text

ENGLISH = (
    "---\ntitle: Clean rivers\norganisation: Rivers for All\nsubject: Rivers\n---\nWill you write to the minister?\n"
)
WELSH = "---\ntitle: Afonydd glân\nsubject: Afonydd\n---\nA wnewch chi ysgrifennu at y Gweinidog?\n"


@pytest.fixture
def client(make_app: MakeApp, tmp_path: Path) -> FlaskClient:
    (tmp_path / "rivers.md").write_text(ENGLISH)
    (tmp_path / "rivers.cy.md").write_text(WELSH)
    return make_app(campaigns_dir=tmp_path).test_client()


def heading(client: FlaskClient, path: str) -> str:
    return text(Html.of(client.get(path)).one("h1"))


def test_each_page_has_the_campaign_in_its_language(client: FlaskClient) -> None:
    assert heading(client, "/c/rivers") == "Clean rivers"
    assert heading(client, "/cy/c/rivers") == "Afonydd glân"
    assert "Rivers for All" in client.get("/cy/c/rivers").text


def test_a_mistake_in_one_is_reported_and_leaves_the_other_be(client: FlaskClient, tmp_path: Path) -> None:
    assert client.get("/healthz").json["problems"] == []  # type: ignore[index]
    (tmp_path / "rivers.cy.md").write_text(WELSH.replace("title", "language: en\ntitle"))
    says = "by its name this file is in Welsh: say `language: cy`, or take this line out."
    problems = client.get("/healthz").json["problems"]  # type: ignore[index]
    assert problems == [f"rivers.cy.md, line 2: {says} The version before it goes on serving."]
    assert heading(client, "/cy/c/rivers") == "Afonydd glân"
    assert client.get("/healthz").json["campaigns"] == ["rivers"]  # type: ignore[index]


@pytest.mark.parametrize("broken", ["rivers.md", "rivers.cy.md"])
def test_with_one_that_never_was_right_both_pages_have_the_other(
    make_app: MakeApp, tmp_path: Path, broken: str
) -> None:
    (tmp_path / "rivers.md").write_text(ENGLISH)
    (tmp_path / "rivers.cy.md").write_text(WELSH)
    (tmp_path / broken).write_text("nonsense")
    client = make_app(campaigns_dir=tmp_path).test_client()
    left = "Afonydd glân" if broken == "rivers.md" else "Clean rivers"
    assert [heading(client, path) for path in ("/c/rivers", "/cy/c/rivers")] == [left, left]
