"""A letter changed by hand, and the campaign's in the other language: neither is lost, and they are never mixed."""

from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.mp.dissolution import today
from tests.conftest import WRITER
from tests.web.html import Html, text
from tests.web.http.test_locale_routing import fields

WELSH_QUESTION = "Cadw eich llythyr yn Saesneg, neu fynd ymlaen yn Gymraeg?"
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


# ---- A changed letter, and the other language.


def changed_letter(client: FlaskClient, path: str = "/c/uyghurs/letter", **changes: str) -> Html:
    """The letter's page with changes typed into it, as it comes back."""
    made = post(client, path)
    typed = fields(made.one("form[@id='letter']"), made) | changes
    typed.setdefault("body", made.field("body"))
    if not changes:
        typed["body"] = made.field("body").replace("I look forward to your reply.", MY_LINE)
    return Html.of(client.post(path, data=typed))


def button(page: Html, label: str) -> tuple[Element, Element]:
    """A form of the page and its button that says so."""
    return next(
        (form, found) for form in page.all("main//form") for found in form.iter("button") if text(found) == label
    )


def test_a_changed_letter_is_never_woven_into_the_other_language(client: FlaskClient) -> None:
    english = changed_letter(client)
    asked = Html.of(switch(client, english))
    assert text(asked.one("h1")) == WELSH_QUESTION
    mine, new = (asked.one(f"section[@id='{name}']/div[@class='text']") for name in ("edited", "new"))
    assert mine.get("lang") == "en-GB"
    assert text(mine).startswith("Dear ")
    assert MY_LINE in text(mine)
    assert text(new).startswith("Annwyl ")
    assert MY_LINE not in text(new)
    first, second = (found for found in asked.all("form[@id='edits']//button"))
    assert (first.get("value"), first.get("class")) == ("new", None)
    assert (second.get("formaction"), second.get("class")) == ("/c/uyghurs/letter", "second")


def test_it_is_kept_in_its_own_language_whole(client: FlaskClient) -> None:
    english = changed_letter(client)
    asked = Html.of(switch(client, english))
    kept = Html.of(press(client, asked, *button(asked, "Cadw fy llythyr yn Saesneg")))
    assert kept.root.get("lang") == "en-GB"
    for name in ("subject", "body", "composed"):
        assert kept.field(name) == english.field(name)
    file = press(client, kept, *button(kept, "Text file"))
    assert file.text.startswith("To: ")
    assert MY_LINE in file.text


def test_the_new_text_has_the_old_letter_within_reach(client: FlaskClient) -> None:
    english = changed_letter(client)
    asked = Html.of(switch(client, english))
    new = Html.of(press(client, asked, *button(asked, "Defnyddio’r testun newydd")))
    assert new.root.get("lang") == "cy"
    assert new.field("body").startswith("Annwyl ")
    assert MY_LINE not in new.field("body")
    assert MY_LINE in new.field("other")
    assert new.one("textarea[@name='other']").get("lang") == "", "it may be in any"


def test_changes_that_went_along_on_other_pages_are_not_woven_either(client: FlaskClient) -> None:
    english = changed_letter(client)
    write = Html.of(press(client, english, *button(english, "Back to your answers and address")))
    welsh = Html.of(switch(client, write))
    asked = Html.of(press(client, welsh, *button(welsh, "Gweld fy llythyr")))
    assert text(asked.one("h1")) == WELSH_QUESTION


def test_a_letter_kept_after_another_answer_is_asked_about_once_more(client: FlaskClient) -> None:
    english = changed_letter(client)
    form = english.one("form[@id='letter']")
    data = fields(form, english) | {"answer-connection": "Something else.", "switched": "cy"}
    asked = Html.of(client.post("/cy/c/uyghurs/letter", data=data))
    again = Html.of(press(client, asked, *button(asked, "Cadw fy llythyr yn Saesneg")))
    assert text(again.one("h1")) == "Keep your changes, or use the new text?"
    assert MY_LINE in text(again.one("section[@id='edited']"))


def test_a_letter_too_long_is_shown_in_its_own_language(client: FlaskClient) -> None:
    long = "My own words. " * 1_000
    page = Html.of(switch(client, changed_letter(client, body=long)))
    assert page.status == 422
    assert page.field("body").strip() == long.strip()
    assert page.one("textarea[@name='body']").get("lang") == "en-GB"
    shorter = fields(page.one("form[@id='letter']"), page) | {"body": MY_LINE}
    asked = Html.of(client.post("/cy/c/uyghurs/letter", data=shorter))
    assert text(asked.one("h1")) == WELSH_QUESTION


def test_a_changed_subject_over_an_emptied_letter_is_not_lost(client: FlaskClient) -> None:
    emptied = changed_letter(client, subject="My own subject", body="")
    asked = Html.of(switch(client, emptied))
    assert text(asked.one("h1")) == WELSH_QUESTION
    kept = Html.of(press(client, asked, *button(asked, "Cadw fy llythyr yn Saesneg")))
    assert kept.status == 422
    assert (kept.field("subject").strip(), kept.field("body").strip()) == ("My own subject", "")
    new = Html.of(press(client, asked, *button(asked, "Defnyddio’r testun newydd")))
    assert new.field("other").strip() == "My own subject"


def test_a_letter_emptied_to_begin_anew_is_the_campaigns_again(client: FlaskClient) -> None:
    subject = post(client, "/c/uyghurs/letter").field("subject").strip()
    welsh = Html.of(switch(client, changed_letter(client, subject=subject, body="")))
    assert welsh.field("body").startswith("Annwyl ")


def test_the_second_letter_names_the_subject_that_the_first_one_had(client: FlaskClient) -> None:
    first = changed_letter(client, subject="My neighbour")
    page = Html.of(press(client, first, *button(first, "Write a second letter")))
    form = page.one("form[@id='follow-up']")
    data = fields(form, page) | {"first_sent": str(today())}
    second = Html.of(client.post(str(form.get("action")), data=data))
    assert second.field("subject").strip().startswith("My neighbour: ")
    welsh = Html.of(switch(client, second))
    assert welsh.field("body").startswith("Annwyl ")
    assert welsh.field("subject").strip().startswith("My neighbour: ")
    assert "“My neighbour”" in welsh.field("body")


# ---- Mistakes, and the other language.


@pytest.mark.parametrize(("path", "name"), [("letter", "town"), ("write", "mp_name")])
def test_mistakes_are_said_in_the_other_language_too(client: FlaskClient, path: str, name: str) -> None:
    nothing = {"town": ""} if name == "town" else {"mp_name": "", "mp_constituency": "Chorley"}
    page = post(client, f"/c/uyghurs/{path}", **nothing)
    welsh = Html.of(switch(client, page))
    assert welsh.status == 422
    assert "Gwall: " in welsh.text
    assert text(welsh.one("h1")) != text(page.one("h1"))


def test_the_switch_stays_on_the_page_though_the_mistakes_are_mended(client: FlaskClient) -> None:
    page = post(client, "/c/uyghurs/letter", town="")
    data = fields(page.one("form[@id='write']"), page) | {"town": "Llanfair", "switched": "cy"}
    target = str(page.all("header//button")[-1].get("formaction"))
    welsh = Html.of(client.post(target, data=data))
    assert text(welsh.one("h1")) == "Ysgrifennu at Rachel Blake"
    assert "Gwall: " not in welsh.text
