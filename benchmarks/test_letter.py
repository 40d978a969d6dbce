"""Pages and PDFs: the work of one visitor."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.letters.letter import Letter
from app.letters.pdf import Typesetter
from app.letters.press import Press
from tests.conftest import SENDER, WRITER, settings

Benchmark = Callable[..., Any]
PARAGRAPH = "I live in your constituency, and I write about something that matters to me and to my street. " * 3
LETTER = Letter(
    sender=SENDER,
    recipient=("Alex Baker MP", "House of Commons", "LONDON", "SW1A 0AA"),
    email="",
    date=date(2026, 11, 22),
    subject="A letter of one page",
    body="\n\n".join(["Dear Alex Baker,", *[PARAGRAPH] * 5, "Yours sincerely,", SENDER.name]),
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(settings()).test_client()


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    press = Press(processes=1)
    press.typeset(LETTER)
    yield press
    press.stop()


@pytest.mark.benchmark(group="a PDF from the press, beside one with nothing kept warm")
def test_pdf_from_the_press(benchmark: Benchmark, press: Press) -> None:
    benchmark(press.typeset, LETTER)


@pytest.mark.benchmark(group="a PDF from the press, beside one with nothing kept warm")
def test_pdf_with_a_new_typesetter_each(benchmark: Benchmark) -> None:
    benchmark(lambda: Typesetter().typeset(LETTER))


@pytest.mark.benchmark(group="pages, beside the health check")
def test_health(benchmark: Benchmark, client: FlaskClient) -> None:
    benchmark(client.get, "/healthz")


@pytest.mark.benchmark(group="pages, beside the health check")
@pytest.mark.parametrize("page", ["write", "letter", "letter.txt"])
def test_page(benchmark: Benchmark, client: FlaskClient, page: str) -> None:
    benchmark(client.post, f"/c/uyghurs/{page}", data=WRITER)
