"""A campaign's poster: its logo, its sizes of type, its address."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest
from pdfplumber.pdf import PDF
from PIL import Image

from app.campaigns.file.logo import Logo, read_logo
from app.letters.paper.geometry import ems
from app.letters.paper.pdf_pool import PdfPool
from app.letters.paper.poster import WIDTH, Poster
from tests.sharing import SAMPLE_CAMPAIGNS
from tests.unit.letters.paper.corpus import MM, PARAGRAPH

pytestmark = pytest.mark.system

POSTER = Poster(
    "Save the bees", "Ask your MP to act.", "Bees for All", "https://write.example.org/c/bees", "By A. Example"
)

Print = Callable[[Poster], PDF]


@pytest.fixture
def printed(pdf_pool: PdfPool) -> Print:
    return lambda poster: pdfplumber.open(BytesIO(pdf_pool.typeset(poster)))


def _picture(width: int) -> Logo:
    content = BytesIO()
    Image.new("1", (width, width)).save(content, "PNG")
    return Logo(content.getvalue(), "image/png")


def test_the_logo_stands_in_the_organisations_place(printed: Print) -> None:
    (page,) = printed(replace(POSTER, logo=read_logo(SAMPLE_CAMPAIGNS, "bees.png"))).pages
    (logo,) = page.images
    assert logo["bottom"] < 45 * MM
    assert "Bees for All" not in page.extract_text()


@pytest.mark.parametrize(
    "logo",
    [None, Logo(b"\x89PNG\r\n\x1a\nno picture", "image/png"), _picture(13_000)],
    ids=["none", "broken", "far too large"],
)
def test_without_a_sound_logo_the_organisation_is_named(printed: Print, logo: Logo | None) -> None:
    (page,) = printed(replace(POSTER, logo=logo)).pages
    assert page.images == []
    assert "Bees for All" in page.extract_text()


def test_more_text_has_smaller_type_and_pushes_nothing_aside(printed: Print) -> None:
    sizes, codes = [], set()
    for paragraphs in (1, 2, 4, 8, 16):
        (page,) = printed(replace(POSTER, summary=" ".join([PARAGRAPH] * paragraphs))).pages
        sizes.append(next(char["size"] for char in page.chars if char["text"] == "T"))
        codes.add(round(min(word["top"] for word in page.extract_words() if word["text"].startswith("write.example"))))
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)
    assert len(codes) == 1, "the address stays where it is"


@pytest.mark.parametrize("host", ["example.org", "a.very.long.name.of.a.host." * 3 + "example.org"])
def test_the_address_is_as_one_types_it(printed: Print, host: str) -> None:
    (page,) = printed(replace(POSTER, address=f"http://{host}/c/bees")).pages
    assert f"{host}/c/bees" in "".join(page.extract_text().split())
    assert "http" not in page.extract_text()


def test_is_worded_in_the_campaigns_language(printed: Print) -> None:
    text = printed(replace(POSTER, language="cy")).pages[0].extract_text()
    assert "Ysgrifennwch at eich AS" in " ".join(text.split())


def test_a_middling_long_address_fills_the_line() -> None:
    poster = replace(POSTER, address="https://write-to-your-mp.rivers-for-all.example.org/c/bees")
    assert 11 < poster.address_points < replace(POSTER, address="https://a.org/c/b").address_points
    assert ems(poster.typed_address) * poster.address_points * 25.4 / 72 == pytest.approx(WIDTH)
