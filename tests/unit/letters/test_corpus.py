"""What becomes of awkward letters on paper: how many pages they take, and that their text is on them, whole."""

from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import combinations

import pdfplumber
import pytest

from app.letters.letter import TooManyPages
from app.letters.paper import geometry
from app.letters.paper.pdf_pool import PdfPool
from tests.unit.letters.corpus import (
    CORPUS,
    LENGTHS,
    MM,
    NAMES,
    REFUSED,
    boxes,
    pages,
    patience,
    plain,
    running_text,
    running_text_of,
    within,
)

SLACK = 0.6  # millimetres by which a box is larger than its letters
MARKS = 2.0  # millimetres by which the box of a mark may reach into that of a letter


def printed(names: Iterable[str] = CORPUS) -> list[str]:
    """The letters that are printed, of a few names or all."""
    return [name for name in names if CORPUS[name].pages != REFUSED]


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


@pytest.fixture(scope="module")
def pdfs(pdf_pool: PdfPool) -> dict[str, bytes]:
    """Every letter of the corpus that is printed."""
    return {name: pdf_pool.typeset(CORPUS[name].letter) for name in printed()}


def test_is_a_corpus() -> None:
    assert len(CORPUS) >= 45
    assert {case.pages for case in CORPUS.values()} == {1, 2, 3, REFUSED}


@pytest.mark.parametrize("name", [name for name in CORPUS if name not in printed()])
def test_more_than_three_pages_are_refused(pdf_pool: PdfPool, name: str) -> None:
    with pytest.raises(TooManyPages):
        pdf_pool.typeset(CORPUS[name].letter)
    assert pdf_pool.proof(CORPUS[name].letter).pages > 3


@pytest.mark.parametrize("name", printed())
def test_takes_so_many_pages_and_the_proof_says_so(pdf_pool: PdfPool, pdfs: dict[str, bytes], name: str) -> None:
    case = CORPUS[name]
    proof = pdf_pool.proof(case.letter)
    assert (len(pages(pdfs[name])), proof.pages) == (case.pages, case.pages)
    assert proof.unprintable == case.unprintable


@pytest.mark.parametrize("name", printed(LENGTHS))
def test_is_in_the_largest_size_that_saves_a_page(pdfs: dict[str, bytes], name: str) -> None:
    page = pdfplumber.open(BytesIO(pdfs[name])).pages[0]
    sizes = {round(char["size"], 1) for char in page.chars if char["top"] > (geometry.TEXT_TOP - 1) * MM}
    assert sizes == {CORPUS[name].size}


@pytest.mark.parametrize("name", printed())
def test_the_text_is_all_there(pdfs: dict[str, bytes], name: str) -> None:
    case = CORPUS[name]
    wanted, found = plain(running_text_of(case.letter)), plain(running_text(pdfs[name]))
    if case.in_order:
        assert found == wanted
    else:
        lost = _letters(wanted) - _letters(found)
        assert lost.total() <= case.lost, lost


def _letters(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text, without what stands above or below it."""
    return Counter(c for c in text if c.isalnum())


@pytest.mark.parametrize("name", printed())
def test_nothing_runs_off_the_page(pdfs: dict[str, bytes], name: str) -> None:
    for number, page in enumerate(pages(pdfs[name])):
        for left, top, right, bottom in boxes(page):
            assert left > geometry.MARGIN_LEFT - SLACK
            assert top > (geometry.SENDER_TOP if number == 0 else geometry.MARGIN_TOP / 4)
            assert right < geometry.PAGE_WIDTH - geometry.MARGIN_RIGHT + SLACK
            assert bottom < geometry.PAGE_HEIGHT - geometry.MARGIN_BOTTOM + SLACK


@pytest.mark.parametrize("name", printed())
def test_nothing_covers_anything_else(pdfs: dict[str, bytes], name: str) -> None:
    for page in pages(pdfs[name]):
        for one, other in combinations(boxes(page), 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert min(across, down) < MARKS


@pytest.mark.parametrize("name", printed(NAMES))
def test_the_window_shows_whom_it_goes_to_and_nothing_else(pdfs: dict[str, bytes], name: str) -> None:
    page, letter = pages(pdfs[name])[0], CORPUS[name].letter
    assert within(page, geometry.ALWAYS_SEEN).split("\n") == list(letter.recipient)
    assert within(page, geometry.MAY_BE_SEEN).split("\n") == list(letter.recipient)
    sender = within(page, (geometry.SENDER_LEFT - 1, 0, geometry.PAGE_WIDTH, geometry.TEXT_TOP - 1))
    assert plain(sender) == plain("".join((letter.sender.name, *letter.sender.address)))
