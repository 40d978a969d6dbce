"""Parliament's answer for the postcode goes along in the supporter's own form: one question a journey."""

import logging
import time
from typing import Any

import pytest
from flask import Flask

from app.mp.parliament.place_answer import PlaceAnswer, sign
from app.mp.postcode import Postcode
from tests.conftest import WRITER, MakeApp
from tests.page import Button, Form, Page
from tests.stand_in import FAULTS, StandIn
from tests.web.conftest import Visit, Visitor

SEARCH = "/api/Location/Constituency/Search"
POSTCODE, ELSEWHERE = "M2 5DB", "PR7 1DP"
MANCHESTER, CHORLEY = 4167, 3985
TYPED = {name: text for name, text in WRITER.items() if name != "postcode"}
LANGUAGES = ("", "/cy")
OTHER_LANGUAGE = {"": ("/cy", "cy"), "/cy": ("", "en")}


@pytest.fixture
def app(make_app: MakeApp, stand_in: StandIn) -> Flask:
    return make_app(lookup="auto", parliament_api_url=stand_in.url)


@pytest.fixture
def visitor(app: Flask, visit: Visit) -> Visitor:
    return visit(app)


def questions(stand_in: StandIn) -> int:
    """How often Parliament was asked about a postcode."""
    return stand_in.calls.count(SEARCH)


def press(visitor: Visitor, page: Page, target: str, **typed: str) -> Page:
    form, button = page.button(target)
    form.fields |= typed
    return posted(visitor, form, button)


def posted(visitor: Visitor, form: Form, button: Button) -> Page:
    response = visitor.press(form, button)
    assert response.status_code < 500
    return Page(response.text)


def begin(visitor: Visitor, language: str = "", postcode: str = POSTCODE) -> Page:
    start = Page(visitor.get(f"{language}/c/uyghurs").text)
    return press(visitor, start, "/write", postcode=postcode)


