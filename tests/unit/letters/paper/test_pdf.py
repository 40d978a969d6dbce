"""The printed letter, read back."""

import os
import resource
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from time import sleep

import pdfplumber
import psutil
import pytest
from fontTools.ttLib import TTFont
from pdfplumber.pdf import PDF

from app.letters.letter import Letter, Proof, Sender, TooManyPages
from app.letters.paper import geometry
from app.letters.paper.pdf_pool import PdfPool, PdfPoolBusy
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER
from tests.unit.letters.paper.corpus import (
    ARTICLE,
    HEBREW,
    MM,
    UYGHUR,
    boxes,
    bulleted,
    lines,
    pages,
    patience,
    running_text,
    whole,
)

pytestmark = pytest.mark.system

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


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


@pytest.fixture
def printed(pdf_pool: PdfPool) -> Print:
    return lambda letter: pdfplumber.open(BytesIO(pdf_pool.typeset(letter)))


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


def test_later_pages_say_whose_they_are_and_the_first_does_not(printed: Print) -> None:
    first, second = printed(replace(LETTER, body=whole(lines(60)))).pages
    head = [word for word in second.extract_words() if word["bottom"] < geometry.MARGIN_TOP * MM]
    assert " ".join(word["text"] for word in head) == "Siân Example Page 2 of 2"
    assert head[0]["x0"] == pytest.approx(geometry.MARGIN_LEFT * MM, abs=1)
    assert head[-1]["x1"] == pytest.approx((geometry.PAGE_WIDTH - geometry.MARGIN_RIGHT) * MM, abs=1)
    text = first.extract_text()
    assert "Page" not in text
    assert text.count("Siân Example") == 1, "above the address: the letter itself ends on page 2"
    left_of_sender = first.crop((0, 0, (geometry.SENDER_LEFT - 1) * MM, geometry.ADDRESS_TOP * MM))
    assert left_of_sender.extract_text() == ""


def test_no_line_of_a_paragraph_is_left_alone(printed: Print) -> None:
    """Each paragraph says but its own name, so that every line tells whose it is."""
    parted = 0
    text = "\n\n".join(" ".join([f"paragraph-{n}"] * 34) for n in range(10))  # five lines each
    for more in range(1, 8):  # which moves the break through a paragraph
        pdf = printed(replace(LETTER, body=whole(f"{lines(more)}\n\n{text}")))
        first, second = (Counter(line.split()[0] for line in page.extract_text().splitlines()) for page in pdf.pages)
        for name in (first & second).keys() & {f"paragraph-{n}" for n in range(10)}:
            parted += 1
            assert first[name] >= 2
            assert second[name] >= 2
    assert parted >= 3, "else this tests nothing"


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
    body = "Ŵyn ŷ Łódź İstanbul Ελλάδα Україна ئۇيغۇر שלום 你好 한국 😀"
    page = printed(replace(LETTER, body=body)).pages[0]
    fonts = {char["fontname"].split("+")[-1] for char in page.chars}
    assert {"Noto-Serif", "Noto-Naskh-Arabic", "Noto-Serif-Hebrew", "WenQuanYi-Micro-Hei", "Noto-Emoji"} <= fonts
    text = page.extract_text()
    assert all(word in text for word in ("Ŵyn", "ŷ", "Łódź", "İstanbul", "Ελλάδα", "Україна", "你好", "한국", "😀"))


