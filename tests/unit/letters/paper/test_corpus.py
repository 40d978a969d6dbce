"""What becomes of awkward letters on paper: how many pages they take, and that their text is on them, whole."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations

import pdfplumber
import pytest
from pypdfium2 import PdfPage  # type: ignore[import-untyped]

from app.letters.letter import Letter, TooManyPages
from app.letters.paper import geometry
from app.letters.paper.pdf_pool import PdfPool
from tests.unit.letters.paper.conftest import PdfOf
from tests.unit.letters.paper.corpus import (
    CORPUS,
    LENGTHS,
    MM,
    NAMES,
    REFUSED,
    Box,
    Case,
    boxes,
    pages,
    patience,
    plain,
    running_text,
    running_text_of,
    within,
)

pytestmark = pytest.mark.system

SLACK = 0.6  # millimetres by which a box is larger than its letters
MARKS = 2.0  # millimetres by which the box of a mark may reach into that of a letter


def printed() -> list[str]:
    """The letters that are printed."""
    return [name for name, case in CORPUS.items() if case.pages != REFUSED]


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


def test_is_a_corpus() -> None:
    assert len(CORPUS) >= 45
    assert {case.pages for case in CORPUS.values()} == {1, 2, 3, REFUSED}


@pytest.mark.parametrize("name", [name for name in CORPUS if name not in printed()])
def test_more_than_three_pages_are_refused(pdf_pool: PdfPool, name: str) -> None:
    with pytest.raises(TooManyPages):
        pdf_pool.typeset(CORPUS[name].letter)
    assert pdf_pool.proof(CORPUS[name].letter).pages > 3


@pytest.mark.parametrize("name", printed())
def test_on_paper(pdf_pool: PdfPool, pdf_of: PdfOf, subtests: pytest.Subtests, name: str) -> None:
    """What holds for every letter, in one test, since making and reading it takes longest."""
    case, pdf = CORPUS[name], pdf_of(name).read_bytes()
    made, proof = pages(pdf), pdf_pool.proof(case.letter)
    with subtests.test("takes so many pages, and the proof says so"):
        assert (len(made), proof.pages) == (case.pages, case.pages)
        assert proof.unprintable == case.unprintable
    with subtests.test("the text is all there"):
        assert_all_there(case, pdf)
    with subtests.test("nothing runs off the page or covers anything else"):
        for number, page in enumerate(made):
            found = list(boxes(page))
            assert_on_the_page(found, is_first=number == 0)
            assert_apart(found)
    if name in LENGTHS:
        with subtests.test("is in the largest size that saves a page"):
            assert sizes(pdf) == {case.size}
    if name in NAMES:
        with subtests.test("the window shows whom it goes to and nothing else"):
            assert_seen_in_the_window(made[0], case.letter)


def assert_all_there(case: Case, pdf: bytes) -> None:
    wanted, found = plain(running_text_of(case.letter)), plain(running_text(pdf))
    if case.in_order:
        assert found == wanted
    else:
        lost = _letters(wanted) - _letters(found)
        assert lost.total() <= case.lost, lost


def _letters(text: str) -> Counter[str]:
    """How often each letter and digit stands in a text, without what stands above or below it."""
    return Counter(c for c in text if c.isalnum())


def assert_on_the_page(found: list[Box], *, is_first: bool) -> None:
    for left, top, right, bottom in found:
        assert left > geometry.MARGIN_LEFT - SLACK
        assert top > (geometry.SENDER_TOP if is_first else geometry.MARGIN_TOP / 4)
        assert right < geometry.PAGE_WIDTH - geometry.MARGIN_RIGHT + SLACK
        assert bottom < geometry.PAGE_HEIGHT - geometry.MARGIN_BOTTOM + SLACK


def assert_apart(found: list[Box]) -> None:
    for one, other in combinations(found, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert min(across, down) < MARKS


def sizes(pdf: bytes) -> set[float]:
    """The sizes of type below the address, on the first page."""
    page = pdfplumber.open(BytesIO(pdf)).pages[0]
    return {round(char["size"], 1) for char in page.chars if char["top"] > (geometry.TEXT_TOP - 1) * MM}


def assert_seen_in_the_window(page: PdfPage, letter: Letter) -> None:
    assert within(page, geometry.ALWAYS_SEEN).split("\n") == list(letter.recipient)
    assert within(page, geometry.MAY_BE_SEEN).split("\n") == list(letter.recipient)
    sender = within(page, (geometry.SENDER_LEFT - 1, 0, geometry.PAGE_WIDTH, geometry.TEXT_TOP - 1))
    assert plain(sender) == plain("".join((letter.sender.name, *letter.sender.address)))
