"""The letter as e-mail: nothing is lost on its way into a mail program, and what does not fit is left out whole."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import cycle, islice
from urllib.parse import unquote, unquote_to_bytes

import pytest

from app.letters import email
from app.letters.email import MAIL_PROGRAMS, MailLink, MailProgram
from app.letters.letter import Letter
from app.letters.text import LONGEST_LETTER
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
COPY_TO = "sian+copy@example.org"
WORDS = {
    "English": "the river behind our street was clean when we came here, and now it is not. Will you ask why?",
    "Welsh": "mae’r afon y tu ôl i’n tŷ yn frwnt, ac mae’r ŵyn a’r gwŷdd yn dioddef. A wnewch chi ofyn pam?",
    "Arabic": "كان النهر خلف شارعنا نظيفًا حين جئنا إلى هنا وهو اليوم ليس كذلك فهل تسألون عن السبب؟",
    "Chinese": "我们 街道 后面 的河 在我们 来时 是干净 的， 现在 不是 了。 您能 问问 原因 吗？",
    "emoji": "😀 rain 👩‍🔬 🏴 🇬🇧 👍🏽 ❤️ no 🏊",
    "signs": "100% A&B #1 a+b x=y why? “q” \"q\" it’s 'so' 50/50 <b> [c] {d} \\n %0A %26 +44 ; : @ ! $ ( ) * ,",
}
LENGTHS = range(50, 1_501, 50)  # words
ALWAYS = {"Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
"""The headers of every draft."""


def of_words(count: int, language: str) -> Letter:
    """A letter of so many words, with line breaks, and a list in every other paragraph."""
    words = list(islice(cycle(WORDS[language].split(" ")), count))
    paragraphs = [words[start : start + 40] for start in range(0, count, 40)]
    text = "\n\n".join(
        " ".join(some) if number % 2 else f"{' '.join(some[:20])}\n- {' '.join(some[20:30])}\n- {' '.join(some[30:])}"
        for number, some in enumerate(paragraphs)
    )
    subject = " ".join(words[:10])
    return replace(LETTER, subject=subject, body=f"Dear Alex Baker,\n\n{text}\n\nYours sincerely,\n\n{SENDER.name}")


def all_letters() -> Iterator[Letter]:
    yield LETTER
    for language in WORDS:
        for count in LENGTHS:
            yield of_words(count, language)


def fields(link: MailLink) -> dict[str, str]:
    """What a link fills in, read as RFC 6068 and the webmails read it: a plus is a plus."""
    fields = dict(pair.split("=") for pair in link.href.partition("?")[2].split("&"))
    for text in fields.values():
        unquote_to_bytes(text).decode()  # and never half a character
    return {name: unquote(text) for name, text in fields.items()}


def whole_length(program: MailProgram, letter: Letter, copy_to: str = "") -> int:
    """How long a link would be that holds all of a letter."""
    endless = replace(program, longest=10**9)
    return len(email._link(endless, letter, copy_to).href)


def read(letter: Letter, copy_to: str = "") -> EmailMessage:
    message = message_from_bytes(email.draft(letter, copy_to), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_address_stands_under_the_name() -> None:
    assert email.email_text(LETTER) == TEXT


def test_a_letter_whose_ending_was_changed_still_says_who_wrote_it() -> None:
    assert email.email_text(replace(LETTER, body="Hello.")) == (
        "Hello.\n\nSiân Example\n12 Example Street\nLLANFAIR\nSW1A 1AA\n"
    )


@pytest.mark.parametrize("copy_to", ["", COPY_TO])
@pytest.mark.parametrize("language", WORDS)
def test_a_link_holds_the_whole_letter_or_none_of_it(language: str, copy_to: str) -> None:
    for count in LENGTHS:
        letter = of_words(count, language)
        links = email.links(letter, copy_to)
        assert [link.program for link in links] == list(MAIL_PROGRAMS)
        for link in links:
            program = link.program
            assert len(link.href) <= program.longest
            assert re.fullmatch(r"[!-~]+", link.href), "neither spaces nor line breaks nor letters beyond ASCII"
            assert "+" not in link.href, "mail programs read + as a plus, webmail as a space"
            assert "%0A" not in link.href.replace("%0D%0A", ""), "RFC 6068: line breaks are CR and LF"
            held = fields(link)
            assert held.get("cc", "") == copy_to
            assert link.has_letter == (whole_length(program, letter, copy_to) <= program.longest)
            assert held.get("body") == (email.email_text(letter).replace("\n", "\r\n") if link.has_letter else None)
            assert held.get(program.subject) == (letter.subject if link.has_subject else None)
            assert link.has_subject or not link.has_letter
            assert held.get("to", LETTER.email) == LETTER.email


@pytest.mark.parametrize("program", MAIL_PROGRAMS, ids=lambda program: program.name)
def test_a_link_takes_the_letter_up_to_the_last_character(program: MailProgram) -> None:
    room = program.longest - whole_length(program, replace(LETTER, body=""))
    assert 0 < room < LONGEST_LETTER
    full, over = (replace(LETTER, body="a" * size) for size in (room, room + 1))
    assert email._link(program, full, "").has_letter
    assert len(email._link(program, full, "").href) == program.longest
    link = email._link(program, over, "")
    assert (link.has_letter, link.has_subject) == (False, True)
    assert "body" not in link.href


@pytest.mark.parametrize("program", MAIL_PROGRAMS, ids=lambda program: program.name)
def test_a_subject_that_does_not_fit_is_left_out_whole(program: MailProgram) -> None:
    letter = replace(LETTER, subject="👩🏽‍🔬" * 100)
    link = email._link(program, letter, COPY_TO)
    assert link.has_subject == (len(letter.subject.encode()) * 3 < program.longest)
    assert (program.subject in fields(link)) == link.has_subject
    assert fields(link)["cc"] == COPY_TO


def test_a_short_letter_fits_every_program() -> None:
    assert all(link.has_letter for link in email.links(LETTER, COPY_TO))
    assert email.links(LETTER)[-1].href.startswith("mailto:alex.baker.mp@parliament.uk?subject=Fair%20%26%20square%3F")


@pytest.mark.parametrize(
    ("address", "quoted"),
    [
        ("alex.baker.mp@parliament.uk", "alex.baker.mp@parliament.uk"),
        ("alex+letters@example.org", "alex%2Bletters@example.org"),
        ("a&b=c?d@example.org", "a%26b%3Dc%3Fd@example.org"),
        ("o'neill#1@example.org", "o%27neill%231@example.org"),
        ('"alex baker"@example.org', "%22alex%20baker%22@example.org"),
        ("50%/50@example.org", "50%25%2F50@example.org"),
    ],
)
def test_nothing_in_an_address_can_be_taken_for_the_rest_of_a_link(address: str, quoted: str) -> None:
    links = {link.program.name: link for link in email.links(replace(LETTER, email=address))}
    path = links["My email app"].href.removeprefix("mailto:").partition("?")[0]
    assert path == quoted
    assert re.fullmatch(r"(?:[\w\-.~!$'()*,;:@]|%[0-9A-F]{2})+", path, re.ASCII), "RFC 6068, section 2"
    assert fields(links["Gmail"])["to"] == address
    copy = fields(email.links(LETTER, address)[-1])
    assert list(copy) == ["cc", "subject", "body"]
    assert copy["cc"] == address


def test_no_links_without_an_address() -> None:
    assert email.links(replace(LETTER, email=""), COPY_TO) == []


def test_the_draft_reads_back() -> None:
    for letter in all_letters():
        raw = email.draft(letter, COPY_TO)
        message = read(letter, COPY_TO)
        assert set(message.keys()) == ALWAYS | {"To", "Cc"}, "without From and Date it is still to be sent"
        assert message["To"] == letter.email
        assert message["Cc"] == COPY_TO
        assert message["Subject"] == letter.subject
        assert message["X-Unsent"] == "1"
        assert message.get_content().replace("\r\n", "\n") == email.email_text(letter)
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert b"\r" not in raw.replace(b"\r\n", b"")
        assert max(map(len, raw.split(b"\r\n"))) <= 998, "RFC 5322, section 2.1.1"


def test_a_draft_to_nobody_yet() -> None:
    message = read(replace(LETTER, email=""))
    assert set(message.keys()) == ALWAYS
    assert message.get_content().replace("\r\n", "\n") == TEXT


@pytest.mark.parametrize("language", [language for language in WORDS if language != "emoji"])
def test_a_long_subject_keeps_its_spaces(language: str) -> None:
    words = list(islice(cycle(WORDS[language].split(" ")), 60))
    for start in range(0, 8, 3):
        for end in range(start + 3, 60):
            subject = " ".join(words[start:end])
            assert read(replace(LETTER, subject=subject))["Subject"] == subject


@pytest.mark.parametrize("word", ["a" * 9_000, "ŵ" * 9_000, "😀" * 2_000])
def test_a_draft_has_no_line_too_long_for_a_mail_server(word: str) -> None:
    letter = replace(LETTER, body=word, subject=word[:400])
    assert max(map(len, email.draft(letter).split(b"\r\n"))) <= 998
    assert read(letter)["Subject"] == letter.subject
    assert read(letter).get_content().startswith(word)


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_a_line_break_begins_no_header(ending: str) -> None:
    """The forms leave none in; this is the second lock on the door."""
    letter, address = replace(LETTER, subject=f"Mine{ending}Bcc: other@example.org"), f"a@b.org{ending}Bcc: c@d.org"
    for made, copy_to in ((letter, ""), (LETTER, address)):
        with suppress(ValueError):  # or it is refused
            assert set(read(made, copy_to).keys()) == ALWAYS | {"To"}


@pytest.mark.parametrize(
    "subject",
    [
        "=?utf-8?q?Mine=0ABcc:_other=40example.org?=",
        "=?utf-8?q?Mine=0D=0ABcc:_other=40example.org=0D=0A=0D=0AText?=",
        "Mine =?utf-8?b?DQpCY2M6IG90aGVyQGV4YW1wbGUub3Jn?=",
        "Mine =?utf-8?q?=00=E2=80=AE?=",
    ],
)
def test_a_subject_that_is_written_like_an_encoded_one_holds_no_header(subject: str) -> None:
    message = read(replace(LETTER, subject=subject))
    assert set(message.keys()) == ALWAYS | {"To"}
    assert not re.search("[\x00-\x1f\u202e]", message["Subject"])
    assert message.get_content().replace("\r\n", "\n") == TEXT


def test_the_text_file_is_whole() -> None:
    assert email.plain_text(LETTER) == (
        f"To: {LETTER.email}\nSubject: {LETTER.subject}\n\n{TEXT}".replace("\n", "\r\n")
    )
    assert email.plain_text(replace(LETTER, email="")).startswith(
        "To: Alex Baker MP, House of Commons, LONDON, SW1A 0AA\r\n"
    )
