"""Paper is made of what is typed, and of nothing that it names: no address is called, no file is read."""

import socket
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pdfplumber
import pytest
from flask.testing import FlaskClient

from app.letters.paper.pdf_pool import PdfPool
from app.letters.paper.poster import Poster
from tests.conftest import WRITER
from tests.security.typed import FILE

SECRET = "not-to-be-printed"


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Where anybody on this machine could call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def hostile(listener: socket.socket, secret: Path) -> list[str]:
    """Texts that would have something fetched, or read, if they were more than text."""
    here = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    return [
        f"<img src={here}>",
        f"<link rel=stylesheet href={here}>",
        f"<link rel=attachment href=file://{secret}>",
        f"<style>@import '{here}'; body {{ background: url({here}) }}</style>",
        f"</title><object data={here}></object>",
        f"<svg><image href={here} /></svg>",
        f"<iframe src=file://{secret}></iframe>",
        f'"><p style="content: url({here})">',
        f"url({here}) @import '{here}';",
        f"<!--#include file={secret}--> &x; <!ENTITY x SYSTEM 'file://{secret}'>",
    ]


@pytest.fixture
def texts(listener: socket.socket, tmp_path: Path) -> list[str]:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    return hostile(listener, secret)


def check(pdf: bytes, listener: socket.socket) -> str:
    """That nobody called, and nothing is in a PDF but its own text; which is that."""
    with pytest.raises(BlockingIOError):
        listener.accept()
    assert SECRET.encode() not in pdf
    assert b"/EmbeddedFile" not in pdf
    with pdfplumber.open(BytesIO(pdf)) as printed:
        text = " ".join(page.extract_text() for page in printed.pages)
    assert SECRET not in text
    return text


def test_a_letter_as_it_is_typed(client: FlaskClient, listener: socket.socket, texts: list[str]) -> None:
    fields = dict(zip(("name", "address_line_1", "town"), (texts[0], texts[1], texts[4]), strict=True))
    body = "Dear Rachel Blake,\n\n" + "\n\n".join(texts)
    answers = [
        client.post("/c/uyghurs/letter.pdf", data=WRITER | fields | {"answer-connection": "\n\n".join(texts)}),
        client.post("/c/uyghurs/letter.pdf", data=WRITER | {"subject": texts[1], "body": body}),
        client.post("/c/uyghurs/letter.pdf", data=WRITER | {"mp_name": texts[0], "mp_constituency": texts[1]}),
    ]
    for answer in answers:
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert "<img" in check(answer.data, listener) or answer is answers[1]


def test_a_letter_of_a_campaign_file(client: FlaskClient, listener: socket.socket, texts: list[str]) -> None:
    letter = "\n\n".join(texts).replace("{", "(").replace("}", ")")
    answer = client.post("/studio/letter.pdf", data=FILE | {"file": FILE["file"].replace("Will you help?", letter)})
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert "<iframe" in check(answer.data, listener)


def test_a_poster(pdf_pool: PdfPool, listener: socket.socket, texts: list[str]) -> None:
    for text in texts[:3]:
        pdf = pdf_pool.typeset(Poster(text, text, text, "https://write.example.org/c/x", text))
        assert "link" in check(pdf, listener) or "img" in check(pdf, listener)