def switched(visitor: Visitor, page: Page, target: str, language: str) -> Page:
    """The same page in the other language."""
    form, _ = page.button("/letter")
    prefix, code = OTHER_LANGUAGE[language]
    return posted(visitor, form, Button("switched", code, f"{prefix}/c/uyghurs{target}"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_journey_asks_about_the_postcode_once(visitor: Visitor, stand_in: StandIn, language: str) -> None:
    write = begin(visitor, language)
    letter = press(visitor, write, "/letter", **TYPED)
    assert letter.form_that_shows("body")
    for kind in ("pdf", "txt", "eml", "ics"):
        assert visitor.press(*letter.button(f"/letter.{kind}")).status_code == 200
    write = press(visitor, letter, "/write")
    letter = press(visitor, write, "/letter")
    follow_up = press(visitor, letter, "/follow-up")
    second = press(visitor, follow_up, "/follow-up", first_sent=time.strftime("%d/%m/%Y"))
    assert second.form_that_shows("body")
    chosen = press(visitor, press(visitor, second, "/constituency"), "/write")
    assert chosen.form_that_shows("name")
    assert questions(stand_in) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_does_one_that_changes_the_language_on_every_page(
    visitor: Visitor, stand_in: StandIn, language: str
) -> None:
    write = switched(visitor, begin(visitor, language), "/write", language)
    letter = press(visitor, write, "/letter", **TYPED)
    letter = switched(visitor, letter, "/letter", OTHER_LANGUAGE[language][0])
    assert visitor.press(*letter.button("/letter.pdf")).status_code == 200
    assert questions(stand_in) == 1


def test_so_does_one_with_a_choice_of_constituencies(visitor: Visitor, stand_in: StandIn) -> None:
    stand_in.postcodes[POSTCODE] = [MANCHESTER, CHORLEY]
    several = begin(visitor)
    assert len(several.buttons("/write", "constituency")) == 2
    write = posted(visitor, *several.buttons("/write", "constituency")[1])
    assert write.heading == "Write to Sir Lindsay Hoyle"
    press(visitor, write, "/letter", **TYPED)
    press(visitor, press(visitor, several, "/constituency"), "/write")
    assert questions(stand_in) == 1


def test_so_does_one_with_a_postcode_that_parliament_does_not_know(visitor: Visitor, stand_in: StandIn) -> None:
    del stand_in.postcodes[POSTCODE]
    assert press(visitor, begin(visitor), "/letter", **TYPED).form_that_shows("body")
    assert questions(stand_in) == 1


def test_the_answer_is_not_lost_on_the_way_to_a_name_by_hand(visitor: Visitor, stand_in: StandIn) -> None:
    write = begin(visitor)
    by_hand = press(visitor, press(visitor, write, "/constituency"), "/by-hand")
    named = press(visitor, by_hand, "/write", mp_name="J. Example", mp_constituency="Chorley")
    back = press(visitor, press(visitor, named, "/constituency"), "/write")
    assert press(visitor, back, "/letter", **TYPED).form_that_shows("body")
    assert questions(stand_in) == 1


def test_a_page_that_asks_to_try_again_passes_it_on(make_app: MakeApp, stand_in: StandIn, visit: Visit) -> None:
    app = make_app(lookup="auto", parliament_api_url=stand_in.url, rate_limits="1/60")
    write = begin(visit(app))
    form, button = write.button("/letter")
    form.fields |= TYPED
    again = Page(visit(app).press(form, button).text)
    assert again.heading == "Too many requests at once"
    assert again.button("/letter")[0].fields["place"] == form.fields["place"]


def test_another_postcode_is_another_question(visitor: Visitor, stand_in: StandIn) -> None:
    write = begin(visitor)
    start = press(visitor, write, "/c/uyghurs")
    assert "place" not in start.button("/write")[0].fields
    other = press(visitor, start, "/write", postcode=ELSEWHERE)
    assert other.heading == "Write to Sir Lindsay Hoyle"
    form, button = other.button("/letter")
    form.fields |= TYPED | {"postcode": POSTCODE}
    assert posted(visitor, form, button).heading == "Your letter to Lucy Powell", "an answer is of its own postcode"
    assert questions(stand_in) == 3


def test_an_outage_in_the_middle_changes_nothing(visitor: Visitor, stand_in: StandIn) -> None:
    member = stand_in.seat_of(POSTCODE).member
    assert member
    member["nameDisplayAs"] = "A New Member"
    write = begin(visitor)
    stand_in.fault = FAULTS["500"]
    assert press(visitor, write, "/letter", **TYPED).heading == "Your letter to A New Member"


def place(app: Flask, postcode: str = POSTCODE, at: float | None = None, ids: tuple[int, ...] = (CHORLEY,)) -> str:
    """An answer as the site signs it, which says something else than the stand-in."""
    answer = PlaceAnswer(ids, int(time.time() if at is None else at))
    text = sign(answer, Postcode.parse(postcode), app.extensions["services"].keyed_hash)
    assert text
    return text


def heading(app: Flask, **fields: Any) -> str:
    response = app.test_client().post("/c/uyghurs/write", data={"postcode": POSTCODE} | fields)
    assert response.status_code == 200
    return Page(response.text).heading


def test_a_valid_answer_is_believed(app: Flask, stand_in: StandIn) -> None:
    assert heading(app, place=place(app)) == "Which constituency do you live in?", "our own list differs"
    assert heading(app, place=place(app, ids=(MANCHESTER,))) == "Write to Lucy Powell"
    assert questions(stand_in) == 0


def test_one_that_is_not_valid_is_asked_for_again_without_a_word(
    app: Flask, make_app: MakeApp, stand_in: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    day = 24 * 3600
    good = place(app)
    bad = [
        "",
        "x",
        good[:-1],
        good.replace(str(CHORLEY), str(MANCHESTER + 1)),
        place(app, ELSEWHERE),
        place(make_app(cache_secret="of another site")),
        place(app, at=time.time() - day - 1),
        place(app, at=time.time() + day),
        "9" * 100_000,
        "\x00\x1b\ud7ff<script>",
    ]
    for n, text in enumerate(bad, start=1):
        assert heading(app, place=text) == "Write to Lucy Powell"
        assert questions(stand_in) == n
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_one_from_before_an_election_is_asked_for_again(make_app: MakeApp, stand_in: StandIn) -> None:
    yesterday = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 24 * 3600))
    app = make_app(
        lookup="auto", parliament_api_url=stand_in.url, parliament_dissolved=f"2026-01-01/{yesterday}"
    )  # fmt: skip
    assert heading(app, place=place(app, at=time.time() - 24 * 3600 + 60)) == "Write to Lucy Powell"
    assert questions(stand_in) == 1


def test_the_page_has_the_newest_answer(app: Flask, stand_in: StandIn) -> None:
    old = place(app, at=time.time() - 25 * 3600)
    page = Page(app.test_client().post("/c/uyghurs/write", data={"postcode": POSTCODE, "place": old}).text)
    new = page.button("/letter")[0].fields["place"]
    assert new.split(".")[1] == str(stand_in.postcodes[POSTCODE][0])
    assert new != old
    page = Page(app.test_client().post("/c/uyghurs/write", data={"postcode": POSTCODE, "place": new}).text)
    assert page.button("/letter")[0].fields["place"] == new, "it does not become younger on the way"


def test_without_an_answer_there_is_none_to_pass_on(app: Flask, stand_in: StandIn) -> None:
    stand_in.fault = FAULTS["500"]
    page = Page(app.test_client().post("/c/uyghurs/write", data={"postcode": POSTCODE, "place": "x"}).text)
    assert "place" not in page.button("/letter")[0].fields


def test_what_is_no_answer_is_not_passed_on(app: Flask) -> None:
    for page in ("constituency", "by-hand"):
        for text in ("x" * 100, "<b>", place(app) + "0"):
            response = app.test_client().post(f"/c/uyghurs/{page}", data={"postcode": POSTCODE, "place": text})
            assert not [form for form in Page(response.text).forms if "place" in form.fields]


def test_it_is_in_no_log_and_no_address(visitor: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    write = begin(visitor)
    form, button = write.button("/letter")
    form.fields |= TYPED
    mark = form.fields["place"].rpartition(".")[2]
    response = visitor.press(form, button)
    assert mark in response.text
    assert mark not in str(response.headers)
    assert mark not in response.url
    assert not [record for record in caplog.records if mark in record.getMessage() or mark in str(record.__dict__)]


def test_an_answer_alone_is_no_letter_that_was_begun(make_app: MakeApp) -> None:
    app = make_app(campaigns_dir="tests/campaigns")
    response = app.test_client().post("/c/ended/write", data={"postcode": POSTCODE, "place": place(app)})
    assert response.status_code == 410
