"""Text that means harm, or came out of a broken program: a letter is made of it, or it is refused, and nothing breaks.

FUZZ_EXAMPLES in the environment says how many letters to try; ``make fuzz`` tries ten thousand.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from random import Random
from time import perf_counter
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict

from app.campaigns.campaign import Campaign
from app.letters import email
from app.letters.checks import checks
from app.letters.composition import Composition
from app.letters.edits import fingerprints, sections, with_edits
from app.letters.letter import Letter, LetterTooLong, Proof, TooManyPages
from app.letters.paper.kinds import MOST_PAGES
from app.letters.paper.pdf_pool import PdfPool, PdfPoolBusy
from app.letters.personal import personal
from app.letters.reminder import reminder
from app.letters.text import LONGEST_LETTER
from app.mp.people import Constituency, Contact, Member
from app.web.journey.forms import LONGEST_LINE, LetterForm, writer_form
from tests.conftest import WRITER

pytestmark = pytest.mark.system

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))
MOST_MEMORY = 150  # megabytes of a process that makes PDFs
MEMBER = Member(172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott", contact=Contact("d.a@example.org"))
HACKNEY = Constituency(4074, "Hackney North and Stoke Newington", "England")
TODAY = date(2026, 11, 22)
CAMPAIGN = Campaign.model_validate(
    {
        "slug": "x",
        "title": "X",
        "subject": "{{ answers.topic }}",
        "questions": [
            {"id": "topic", "label": "What about?", "max_words": 20},
            {"id": "aside", "label": "Where?", "max_words": 1000},
            {"id": "story", "label": "What happened?", "max_words": 1000},
        ],
        "body": "I live at {{ answers.aside }}, and write.\n\n{{ answers.story }}\n\nWill you help?",
    }
)
HEADERS = {"To", "Cc", "Subject", "X-Unsent", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"}
BIDI = frozenset("LRE RLE LRO RLO PDF LRI RLI FSI PDI".split())

# Hostile text is made of pieces, most of them something small over and over.

# fmt: off
SMALL = (
    "a", "á", "W", "ŵ", "i\u0307", "ﷺ", "𒐫", "𝕳", "😀", "🏴", "👍🏽", "🇬", "1\ufe0f\u20e3", "א",
    "ب", "क्ष", "ཀྵ", "ก็", "한", "龘",
    "\n", "\n\n", "\r", "\r\n", "\r\n\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x00", "\x1b[31m", "\x7f",
    "a\n", "- a\n", "- \n", "-\n\n", "a\n\n", "- a\n\nb\n", " \n", "\t", " ", "\xa0", "\u3000", "a ", "\u200b", "\xad",
    "\u202e", "\u2066", "\u2069", "\u061c", "\u200e", "\u200f", "\u202ea\u202c", "אa", "a1ב2", "(א[", "١a", "אa\n",
    "\u0301", "a\u0337", "e\u0301\u0302\u0303\u0304", "\u0651", "ب\u064b", "\u05b0", "\u0489", "\u0e31", "\u093c",
    "👩\u200d", "\u200d", "\u200c", "\ufe0f", "\U000e0100", "\U000e0067", "\U0001f3f4\U000e0067\U000e007f", "\ufeff",
    "\ud800", "\udc00", "\ud83d", "\ufffe", "\U0010ffff", "\ue000", "\ue001\ue002", "\U000f0000", "\ufffc", "\ufffd",
    "“", "‘", '"', "{{", "{%", "[", "<", "&", "%0A", "+", "!?", "A A ", "you are ", "I will ", "_", "…", ".....", "\\",
)
SNIPPETS = (
    "{{ member.email }}", "{% if x %}", "{% raw %}", "{{ ''.__class__ }}", "{{ config }}", "{# #}", "{%- endraw -%}",
    "<script>alert(1)</script>", "</p></body>", "<!--", "]]>", "&#0;", "&lrm;", "<img src=x>", "<a href='//x'>", "<br>",
    "url(http://127.0.0.1/)", "}@import 'x';", "@page{size:1px}", 'style="font-size:9999pt"', "expression(1)", "\\0a ",
    "https://www.example.org/" + "a" * 300, "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "//[::1]/",
    "x\r\nBcc: other@example.org", "\nFrom: a@b.c\n\n", "x\rTo: a@b.c", "\r\n.\r\n", "From here\n", "--==\nX", "=3D=\n",
    "=?utf-8?q?x=0D=0ABcc:_a=40b.org?=", "=?utf-8?b?DQpCY2M6IGFAYi5vcmc=?=", "=?utf-8?q?=00=E2=80=AE?=", "=?",
    "BEGIN:VEVENT", "END:VCALENDAR\r\n", "\\n\\;\\,", ";X=1:y", "SUMMARY:", "\n ", "%s%n", "$(x)", "`x`", "' OR 1=1",
    "Dear Ms Abbott,\n\n", "Yours sincerely,", "\n\nYours sincerely,\n\n", "Siân Example", "- ", "\n- \n- a\n", "None",
)
SCRIPTS = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x5FF), (0x600, 0x6FF), (0x700, 0x7FF),
    (0x900, 0xDFF), (0xE00, 0xFFF), (0x1000, 0x139F), (0x1700, 0x18AF), (0x2000, 0x206F), (0x2100, 0x2BFF),
    (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xD800, 0xDFFF), (0xE000, 0xF8FF), (0xF900, 0xFFFF),
    (0x10000, 0x10FFF), (0x12000, 0x143FF), (0x1D400, 0x1D7FF), (0x1F000, 0x1FAFF), (0x20000, 0x2A6DF),
    (0xE0000, 0xE01EF), (0x0, 0x10FFFF),
)
# fmt: on
"""Ranges of characters: first and last."""


def random_text(script: tuple[int, int], size: int, seed: int, space: int) -> str:
    """Letters of a script, with a space now and then."""
    random, (first, last) = Random(seed), script
    return "".join(" " if random.randrange(space) == 0 else chr(random.randint(first, last)) for _ in range(size))


def filled(text: str, size: int) -> str:
    """A text over and over, up to a size."""
    return (text * (size // max(len(text), 1) + 1))[:size]


sizes = st.sampled_from((1, 2, 5, 20, 61, 100, 200, 300, 590, 1_000, 3_000)) | st.integers(1, 6_000)
floods = st.builds(filled, st.sampled_from(SMALL), sizes)
mixtures = st.builds(filled, st.lists(st.sampled_from(SMALL), min_size=2, max_size=6).map("".join), sizes)
scripts = st.builds(
    random_text, st.sampled_from(SCRIPTS), sizes, st.integers(0, 2**32), st.sampled_from((2, 6, 30, 10**6))
)
anything = st.text(st.characters(), max_size=60)
pieces = anything | floods | mixtures | scripts | st.sampled_from(SNIPPETS)
hostile = st.builds(
    lambda some, between: between.join(some),
    st.lists(pieces, min_size=1, max_size=5),
    st.sampled_from(("", " ", "\n", "\n\n", "\r\n", "\u202e")),
)
full = st.builds(filled, hostile, st.sampled_from((LONGEST_LETTER - 300, LONGEST_LETTER, LONGEST_LETTER + 1)))
texts = hostile | hostile.map(lambda text: text[: LONGEST_LETTER - 300]) | full
lines = (pieces | hostile).map(lambda text: text[: LONGEST_LINE - 10])
topics = lines.map(lambda text: " ".join(text.split()[:20]))
copies = lines | st.sampled_from(
    ("", "sian+x@example.org", "a@b.co\r\nBcc: c@d.org", "a,b@example.org", "!#$%&'*/=^_`{|}~@x.org")
)


@dataclass
class Tally:
    """What became of the letters."""

    came_out: int = 0
    refused_by_the_form: int = 0
    too_long: int = 0
    too_many_pages: int = 0
    too_slow: int = 0
    most_seconds: float = 0.0
    most_megabytes: int = 0

    def __str__(self) -> str:
        return ", ".join(f"{name.replace('_', ' ')}: {round(number, 2):,}" for name, number in asdict(self).items())


def posted(data: st.DataObject) -> Letter | None:
    """A letter as the forms take it, of answers or changed by hand; None where they do not take it."""
    fields = WRITER | {
        "name": data.draw(st.just("Siân ") | lines.map("Siân {}".format)),
        "address_line_2": data.draw(st.just("") | lines),
        "town": data.draw(st.just("Llanfair") | lines.map("Llan{}".format)),
        "answer-topic": data.draw(topics),
        "answer-aside": data.draw(lines),
        "answer-story": data.draw(st.just("I swim.") | texts),
    }
    writer = writer_form(CAMPAIGN)(MultiDict(fields))
    if not writer.validate():
        return None
    letter = Composition(CAMPAIGN, MEMBER, HACKNEY, writer.sender, writer.answers, TODAY).letter
    if data.draw(st.booleans()):
        return letter
    form = LetterForm(MultiDict({"subject": "x" + data.draw(lines | hostile), "body": "x" + data.draw(texts)}))
    return replace(letter, subject=form.subject.data or "", body=form.body.data or "") if form.validate() else None


def copy_to(data: st.DataObject) -> str:
    """The writer's own address, where the form takes it for one."""
    form = LetterForm(MultiDict({"subject": "x", "body": "x", "copy_to": data.draw(copies)}))
    return form.copy_to.data or "" if form.validate() else ""


