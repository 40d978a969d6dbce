"""The printed letter, read back."""

import contextlib
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from pdfplumber.pdf import PDF

from app.letters import geometry
from app.letters.letter import Letter, Sender
from app.letters.press import Press, PressBusy, PressFailed
from app.mp.snapshot import Snapshot
from tests.conftest import SENDER

MM = 72 / 25.4
RECIPIENT = ("Rt Hon Sir Lindsay Hoyle MP", "House of Commons", "LONDON", "SW1A 0AA")
LETTER = Letter(
    sender=SENDER,
    recipient=RECIPIENT,
    email="",
    date=date(2026, 11, 22),
    subject="Clean rivers in Chorley",
    body="Dear Sir Lindsay,\n\nI swim in the Yarrow.\n\nI ask:\n- to look\n- ask\n\nYours sincerely,\n\nSiân Example",
)

Print = Callable[[Letter], PDF]


@pytest.fixture
def printed(press: Press) -> Print:
    return lambda letter: pdfplumber.open(BytesIO(press.typeset(letter)))


def _within(pdf: PDF, box: tuple[float, ...]) -> list[str]:
    """The lines of text that touch a box of the first page, given in millimetres."""
    left, top, right, bottom = (edge * MM for edge in box)
    words = [
        word
        for word in pdf.pages[0].extract_words()
        if word["x0"] < right and word["x1"] > left and word["top"] < bottom and word["bottom"] > top
    ]
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(round(word["top"]), []).append(word["text"])
    return [" ".join(line) for _, line in sorted(lines.items())]


def test_holds_the_whole_letter_in_reading_order(printed: Print) -> None:
    text = printed(LETTER).pages[0].extract_text()
    parts = ["Siân Example", "12 Example Street", "LLANFAIR", "SW1A 1AA", *RECIPIENT, "22 November 2026"]
    parts += ["Dear Sir Lindsay,", "Clean rivers in Chorley", "I swim in the Yarrow.", "to look", "Yours sincerely,"]
    positions = [text.index(part) for part in parts]
    assert positions == sorted(positions)
    assert text.rstrip().endswith("Siân Example")


def test_the_window_shows_the_address_and_nothing_else(printed: Print) -> None:
    pdf = printed(LETTER)
    assert _within(pdf, geometry.ALWAYS_SEEN) == list(RECIPIENT)
    assert _within(pdf, geometry.MAY_BE_SEEN) == list(RECIPIENT)
    left, top, right, bottom = geometry.ALWAYS_SEEN
    address = [word for word in pdf.pages[0].extract_words() if top * MM - 1 < word["top"] < bottom * MM]
    assert min(word["x0"] for word in address) >= left * MM
    assert max(word["x1"] for word in address) <= right * MM
    assert max(word["bottom"] for word in address) <= bottom * MM


def test_the_longest_names_fit_the_window(printed: Print, snapshot: Snapshot) -> None:
    members = [seat.member for seat in snapshot.seats if seat.member]
    for member in sorted(members, key=lambda member: len(member.full_title))[-5:]:
        letter = replace(LETTER, recipient=member.address_block)
        assert _within(printed(letter), geometry.ALWAYS_SEEN) == list(member.address_block)


def test_a_long_address_of_the_senders_stays_out_of_the_window(printed: Print) -> None:
    sender = Sender(
        "A Rather Long Double-Barrelled Name", ("Flat 27, The Old Corn Exchange", "Market Street"), "Town", "SW1A 1AA"
    )
    assert _within(printed(replace(LETTER, sender=sender)), geometry.MAY_BE_SEEN) == list(RECIPIENT)


def test_is_a_tagged_a4_document_with_title_language_and_author(printed: Print) -> None:
    pdf = printed(LETTER)
    assert [(round(page.width / MM), round(page.height / MM)) for page in pdf.pages] == [(210, 297)]
    assert pdf.metadata["Title"] == LETTER.subject
    assert pdf.metadata["Author"] == SENDER.name
    catalog = pdf.doc.catalog
    assert catalog["Lang"] in (b"en-GB", "en-GB")
    assert catalog["MarkInfo"]["Marked"]
    metadata = catalog["Metadata"].resolve().get_data()
    assert b"pdfuaid" in metadata


def test_two_ticks_show_where_to_fold(printed: Print) -> None:
    marks = [*printed(LETTER).pages[0].rects, *printed(LETTER).pages[0].lines]
    at_the_edge = {round(mark["top"] / MM) for mark in marks if mark["x1"] < 15 * MM}
    assert at_the_edge == {105, 210}


