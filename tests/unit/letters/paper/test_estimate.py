"""What is taken to fit a page does fit: an estimate may be too high, and never too low."""

import random
from dataclasses import replace

import pytest

from app.campaigns.library import CampaignLibrary
from app.letters.composition import Composition
from app.letters.letter import Letter
from app.letters.paper.estimate import plainly_fits_a_page
from app.letters.paper.pdf_renderer import PdfRenderer
from app.letters.text import UNUSUAL
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER
from tests.unit.letters.paper.corpus import CORPUS, PLAIN, whole

pytestmark = pytest.mark.system

WORDS = [
    *"the river of and WWWWW iii l,l. Mmmm state-imposed “Aberystwyth” Llanfairpwllgwyngyll £1,000,000 @@@ — …".split(),
    *"HOUSE OF COMMONS ŵŷâ Órfhlaith jjj ffi fl AVAVAV ToTo 2026 100% www.example.org/a/very/long/address".split(),
    "held\xa0together\xa0by\xa0spaces",
]


@pytest.fixture(scope="module")
def renderer() -> PdfRenderer:
    return PdfRenderer()


def some_letter(draw: random.Random) -> Letter:
    """One that is about a page long."""
    blocks = []
    for _ in range(draw.randint(1, 9)):
        items = draw.choice((1, 1, 1, 4))
        text = [" ".join(draw.choices(WORDS, k=draw.randint(1, 60 // items))) for _ in range(items)]
        blocks.append("\n".join(f"- {item}" if items > 1 else item for item in text))
    subject = " ".join(draw.choices(WORDS, k=draw.randint(1, 25)))[:200].strip()
    return replace(PLAIN, subject=subject, body=whole("\n\n".join(blocks)))


def test_no_letter_is_taken_for_shorter_than_it_is(renderer: PdfRenderer) -> None:
    draw = random.Random(1)
    taken = 0
    for _ in range(150):
        letter = some_letter(draw)
        if plainly_fits_a_page(letter):
            taken += 1
            assert renderer.proof(letter).pages == 1, letter.body
    assert taken > 30


def test_nor_any_of_the_awkward_ones() -> None:
    for name, case in CORPUS.items():
        assert case.pages == 1 or not plainly_fits_a_page(case.letter) or UNUSUAL.search(case.letter.body), name


@pytest.mark.parametrize("code", ["en", "cy"])
def test_the_letter_of_the_first_campaign_need_not_be_laid_out(snapshot: Snapshot, code: str) -> None:
    campaign = CampaignLibrary(ROOT / "letter_templates").get("uyghurs", code)
    assert campaign
    seat = snapshot.seats[0]
    assert seat.member
    answers = {"connection": "My neighbour is Uyghur, and she waits for news of her brother, who is in a camp."}
    assert plainly_fits_a_page(
        Composition(campaign, seat.member, seat.constituency, SENDER, answers, PLAIN.date).letter
    )
