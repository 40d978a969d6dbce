"""Letters to be filled in by hand: what of a letter becomes lines, and how much room there is."""

from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from pdfplumber.pdf import PDF

from app.campaigns.campaign import Campaign
from app.letters.gaps import gap
from app.letters.letter import BulletList, Paragraph, TooManyPages
from app.letters.paper.pdf_pool import PdfPool
from app.letters.paper.stall import ANY_CONSTITUENCY, ANY_MEMBER, Ruled, StallSheet, stall_sheet
from app.mp.people import Constituency, Member
from tests.unit.letters.paper.corpus import PARAGRAPH

pytestmark = pytest.mark.system

TODAY = date(2026, 11, 22)
MEMBER = Member(172, "Ms Diane Abbott", "Rt Hon Diane Abbott MP", "Ms Abbott")
HACKNEY = Constituency(3531, "Hackney North and Stoke Newington", "England")
WHY = Ruled("Why?", 6, 2)


def campaign(body: str, **changes: object) -> Campaign:
    questions = [{"id": "why", "label": "Why?"}]
    return Campaign.model_validate(
        {"slug": "x", "title": "X", "subject": "S", "body": body, "questions": questions} | changes
    )


def blocks(body: str) -> list[Paragraph | BulletList | Ruled]:
    """What stands between greeting and close."""
    return stall_sheet(campaign(body), MEMBER, HACKNEY, TODAY).blocks[1:-2]


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ("Before.\n\n{{ answers.why }}\n\nAfter.", [Paragraph(("Before.",)), WHY, Paragraph(("After.",))]),
        ("I write because {{ answers.why }}.", [Paragraph(("I write because",)), WHY]),
        ("{{ answers.why }}, and so on.", [WHY, Paragraph(("and so on.",))]),
        ("{% if answers.why %}\nI say: {{ answers.why }}\n{% endif %}", [Paragraph(("I say:",)), WHY]),
        ("{{ answers.why | upcase }}", [WHY]),
        ("{{ answers.why | truncate: 3 }}", [Paragraph(("...",))]),
        ("Nothing of it.", [Paragraph(("Nothing of it.",))]),
        ("I am {{ sender.name }}.", [Paragraph((f"I am {gap('name')}.",))]),
        ("- one\n- {{ sender.town }}", [BulletList(("one", gap("town")))]),
    ],
)
def test_an_answer_becomes_lines_where_it_stands(body: str, parts: list[Paragraph | BulletList | Ruled]) -> None:
    assert blocks(body) == parts


@pytest.mark.parametrize(
    ("max_words", "required", "lines"),
    [(150, True, (6, 3)), (100, False, (4, 2)), (1000, True, (6, 3)), (20, True, (3, 3)), (1, False, (2, 2))],
)
def test_a_question_has_lines_by_the_words_it_may_take(max_words: int, required: bool, lines: tuple[int, int]) -> None:
    question = {"id": "why", "label": "Why?", "max_words": max_words, "required": required}
    sheet = stall_sheet(campaign("{{ answers.why }}", questions=[question]), MEMBER, HACKNEY, TODAY)
    assert sheet.answers["answer-why"] == Ruled("Why?", *lines)


def _printed(pdf_pool: PdfPool, sheet: StallSheet) -> PDF:
    return pdfplumber.open(BytesIO(pdf_pool.typeset(sheet)))


@pytest.mark.parametrize(("paragraphs", "pages", "size"), [(1, 1, 11), (5, 1, 10), (6, 2, 11), (12, 2, 11)])
def test_takes_one_page_where_that_is_possible(pdf_pool: PdfPool, paragraphs: int, pages: int, size: float) -> None:
    made = campaign("\n\n".join([PARAGRAPH] * paragraphs) + "\n\n{{ answers.why }}")
    pdf = _printed(pdf_pool, stall_sheet(made, ANY_MEMBER, ANY_CONSTITUENCY, TODAY))
    assert len(pdf.pages) == pages
    of_text = next(char["size"] for char in pdf.pages[0].chars if char["text"] == "T")
    assert of_text == pytest.approx(size, 0.01)
    text = "".join(page.extract_text() for page in pdf.pages)
    assert "[" not in text
    assert not any("\ue000" <= character <= "\uf8ff" for character in text)


def test_later_pages_leave_the_name_to_be_written(pdf_pool: PdfPool) -> None:
    pdf = _printed(pdf_pool, stall_sheet(campaign("\n\n".join([PARAGRAPH] * 9)), MEMBER, HACKNEY, TODAY))
    head = pdf.pages[1].extract_text().splitlines()[0]
    assert head.startswith("Your name: ____")
    assert head.endswith("Page 2 of 2")


def test_is_worded_in_the_campaigns_language(pdf_pool: PdfPool) -> None:
    sheet = stall_sheet(campaign("{{ answers.why }}", language="cy"), MEMBER, HACKNEY, TODAY)
    text = _printed(pdf_pool, sheet).pages[0].extract_text()
    for words in ("Eich enw", "Eich cod post", "Annwyl Ms Abbott", "Yn gywir"):
        assert words in text


def test_what_nobody_would_print_is_refused(pdf_pool: PdfPool) -> None:
    sheet = stall_sheet(campaign("{{ answers.why }}\n\n" * 60), MEMBER, HACKNEY, TODAY)
    with pytest.raises(TooManyPages):
        pdf_pool.typeset(sheet)
