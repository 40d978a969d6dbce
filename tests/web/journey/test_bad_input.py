"""Bad input gets its page, the right status, and all that was typed back."""

import logging
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Response
from flask.testing import FlaskClient

from app.mp.snapshot.snapshot import EMBEDDED, INDEX_FILE, MEMBERS_FILE
from tests.conftest import WRITER, MakeApp
from tests.stand_in import StandIn
from tests.web.html import Html
from tests.web.journey.test_journey import field, heading, post


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ("", 422, "Enter your postcode"),
        ("   ", 422, "Enter your postcode"),
        ("York", 422, "Enter a full UK postcode, like SW1A 1AA"),
        ("SW1A", 422, "This looks like the beginning of one"),
        ("SW1A 1AC", 422, "Enter a full UK postcode"),
        ("<script>alert(1)</script>", 422, "Enter a full UK postcode"),
        ("x" * 50_000, 422, "Enter a full UK postcode"),
        ("SW1A 9ZZ", 404, "We do not know the postcode SW1A 9ZZ"),
        ("JE2 3AB", 422, "Jersey, Guernsey and the Isle of Man have no MP"),
        ("GX11 1AA", 422, "British overseas territories have no MP"),
        ("BFPO 57", 422, "A BFPO address is in no constituency"),
        ("BX1 1LT", 422, "This postcode stands for no place"),
    ],
)
@pytest.mark.parametrize("page", ["write", "letter", "letter.pdf"])
def test_a_postcode_that_leads_nowhere(client: FlaskClient, page: str, typed: str, status: int, says: str) -> None:
    response = post(client, page, postcode=typed)
    assert response.status_code == status
    assert says in response.text
    assert "<script>alert" not in response.text
    assert field(response, "name") == WRITER["name"]
    assert field(response, "answer-connection") == WRITER["answer-connection"]


def test_a_form_without_fields(client: FlaskClient) -> None:
    for page in ("write", "letter", "letter.pdf", "letter.txt", "letter.eml"):
        assert client.post(f"/c/uyghurs/{page}").status_code == 422


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": ""}, "Enter your full name"),
        ({"name": " \t "}, "Enter your full name"),
        ({"name": "x" * 101}, "Full name must be 100 characters or fewer"),
        ({"address_line_1": ""}, "Enter the first line of your address"),
        ({"town": ""}, "Enter your town or city"),
        ({"town": "\x00\x1b"}, "Enter your town or city"),
        ({"address_line_2": "x" * 60_000}, "must be 100 characters or fewer"),
        ({"answer-connection": ""}, "Write a few words of your own"),
        ({"answer-connection": "word " * 200}, "Use 150 words or fewer. You have used 200"),
        ({"answer-connection": "w" * 20_000}, "Use 150 words or fewer"),
    ],
)
def test_a_form_with_mistakes_comes_back_with_them(client: FlaskClient, changes: dict[str, str], says: str) -> None:
    response = post(client, "letter", **changes)
    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert response.text.count(says) == 2, "in the summary and at the field"
    (name,) = changes
    assert f'<a href="#{name}">' in response.text
    assert f'id="{name}-error"' in response.text
    if name != "name":
        assert f'value="{WRITER["name"]}"' in response.text
    if name != "answer-connection":
        assert field(response, "answer-connection") == WRITER["answer-connection"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"body": ""}, "The letter is empty"),
        ({"subject": ""}, "Enter a subject"),
        ({"subject": "x" * 401}, "The subject must be 400 characters or fewer"),
        ({"body": "word " * 2_100}, "The letter is too long"),
        ({"body": "a\n" * 400}, "The letter is too long"),
    ],
)
def test_a_changed_letter_with_mistakes_comes_back(client: FlaskClient, changes: dict[str, str], says: str) -> None:
    for page in ("letter", "letter.pdf"):
        response = post(client, page, **{"subject": "Mine", "body": "My letter", **changes})
        assert response.status_code == 422
        assert response.text.count(says) == 2
        if "body" not in changes:
            assert field(response, "body") == "My letter"


def test_answers_too_long_together_are_sent_back(client: FlaskClient) -> None:
    answers = {
        "answer-topic": "Bus",
        "answer-story": "\n\n".join("ab"[n % 2] for n in range(380)),
        "answer-ask": "Ask.",
    }
    response = post(client, "letter", campaign="your-own-letter", **answers)
    assert response.status_code == 422
    assert "The letter is too long" in response.text
    assert field(response, "answer-story").startswith("a\n\nb")


def test_control_characters_never_reach_the_letter(client: FlaskClient) -> None:
    typed = "I\x00 saw\x1b[31m it \u202eself\u202c.\ud800"
    response = client.post(
        "/c/uyghurs/letter", data=WRITER | {"answer-connection": typed.encode("utf-8", "surrogatepass")}
    )
    assert response.status_code == 200
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e]", field(response, "body"))


@pytest.mark.parametrize("page", ["write", "letter", "letter.pdf"])
@pytest.mark.parametrize("number", ["abc", "-1", "1" * 400, "99999", "٣"])
def test_a_constituency_that_is_none(
    client: FlaskClient, live_client: FlaskClient, stand_in: StandIn, page: str, number: str
) -> None:
    for visitor in (client, live_client):
        response = post(visitor, page, constituency=number)
        assert response.status_code == 400
        assert heading(response) == "Which constituency do you live in?"
        assert "There is no such constituency" in response.text
        seats = response.text.count('<button class="second seat" name="constituency" value="')
        assert seats == 651, "the one nearby, and all"
        assert field(response, "answer-connection") == WRITER["answer-connection"]


