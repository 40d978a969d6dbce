"""Letters to measure with: letters of the Uyghur campaign, one page each, all different; and of any length."""

from dataclasses import replace
from datetime import date
from functools import cache
from itertools import cycle, islice

from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.letters.composition import Composition
from app.letters.letter import Letter
from app.mp.people import Constituency, Member
from app.mp.snapshot.snapshot import LatestSnapshot
from config import ROOT
from tests.conftest import EMPTY_FOLDER, SENDER, WRITER

DAY = date(2026, 11, 22)
_A_PARAGRAPH = 60  # words


def letter(number: int) -> Letter:
    """Compose the nth visitor's letter, of 250 words, to one of 650 members, so that caching texts gains little."""
    campaign, seats = _campaign_and_seats()
    member, constituency = seats[number % len(seats)]
    answers = {"connection": f"{WRITER['answer-connection']} She has waited for {number + 2} days."}
    return Composition(campaign, member, constituency, SENDER, answers, DAY).letter


def letter_of(words: int) -> Letter:
    """Make a letter with this many words. Raises LetterTooLong."""
    usual = letter(0)
    text = list(islice(cycle(usual.body.split()), words))
    paragraphs = (" ".join(text[first : first + _A_PARAGRAPH]) for first in range(0, words, _A_PARAGRAPH))
    return replace(usual, body="\n\n".join(paragraphs))


@cache
def _campaign_and_seats() -> tuple[Campaign, list[tuple[Member, Constituency]]]:
    seats = LatestSnapshot(EMPTY_FOLDER).get().seats
    campaign = CampaignLibrary(ROOT / "letter_templates", lambda: seats).get("uyghurs")
    assert campaign
    return campaign, [(seat.member, seat.constituency) for seat in seats if seat.member]
