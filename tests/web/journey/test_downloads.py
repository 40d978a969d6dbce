from email import message_from_bytes, policy
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from flask.testing import FlaskClient

from app.letters.paper.pdf_pool import PdfFailed, PdfPool, PdfPoolBusy
from tests.conftest import WRITER
from tests.web.journey.test_journey import field, post


def test_the_pdf_holds_the_letter(client: FlaskClient) -> None:
    response = post(client, "letter.pdf")
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="letter-to-my-mp.pdf"'
    with pdfplumber.open(BytesIO(response.data)) as pdf:
        text = " ".join(pdf.pages[0].extract_text().split())
    for part in (
        "Rachel Blake MP House of Commons LONDON SW1A 0AA",
        "Siân Example 12 Example Street LLANFAIR SW1A 1AA",
        "Dear Rachel Blake,",
        WRITER["answer-connection"],
        "Yours sincerely, Siân Example",
    ):
        assert part in text


def test_the_draft_and_the_text_hold_the_letter(client: FlaskClient) -> None:
    message = message_from_bytes(post(client, "letter.eml").data, policy=policy.default)
    text = post(client, "letter.txt").text
    assert message["To"] == "rachel.blake.mp@parliament.uk"
    for part in (
        WRITER["answer-connection"],
        "Dear Rachel Blake,",
        "Siân Example\r\n12 Example Street\r\nLLANFAIR\r\nSW1A 1AA",
    ):
        assert part in text
        assert part in message.get_content()


@pytest.mark.parametrize("kind", ["pdf", "eml", "txt"])
def test_downloads_are_not_kept(client: FlaskClient, kind: str) -> None:
    response = post(client, f"letter.{kind}")
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("trouble", "status", "says"),
    [(PdfPoolBusy(), 503, "Wait a few seconds"), (PdfFailed("x"), 422, "Copy the text below")],
)
def test_when_the_pdf_cannot_be_made_the_letter_is_still_there(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, trouble: Exception, status: int, says: str
) -> None:
    def fail(*args: Any) -> bytes:
        raise trouble

    monkeypatch.setattr(PdfPool, "typeset", fail)
    response = post(client, "letter.pdf", subject="Mine", body="My changed letter")
    assert response.status_code == status
    assert says in response.text
    assert field(response, "body") == "My changed letter"


def test_a_header_cannot_be_smuggled_in(client: FlaskClient) -> None:
    raw = post(client, "letter.eml", subject="Mine\r\nBcc: other@example.org", body="Text").data
    message = message_from_bytes(raw, policy=policy.default)
    assert message["Bcc"] is None
    assert message["Subject"] == "Mine Bcc: other@example.org"