@pytest.mark.parametrize(("paragraphs", "pages"), [(1, 1), (9, 2), (16, 3)])
def test_goes_on_over_as_many_pages_as_it_needs(printed: Print, paragraphs: int, pages: int) -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "Some more words follow it here. " * 12 for n in range(paragraphs))
    pdf = printed(replace(LETTER, body=f"Dear Sir Lindsay,\n\n{text}\n\nYours sincerely,\n\nSiân Example"))
    assert len(pdf.pages) == pages
    whole = "\n".join(page.extract_text() for page in pdf.pages)
    assert all(f"Paragraph {n}." in whole for n in range(paragraphs))
    assert "Page 1" not in whole
    assert (f"Page 2 of {pages}" in whole) == (pages > 1)


def test_a_letter_barely_too_long_is_brought_to_one_page(printed: Print) -> None:
    sizes = set()
    for words in range(210, 330, 8):
        text = "\n\n".join("word " * 50 for _ in range(words // 50)) + " word" * (words % 50)
        pdf = printed(replace(LETTER, body=f"Dear Sir Lindsay,\n\n{text}\n\nYours sincerely,\n\nSiân Example"))
        size = round(next(char["size"] for char in pdf.pages[0].chars if "Bold" in char["fontname"]), 1)
        assert len(pdf.pages) == 1 or size == 11, "what takes two pages anyhow is in the usual size"
        assert "Yours sincerely" not in pdf.pages[-1].extract_text().splitlines()[0], "never alone on a page"
        sizes.add(size)
    assert sizes == {11, 10.5, 10}


def test_other_scripts_have_letters_and_not_boxes(printed: Print) -> None:
    body = "Ŵyn ŷ Łódź İstanbul Ελλάδα Україна ئۇيغۇر שלום 你好"
    page = printed(replace(LETTER, body=body)).pages[0]
    fonts = {char["fontname"].split("+")[-1] for char in page.chars}
    assert {"Noto-Serif", "Noto-Naskh-Arabic", "Noto-Serif-Hebrew", "Noto-Serif-CJK-SC"} <= fonts
    text = page.extract_text()
    assert all(word in text for word in ("Ŵyn", "ŷ", "Łódź", "İstanbul", "Ελλάδα", "Україна", "你好"))


@pytest.mark.parametrize("text", ["<b>x</b>", "&amp;", '"><script>', "url(http://127.0.0.1/)", "{{ letter.email }}"])
def test_markup_is_text(printed: Print, text: str) -> None:
    letter = replace(LETTER, body=f"Dear X,\n\n{text}", subject=f"On {text}", sender=replace(SENDER, name=text))
    assert printed(letter).pages[0].extract_text().count(text) == 3


@pytest.mark.parametrize("text", ["a" * 9_000, "á" * 9_000, "\u0337" * 9_000, "א1" * 4_000, "😀" * 500, "a\n" * 140])
def test_hostile_text_comes_out_in_time(press: Press, text: str) -> None:
    """The press itself would stop it after ten seconds, which 2,500 emoji take with the font of Debian 13."""
    assert press.typeset(replace(LETTER, body=text)).startswith(b"%PDF")


def test_the_same_letter_gives_the_same_bytes(press: Press) -> None:
    assert press.typeset(LETTER) == press.typeset(LETTER)


def test_a_letter_that_takes_too_long_is_stopped_and_the_next_is_made(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.letters.press.SECONDS_A_LETTER", 0.05)
        slow = "".join(map(chr, range(0x4E00, 0x4E00 + 9_000)))  # a glyph of its own for each of 9,000 characters
        with pytest.raises(PressFailed, match="too long"):
            press.typeset(replace(LETTER, body=slow))
    assert press.typeset(LETTER).startswith(b"%PDF")


def test_a_process_that_dies_is_replaced(press: Press) -> None:
    os.kill(press.start().schedule(os.getpid).result(), signal.SIGKILL)
    with contextlib.suppress(PressFailed):  # if the death is noticed only now
        press.typeset(LETTER)
    assert press.typeset(LETTER).startswith(b"%PDF")


def test_a_stopped_press_starts_again() -> None:
    press = Press(processes=1)
    press.start().stop()
    assert press.typeset(LETTER).startswith(b"%PDF")
    press.stop()


def test_a_full_queue_says_so() -> None:
    press = Press(processes=1)
    press._places = type(press._places)(1)
    press._places.acquire()
    try:
        with pytest.raises(PressBusy):
            press.typeset(LETTER)
    finally:
        press.stop()
