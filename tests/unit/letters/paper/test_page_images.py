"""The letter's pages as pictures, opened again."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageStat

from app.letters.letter import TooManyPages
from app.letters.paper.pdf_pool import PdfPool, PdfPoolBusy
from tests.unit.letters.paper.corpus import PLAIN, lines, whole, written

pytestmark = pytest.mark.system


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_each_page_is_a_picture_of_a4_in_greys(pdf_pool: PdfPool, pages: int) -> None:
    pictures = pdf_pool.page_images(written(lines(40 * pages - 25)))
    assert len(pictures) == pages
    for picture in pictures:
        image = Image.open(BytesIO(picture))
        assert image.format == "PNG"
        assert image.height / image.width == pytest.approx(297 / 210, abs=0.002)
        assert image.width >= 1200
        assert len(picture) < 150_000
        greys = image.convert("L").histogram()
        assert any(greys[:60]), "ink is black"
        assert greys[255] > image.width * image.height / 2, "paper is white"


def test_shows_what_the_letter_says(pdf_pool: PdfPool) -> None:
    (short,), (long,) = pdf_pool.page_images(written("Short.")), pdf_pool.page_images(written(lines(12)))
    ink = [255 - ImageStat.Stat(Image.open(BytesIO(page)).convert("L")).mean[0] for page in (short, long)]
    assert 0.1 < ink[0] < ink[1] < 30


def test_more_pages_than_anybody_prints_are_refused(pdf_pool: PdfPool) -> None:
    with pytest.raises(TooManyPages):
        pdf_pool.page_images(replace(PLAIN, body=whole(lines(200))))


def test_pictures_take_their_turn_too() -> None:
    pdf_pool = PdfPool(processes=1)
    pdf_pool._slots = type(pdf_pool._slots)(1)
    pdf_pool._slots.acquire()
    with pytest.raises(PdfPoolBusy):
        pdf_pool.page_images(PLAIN)
    assert pdf_pool.processes() == []