def assert_clean(text: str) -> None:
    """No control, no half of a character, nothing that makes text read as what it is not."""
    text.encode()
    kinds = {
        (unicodedata.category(character), unicodedata.bidirectional(character)) for character in set(text) - {"\n"}
    }
    assert not {"Cc", "Cs", "Co"} & {category for category, _ in kinds}
    assert not BIDI & {direction for _, direction in kinds}


def assert_text_is_whole(letter: Letter, own_address: str) -> None:
    """As e-mail, link, draft and file."""
    text = email.email_text(letter)
    crlf = text.replace("\n", "\r\n")
    assert text.startswith(letter.body)
    assert_clean(text)
    assert_clean(letter.subject)
    assert "\n" not in letter.subject
    assert_clean(email.plain_text(letter).replace("\r\n", "\n"))
    for link in email.links(letter, own_address):
        assert len(link.href) <= link.program.longest
        assert re.fullmatch("[!-~]+", link.href)
        assert not link.has_letter or unquote(link.href).endswith(crlf)
    raw = email.draft(letter, own_address)
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert set(message.keys()) == HEADERS - (set() if own_address else {"Cc"})
    assert message["To"] == letter.email
    assert (message["Cc"] or "") == own_address
    assert re.sub(r"\s", "", message["Subject"]) == re.sub(r"\s", "", letter.subject)
    assert message.get_content().replace("\r\n", "\n") == text
    assert not set(b"\r\n") & set(raw.replace(b"\r\n", b""))