def test_the_space_after_an_emoji_is_as_wide_as_in_a_text() -> None:
    """It is set in the font of the emoji, which comes with a space as wide as an emoji."""
    font = TTFont(ROOT / "app/letters/paper/fonts/NotoEmoji-Regular.ttf")
    assert font["hmtx"][font.getBestCmap()[ord(" ")]] == (font["head"].unitsPerEm // 4, 0)


def test_the_punctuation_of_chinese_is_of_its_own_font(printed: Print) -> None:
    page = printed(replace(LETTER, body="Dear X,\n\n你好。「你好」、《你好》…")).pages[0]
    fonts = {char["fontname"].split("+")[-1] for char in page.chars if char["text"] in "。「」、《》"}
    assert fonts == {"WenQuanYi-Micro-Hei"}


@pytest.mark.parametrize("emoji", ["👍🏽", "✈️", "❤️", "⭐", "🏳️‍🌈", "🏴‍☠️", "👩‍🔬", "🇬🇧"])
def test_an_emoji_is_one_glyph_of_the_font_of_emoji(printed: Print, emoji: str) -> None:
    page = printed(replace(LETTER, body=f"Dear X,\n\nx{emoji}x")).pages[0]
    (glyph,) = [char for char in page.chars if char["fontname"].endswith("+Noto-Emoji")]
    assert glyph["text"] == emoji.replace("\ufe0f", "")
    assert f"x{glyph['text']}x" in page.extract_text()


@pytest.mark.parametrize(
    "text", [UYGHUR, HEBREW, ARTICLE["urdu"], ARTICLE["chinese simplified"], "Thanks 🙏 for 🌊, 😀!"]
)
def test_other_scripts_can_be_copied_out(pdf_pool: PdfPool, text: str) -> None:
    pdf = pdf_pool.typeset(replace(LETTER, subject=text[:30].strip(), body=whole(text)))
    copied = "".join(running_text(pdf).split())
    for part in (text[:30], text):
        assert "".join(part.split()) in copied


def test_punctuation_keeps_clear_of_the_letter_before_it(pdf_pool: PdfPool) -> None:
    """As PDFium sees it, by which most browsers show PDFs. The last mark of this word is set to the left."""
    before, after = (
        max(right for left, top, right, bottom in boxes(pages(pdf_pool.typeset(letter))[0]) if 105 < top < 125)
        for letter in (replace(LETTER, subject=" ", body=f"பிறக்கின்றனர{end}") for end in ("", "்;"))
    )
    assert after > before + 0.5


@pytest.mark.parametrize("text", [UYGHUR, HEBREW, ARTICLE["arabic"]])
def test_text_from_the_right_stands_at_the_right_and_ends_at_the_left(printed: Print, text: str) -> None:
    sentence, *_ = text.split(".")
    (line,) = (
        line for line in _lines(printed(replace(LETTER, body=whole(f"{sentence}.")))) if sentence[0] in "".join(line)
    )
    assert next(iter(line)) == ".", "the first from the left"
    assert max(line.values()) == pytest.approx((geometry.PAGE_WIDTH - geometry.MARGIN_RIGHT) * MM, abs=1)


def test_the_bullets_of_a_list_from_the_right_stand_right_of_it(printed: Print) -> None:
    lists = f"{bulleted(UYGHUR.split()[:3])}\n\nAnd:\n{bulleted(['one', 'two'])}"
    listed = [list(line) for line in _lines(printed(replace(LETTER, body=whole(lists)))) if "•" in line]
    assert len(listed) == 5
    for line in listed:
        is_english = "".join(line[1:]).isascii()
        assert line.index("•") == (0 if is_english else len(line) - 1)
    assert sum(line[0] == "•" for line in listed) == 2


def _lines(pdf: PDF) -> list[dict[str, float]]:
    """Each line of the letter proper: its different characters from left to right, and where each ends last."""
    lines: dict[int, dict[str, float]] = {}
    for char in sorted(pdf.pages[0].chars, key=lambda char: float(char["x0"])):
        if char["top"] > (geometry.TEXT_TOP - 1) * MM:
            lines.setdefault(round(char["matrix"][5]), {})[char["text"]] = char["x1"]
    return list(lines.values())


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "&amp;",
        '"><script>',
        "url(http://127.0.0.1/)",
        "{{ letter.email }}",
        "{{ member.email }}",
        "{% if x %}",
    ],
)
def test_markup_is_text(printed: Print, text: str) -> None:
    letter = replace(LETTER, body=f"Dear X,\n\n{text}", subject=f"On {text}", sender=replace(SENDER, name=text))
    assert printed(letter).pages[0].extract_text().count(text) == 3


@pytest.mark.parametrize(
    "text",
    [
        "a" * 9_000,
        "á" * 9_000,
        "M" * 9_000,
        "\u0337" * 9_000,
        "א1" * 4_000,
        "😀" * 500,
        "👨‍👩‍👧‍👦" * 900,
        "🇬🇧" * 4_000,
        "a\n" * 140,
        "- \n" * 290,
        "(" * 9_000,
    ],
)
def test_hostile_text_comes_out_on_three_pages_or_is_refused(pdf_pool: PdfPool, text: str) -> None:
    """And whatever it does to the press, the next letter is printed."""
    try:
        assert 1 <= len(pages(pdf_pool.typeset(replace(LETTER, body=text)))) <= 3
    except TooManyPages:
        assert len(text) > 500 or text.count("\n") > 100, "short letters are never refused"
    assert pdf_pool.typeset(LETTER).startswith(b"%PDF")


def test_the_proof_counts_pages_and_names_what_no_font_has(pdf_pool: PdfPool) -> None:
    assert pdf_pool.proof(replace(LETTER, body=whole(lines(60)))) == Proof(2)
    assert pdf_pool.proof(replace(LETTER, body=whole("你好 😀 ŵ"))) == Proof(1)
    assert pdf_pool.proof(replace(LETTER, body=whole("Gothic 𐌰𐌱𐌰, and Javanese ꦲ"))) == Proof(1, "𐌰𐌱ꦲ")
    assert pdf_pool.proof(replace(LETTER, subject="𐌰", body=whole(lines(60)))) == Proof(2, "𐌰")
    assert pdf_pool.proof(replace(LETTER, body=whole(lines(200)))).pages > 3


