"""When there is too much to do: who is turned away, and what they are told."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask.testing import FlaskClient

from app.i18n.languages import LANGUAGES
from app.letters.paper.pdf_pool import PdfFailed, PdfPool, PdfPoolBusy
from app.server.waiting import seconds_waited
from app.web.http.busy import LONGEST_WAIT, LONGEST_WAIT_FOR_GET
from tests.conftest import WRITER
from tests.page import Page
from tests.web.journey.test_journey import field, heading, post

LETTERS = ("write", "letter", "letter.pdf", "letter.txt", "constituency", "by-hand", "follow-up")


@contextmanager
def waited(seconds: float) -> Iterator[None]:
    """As if requests had waited for a thread."""
    token = seconds_waited.set(seconds)
    try:
        yield
    finally:
        seconds_waited.reset(token)


@pytest.mark.parametrize("prefix", ["", "/cy"])
@pytest.mark.parametrize("page", LETTERS)
def test_who_writes_is_told_to_come_again_and_takes_everything_along(
    client: FlaskClient, prefix: str, page: str
) -> None:
    typed = WRITER | {"subject": "S", "body": "My\nletter & “more”", "constituency": "3985"}
    path = f"{prefix}/c/uyghurs/{page}"
    with waited(LONGEST_WAIT + 0.1):
        refused = client.post(path, data=typed)
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["Cache-Control"] == "private, no-cache"
    forms = [(form, button) for form, button in Page(refused.text).buttons(path) if button.target == path]
    ((form, _),) = forms
    assert form.fields == typed
    again = client.post(path, data=form.fields, content_type="multipart/form-data")
    assert again.status_code in (200, 409)


def test_what_was_sent_twice_under_one_name_goes_along_twice(client: FlaskClient) -> None:
    with waited(LONGEST_WAIT + 0.1):
        refused = client.post("/c/uyghurs/write", data={"postcode": "SW1A 1AA", "constituency": ["1", "3985"]})
    assert [refused.text.count(f'name="constituency" value="{number}"') for number in (1, 3985)] == [1, 1]


def test_newcomers_are_turned_away_before_those_who_write(client: FlaskClient) -> None:
    with waited(LONGEST_WAIT_FOR_GET + 0.1):
        refused = client.get("/c/uyghurs?from=news")
        assert refused.status_code == 503
        assert heading(refused) == "We are very busy at the moment"
        assert '<a class="button" href="/c/uyghurs?from=news">Try again</a>' in refused.text
        assert post(client, "write").status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/static/style.css"])
def test_what_costs_nothing_is_always_answered(client: FlaskClient, path: str) -> None:
    with waited(60):
        assert client.get(path).status_code == 200


def test_who_did_not_wait_is_served(client: FlaskClient) -> None:
    with waited(LONGEST_WAIT_FOR_GET / 2):
        assert client.get("/c/uyghurs").status_code == 200


def test_a_password_is_repeated_nowhere(client: FlaskClient) -> None:
    with waited(60):
        assert "hush" not in client.post("/studio/log-in", data={"password": "hush"}).text


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_letter_for_which_there_is_no_press_is_kept(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def busy(self: PdfPool, paper: object) -> bytes:
        raise PdfPoolBusy

    monkeypatch.setattr(PdfPool, "typeset", busy)
    refused = client.post(f"{'/cy' if code == 'cy' else ''}/c/uyghurs/letter.pdf", data=WRITER)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert WRITER["answer-connection"] in field(refused, "body")
    assert client.get("/c/uyghurs/poster.pdf").headers["Retry-After"] == "10"


def test_a_letter_that_does_not_print_is_no_fault_of_ours(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: PdfPool, paper: object) -> bytes:
        raise PdfFailed("ValueError")

    monkeypatch.setattr(PdfPool, "typeset", fails)
    refused = post(client, "letter.pdf")
    assert refused.status_code == 422
    assert "The PDF could not be made" in refused.text
    assert WRITER["answer-connection"] in field(refused, "body")
    assert client.get("/c/uyghurs/poster.pdf").status_code == 422