def assert_pages_can_be_made(letter: Letter, proof: Proof) -> None:
    """Whatever the letter's page says beside it."""
    for check in checks(letter, MEMBER, proof):
        assert check.quote in (letter.subject if check.where == "subject" else letter.body)
    composition = Composition(CAMPAIGN, MEMBER, HACKNEY, letter.sender, {}, TODAY)
    share = personal(composition, letter)
    assert 0 <= share.own <= share.all
    new = Composition(CAMPAIGN, replace(MEMBER, name="Alex Baker"), HACKNEY, letter.sender, {}, TODAY).letter
    woven = with_edits(
        fingerprints(sections("Subject", "Dear X,\n\nText")),
        sections(letter.subject, letter.body),
        sections("S", new.body),
    )
    assert woven[0] == letter.subject
    ics = reminder(letter, MEMBER, "https://www.example.org/c/x")
    (event,) = Calendar.from_ical(ics).walk("VEVENT")
    assert f"“{letter.subject}”" in str(event["description"])
    assert_clean(ics.decode().replace("\r\n", "\n"))


def assert_is_a_pdf(pdf: bytes) -> None:
    assert pdf.startswith(b"%PDF")
    with PdfDocument(pdf) as document:
        assert 1 <= len(document) <= MOST_PAGES
        for page in document:
            text = page.get_textpage().get_text_range()
            assert not BIDI & {unicodedata.bidirectional(character) for character in set(text)}


def megabytes(process: int) -> int:
    """The most memory that a process ever had; 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:  # no Linux, or the process has just been stopped
        return 0
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(peak[1]) // 1024 if peak else 0


@pytest.fixture
def pdf_pool() -> Iterator[PdfPool]:
    """One of its own, whose process has made nothing else: what is measured is the most it ever had."""
    pdf_pool = PdfPool(processes=1)
    yield pdf_pool
    pdf_pool.stop()


def test_what_is_typed_becomes_a_letter_or_is_refused(pdf_pool: PdfPool, capsys: pytest.CaptureFixture[str]) -> None:
    tally = Tally()
    pdf_pool.start()
    (process,) = pdf_pool.processes()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def try_one(data: st.DataObject) -> None:
        nonlocal process
        try:
            letter = posted(data)
        except LetterTooLong:
            tally.too_long += 1
            return
        if letter is None:
            tally.refused_by_the_form += 1
            return
        assert_text_is_whole(letter, copy_to(data))
        try:
            proof = pdf_pool.proof(letter) if data.draw(st.integers(0, 3)) == 0 else Proof(1)
            assert_pages_can_be_made(letter, proof)
            started = perf_counter()
            pdf = pdf_pool.typeset(letter)
            tally.most_seconds = max(tally.most_seconds, perf_counter() - started)
        except TooManyPages:
            tally.too_many_pages += 1
        except PdfPoolBusy:  # that is: it took too long
            tally.too_slow += 1
            pdf_pool.start()
            (process,) = pdf_pool.processes()
        else:
            assert_is_a_pdf(pdf)
            tally.came_out += 1
        tally.most_megabytes = max(tally.most_megabytes, megabytes(process))

    try:
        try_one()
    finally:
        if "FUZZ_EXAMPLES" in os.environ:
            with capsys.disabled():
                sys.stdout.write(f"\n{tally}\n")
    assert tally.came_out > EXAMPLES // 4
    assert tally.too_slow <= 1 + EXAMPLES // 200
    assert tally.most_megabytes < MOST_MEMORY
