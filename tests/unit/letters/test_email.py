from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from app.letters import email
from app.letters.letter import Letter
from tests.conftest import SENDER

LETTER = Letter(
    sender=SENDER,
    recipient=("Alex Baker MP", "House of Commons", "LONDON", "SW1A 0AA"),
    email="alex.baker.mp@parliament.uk",
    date=date(2026, 11, 22),
    subject="Fair & square? 100% — ŵ + “q”",
    body="Dear Alex Baker,\n\nA & B = C + 100 %?\nNext line.\n\nYours sincerely,\n\nSiân Example",
)
TEXT = LETTER.body + "\n12 Example Street\nLLANFAIR\nSW1A 1AA\n"
LONG = replace(LETTER, body=LETTER.body.replace("Next line.", "Many words. " * 300))


def test_the_address_stands_under_the_name() -> None:
    assert email.email_text(LETTER) == TEXT


def test_a_letter_whose_ending_was_changed_still_says_who_wrote_it() -> None:
    assert email.email_text(replace(LETTER, body="Hello.")) == (
        "Hello.\n\nSiân Example\n12 Example Street\nLLANFAIR\nSW1A 1AA\n"
    )


def test_mailto_holds_the_whole_letter() -> None:
    link = email.mailto(LETTER)
    assert len(link) <= 1_900
    assert link.startswith("mailto:alex.baker.mp@parliament.uk?subject=")
    assert link.isascii()
    assert "+" not in link, "mail programs read + as a plus"
    assert "%0D%0A" in link
    fields = dict(pair.split("=") for pair in urlsplit(link).query.split("&"))
    assert unquote(fields["subject"]) == LETTER.subject
    assert unquote(fields["body"]) == TEXT.replace("\n", "\r\n")


def test_mailto_is_never_cut() -> None:
    assert email.mailto(LONG) == ""
    link = email.mailto_without_body(LONG)
    assert parse_qs(urlsplit(link).query) == {"subject": [LONG.subject]}


def test_no_mailto_without_an_address() -> None:
    assert email.mailto(replace(LETTER, email="")) == ""


@pytest.mark.parametrize("letter", [LETTER, LONG, replace(LETTER, email="")])
def test_the_draft_reads_back(letter: Letter) -> None:
    raw = email.draft(letter)
    message = message_from_bytes(raw, policy=policy.default)
    assert message["To"] == (letter.email or None)
    assert message["Subject"] == letter.subject
    assert message["X-Unsent"] == "1"
    assert message["From"] is None
    assert message["Date"] is None
    assert message.get_content().replace("\r\n", "\n") == email.email_text(letter)
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_the_text_file_is_whole() -> None:
    assert email.plain_text(LETTER) == (
        f"To: {LETTER.email}\nSubject: {LETTER.subject}\n\n{TEXT}".replace("\n", "\r\n")
    )
    assert email.plain_text(replace(LETTER, email="")).startswith(
        "To: Alex Baker MP, House of Commons, LONDON, SW1A 0AA\r\n"
    )