def test_an_empty_constituency_is_that_of_the_postcode(client: FlaskClient) -> None:
    assert heading(post(client, "write", constituency="")) == "Write to Rachel Blake"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"mp_name": "", "mp_constituency": "Chorley"}, "Enter your MP’s name"),
        ({"mp_name": "\x00", "mp_constituency": "Chorley"}, "Enter your MP’s name"),
        ({"mp_name": "Jane Example", "mp_constituency": ""}, "Enter the name of your constituency"),
        ({"mp_name": "x" * 61, "mp_constituency": "Chorley"}, "must be 60 characters or fewer"),
    ],
)
def test_a_name_by_hand_with_mistakes(client: FlaskClient, changes: dict[str, str], says: str) -> None:
    for page in ("write", "letter", "letter.pdf"):
        response = post(client, page, **changes)
        assert response.status_code == 422
        assert response.text.count(says) == 2
        assert field(response, "answer-connection") == WRITER["answer-connection"]


def test_the_form_for_a_name_by_hand_has_the_seat_in_the_pages_language(client: FlaskClient) -> None:
    chosen = {"postcode": "CF10 3ND", "constituency": "4506"}
    for path, name in (("", "Cardiff South and Penarth"), ("/cy", "De Caerdydd a Phenarth")):
        page = Html.of(client.post(f"{path}/c/uyghurs/by-hand", data=chosen))
        assert page.field("mp_constituency") == name


def test_a_name_by_hand_turns_into_nothing_else(client: FlaskClient) -> None:
    named = {"mp_name": "<b>{{ 7 * 7 }}</b>\r\nBcc: x@example.org", "mp_constituency": "{% if x %}"}
    for page in ("letter", "letter.eml", "letter.txt", "letter.pdf"):
        response = post(client, page, **named)
        assert response.status_code == 200
    assert "<b>" not in post(client, "letter", **named).text
    assert "Dear <b>{{ 7 * 7 }}</b> Bcc: x@example.org," in field(post(client, "letter", **named), "body")


@pytest.mark.parametrize("name", [INDEX_FILE, MEMBERS_FILE])
def test_damaged_data_is_left_out_and_said_so(
    make_app: MakeApp, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / name).write_bytes((EMBEDDED / name).read_bytes()[:1000])
    client = make_app(data_dir=tmp_path).test_client()
    assert heading(post(client, "write")) == "Write to Rachel Blake"
    health = client.get("/healthz")
    assert health.status_code == 200
    assert health.json
    assert health.json["status"] == "degraded"
    assert name in health.json["problems"][0]
    assert name in caplog.text


def test_without_any_sound_data_the_name_can_be_written_by_hand(
    make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mp.snapshot.snapshot.EMBEDDED", tmp_path)
    client = make_app(data_dir=tmp_path).test_client()
    response = post(client, "write")
    assert response.status_code == 200
    assert "Write your MP’s name yourself" in response.text
    letter = post(client, "letter", mp_name="Jane Example", mp_constituency="Chorley")
    assert field(letter, "body").startswith("Dear Jane Example,")
    assert client.get("/").status_code == 200
    assert client.get("/healthz").json["snapshot_date"] is None  # type: ignore[index]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/c/nobody", 404),
        ("POST", "/c/nobody/write", 404),
        ("GET", "/c/%2e%2e%2fconfig", 404),
        ("GET", "/c/uyghurs/write", 405),
        ("GET", "/c/uyghurs/letter.pdf", 405),
        ("DELETE", "/c/uyghurs", 405),
        ("PUT", "/", 405),
        ("POST", "/c/uyghurs/letter.doc", 404),
    ],
)
def test_wrong_addresses_and_methods_have_pages(client: FlaskClient, method: str, path: str, status: int) -> None:
    response = client.open(path, method=method, data=WRITER if method == "POST" else None)
    assert response.status_code == status
    is_of_campaign = status == 405 and path != "/"
    assert ("Go to the campaign" if is_of_campaign else "Go to the beginning") in response.text
    assert ("Allow" in response.headers) == (status == 405)


_MEGABYTE = b"x" * 1_000_000
_PART = b'--b\r\nContent-Disposition: form-data; name="body"\r\n\r\n'


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"body=" + _MEGABYTE),
        ("multipart/form-data; boundary=b", _PART + _MEGABYTE + b"\r\n--b--\r\n"),
    ],
)
def test_a_megabyte_is_refused(client: FlaskClient, content_type: str, body: bytes) -> None:
    response = client.post("/c/uyghurs/letter", data=body, content_type=content_type)
    assert response.status_code == 413
    assert heading(response) == "That is too long"


def test_a_fault_of_ours_has_a_page_and_logs_nothing_typed(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("app.letters.composition.filled_in", broken)
    monkeypatch.setattr(client.application, "testing", False)
    response = post(client, "letter")
    assert response.status_code == 500
    assert heading(response) == "Something went wrong"
    assert "broken" not in response.text
    assert not [text for text in WRITER.values() if text in caplog.text]


def test_nothing_about_a_person_is_logged(
    live_client: FlaskClient, stand_in: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # as the app sets it
    for status in (200, 429, 500, 502):
        stand_in.fault = lambda status=status: Response("{", status=status)
        for page in ("write", "letter", "letter.pdf"):
            post(live_client, page)
        post(live_client, "write", postcode="SW1A1A")
    app_log = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("tests."))
    assert "Members API" in app_log
    for text in (*WRITER.values(), "SW1A"):
        assert text not in app_log
