"""A letter changed by hand, and the campaign's in the other language: neither is lost, and they are never mixed."""

from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import WRITER
from tests.web.html import Html
from tests.web.test_languages import fields

MY_LINE = "I really look forward to your reply."
LONG = "你好" * 4_000 + "\n\n" + "維吾爾" * 600
"""About the longest letter there is, in a script of three bytes a letter."""
OTHER = "\n\n* * *\n\n".join(character * 9_990 for character in "甲乙丙")
"""As much of other versions as is kept."""


def post(client: FlaskClient, path: str, **data: str) -> Html:
    """A page of the journey, with the writer's fields and others."""
    return Html.of(client.post(path, data=WRITER | data, content_type="multipart/form-data"))


def press(client: FlaskClient, page: Html, form: Element, button: Element) -> TestResponse:
    """What a button brings, sent as the form sends it."""
    data = fields(form, page)
    if button.get("name"):
        data[str(button.get("name"))] = str(button.get("value"))
    target = button.get("formaction") or str(form.get("action"))
    kind = form.get("enctype", "application/x-www-form-urlencoded")
    return client.post(target, data=data, content_type=kind)


def switch(client: FlaskClient, page: Html) -> TestResponse:
    """What the masthead's switch brings."""
    button = page.all("header//button")[-1]
    form = page.one(f"form[@id='{button.get('form')}']") if button.get("form") else page.one("header//form")
    return press(client, page, form, button)


def test_a_long_letter_goes_through_the_choice_and_the_switch(client: FlaskClient) -> None:
    asked = post(client, "/c/uyghurs/letter", earlier=LONG, earlier_subject="Mine", earlier_base="a b c", other=OTHER)
    form = asked.one("form[@id='edits']")
    for button in form.iter("button"):
        assert press(client, asked, form, button).status_code == 200
    response = switch(client, asked)
    assert response.status_code == 200
    assert LONG in Html.of(response).field("earlier")


@pytest.mark.parametrize("path", ["follow-up", "constituency", "by-hand", "write"])
def test_a_long_letter_goes_along_on_every_way(client: FlaskClient, path: str) -> None:
    carried = {"earlier": LONG, "earlier_subject": "Mine", "earlier_base": "a b c", "other": OTHER}
    page = post(client, f"/c/uyghurs/{path}", **carried)
    for form in page.all("main//form"):
        for button in list(form.iter("button"))[:3]:
            assert press(client, page, form, button).status_code != 413
    assert switch(client, page).status_code == 200


def test_other_versions_are_kept_each_once_and_the_oldest_go_first(client: FlaskClient) -> None:
    edits = {"earlier": "Dear A,\n\nMine.", "earlier_subject": "S", "earlier_base": "a b c", "use": "new"}
    mine = "S\n\nDear A,\n\nMine."
    page = post(client, "/c/uyghurs/letter", **edits, other=f"Older\n\n* * *\n\n{mine}")
    assert page.field("other").strip() == f"{mine}\n\n* * *\n\nOlder"
    page = post(client, "/c/uyghurs/letter", **edits, other=OTHER)
    assert page.field("other").split("\n\n* * *\n\n") == [mine, "甲" * 9_990, "乙" * 9_990]


def test_a_version_that_the_script_adds_stands_above(client: FlaskClient) -> None:
    data = {**WRITER, "other": ["From the page", "Typed elsewhere", "From the page"]}
    page = Html.of(client.post("/c/uyghurs/letter", data=data))
    assert page.field("other").strip() == "From the page\n\n* * *\n\nTyped elsewhere"