def test_the_proof_of_a_short_letter_asks_no_process() -> None:
    pdf_pool = PdfPool(processes=1)
    assert pdf_pool.proof(LETTER) == Proof(1)
    assert pdf_pool.processes() == []


def test_the_same_letter_gives_the_same_bytes(pdf_pool: PdfPool) -> None:
    assert pdf_pool.typeset(LETTER) == pdf_pool.typeset(LETTER)


def _never_ends(letter: Letter) -> bytes:
    while True:
        sleep(1)


def test_a_letter_that_takes_too_long_is_stopped_and_the_next_is_made(
    pdf_pool: PdfPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("app.letters.paper.pdf_pool.SECONDS_A_LETTER", 0.05)
        patch.setattr("app.letters.paper.pdf_pool._typeset", _never_ends)
        with pytest.raises(PdfPoolBusy):
            pdf_pool.typeset(LETTER)
    assert pdf_pool.typeset(LETTER).startswith(b"%PDF")


def test_a_process_that_dies_is_replaced(pdf_pool: PdfPool) -> None:
    pdf_pool.start()
    os.kill(pdf_pool.processes()[0], signal.SIGKILL)
    assert pdf_pool.typeset(LETTER).startswith(b"%PDF")


def _dies_the_first_time(letter: Letter) -> bytes:
    try:
        Path(letter.subject).touch(exist_ok=False)
    except FileExistsError:
        return b"made"
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def _dies(letter: Letter) -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def test_a_letter_whose_process_dies_is_made_once_more(
    pdf_pool: PdfPool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("app.letters.paper.pdf_pool._typeset", _dies_the_first_time)
    assert pdf_pool.typeset(replace(LETTER, subject=str(tmp_path / "made"))) == b"made"
    monkeypatch.setattr("app.letters.paper.pdf_pool._typeset", _dies)
    with pytest.raises(PdfPoolBusy):
        pdf_pool.typeset(LETTER)


def made(pdf_pool: PdfPool) -> bytes:
    """Return a PDF, asked for again while a busy machine takes its time to start a process."""
    for _ in range(10):
        with suppress(PdfPoolBusy):
            return pdf_pool.typeset(LETTER)
    raise PdfPoolBusy


def test_without_the_process_that_makes_the_others_there_are_new_ones(pdf_pool: PdfPool) -> None:
    pdf_pool.start()
    worker = psutil.Process(pdf_pool.processes()[0])
    maker = worker.parent()
    assert maker
    assert "forkserver" in " ".join(maker.cmdline())
    maker.kill()
    worker.kill()
    assert made(pdf_pool).startswith(b"%PDF")


def _kept_and_shared(letter: Letter) -> tuple[tuple[int, int], bool]:
    return resource.getrlimit(resource.RLIMIT_CORE), "app.letters.paper.fork_preload" in sys.modules


def test_a_process_leaves_no_letter_behind_when_it_crashes_and_shares_memory_with_the_others(pdf_pool: PdfPool) -> None:
    assert pdf_pool._do(_kept_and_shared, LETTER, 60) == ((0, 0), True)


def test_a_stopped_press_starts_again() -> None:
    pdf_pool = PdfPool(processes=1)
    pdf_pool.start()
    pdf_pool.stop()
    assert made(pdf_pool).startswith(b"%PDF")
    pdf_pool.stop()


def test_whoever_waits_is_served_before_those_who_come_later(pdf_pool: PdfPool) -> None:
    made: list[int] = []

    def three_letters(who: int) -> None:
        for _ in range(3):
            pdf_pool.typeset(LETTER)
            made.append(who)

    pdf_pool.start()
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(three_letters, range(4)))
    assert sorted(made[:4]) == [0, 1, 2, 3]


def _slowly(letter: Letter) -> bytes:
    sleep(0.5)
    return str(os.getpid()).encode()


def test_a_proof_that_nobody_waits_for_any_more_is_finished(pdf_pool: PdfPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.letters.paper.pdf_pool._proof", _slowly)
    monkeypatch.setattr("app.letters.paper.pdf_pool._typeset", _slowly)
    monkeypatch.setattr("app.letters.paper.pdf_pool.LONGEST_WAIT_FOR_PROOF", 0.1)
    pdf_pool.start()
    (process,) = pdf_pool.processes()
    with pytest.raises(PdfPoolBusy):
        pdf_pool.proof(replace(LETTER, body=whole(lines(60))))
    assert pdf_pool.typeset(LETTER) == str(process).encode()


def test_a_full_queue_says_so() -> None:
    pdf_pool = PdfPool(processes=1)
    pdf_pool._slots = type(pdf_pool._slots)(1)
    pdf_pool._slots.acquire()
    try:
        with pytest.raises(PdfPoolBusy):
            pdf_pool.typeset(LETTER)
    finally:
        pdf_pool.stop()
