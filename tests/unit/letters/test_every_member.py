"""A letter to each of the 650 members, as window and reader see it; of other campaigns the longest letters."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import pytest

from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.letters.composition import Composition
from app.letters.letter import Letter
from app.letters.paper import geometry
from app.letters.paper.pdf_pool import PdfPool
from app.mp.people import ComingMember, Member
from app.mp.snapshot.snapshot import Snapshot
from config import ROOT
from tests.conftest import SENDER
from tests.members_table import rows
from tests.reports import tell
from tests.unit.letters.corpus import boxes, pages, patience, within

CAMPAIGNS = CampaignLibrary(ROOT / "letter_templates").all()
ANSWER = "My neighbour waits for news. I see her every morning, and every morning she has heard nothing."
SHORT = "your-own-letter"
"""Goes to each member."""
LONGEST = 65
"""Of every other campaign, so many: those that take most room."""
BELOW = (0, geometry.TEXT_TOP - 1, geometry.PAGE_WIDTH, geometry.PAGE_HEIGHT)


@dataclass
class Summary:
    """What ends the run: whom it was about, in a few lines. The whole is in ``python -m tests.members_table``."""

    pages: Counter[int] = field(default_factory=Counter)
    """How many letters take so many pages."""
    widths: dict[str, float] = field(default_factory=dict)
    """How wide each member's title is on paper, in millimetres."""
    by_full_name: set[int] = field(default_factory=set)

    def pytest_sessionfinish(self) -> None:
        """Tell of it."""
        room = geometry.ALWAYS_SEEN[2] - geometry.ADDRESS_LEFT
        takes = ", ".join(
            f"{count} take {number} page{'s'[: number > 1]}" for number, count in sorted(self.pages.items())
        )
        widest = sorted(self.widths, key=lambda title: self.widths[title], reverse=True)[:3]
        tell(
            "Letters to every member (the whole table: python -m tests.members_table)",
            [
                f"{self.pages.total()} letters to {len(self.widths)} members: {takes}.",
                f"Widest in the window, which has {room:.0f} mm:",
                *(f"  {title} ({self.widths[title]:.1f} mm)" for title in widest),
                f"Without nameAddressAs, and greeted by their full name: {len(self.by_full_name)}.",
            ],
        )


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


@pytest.fixture(scope="module")
def summary(request: pytest.FixtureRequest) -> Summary:
    summary = Summary()
    request.config.pluginmanager.register(summary)
    return summary


@pytest.fixture(scope="module")
def two_processes() -> Iterator[PdfPool]:
    """A press of its own: with two processes this takes half the time."""
    pdf_pool = PdfPool(processes=2)
    yield pdf_pool
    pdf_pool.stop()


def assert_seen(letter: Letter, pdf: bytes) -> list[tuple[float, ...]]:
    """The window shows the address, wherever the sheet slides, and nothing else; gives where its lines stand."""
    page = pages(pdf)[0]
    assert within(page, geometry.ALWAYS_SEEN).split("\n") == list(letter.recipient)
    assert within(page, geometry.MAY_BE_SEEN).split("\n") == list(letter.recipient)
    left, top, right, bottom = geometry.ALWAYS_SEEN
    shown = [box for box in boxes(page) if _meet(box, geometry.MAY_BE_SEEN)]
    assert shown
    for box in shown:
        assert left <= box[0] < box[2] <= right
        assert top <= box[1] < box[3] <= bottom
    return shown


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def letters_to_all(campaign: Campaign, snapshot: Snapshot) -> Iterator[tuple[Member, Letter]]:
    answers = {question.id: ANSWER for question in campaign.questions}
    for seat in snapshot.seats:
        assert seat.member
        yield (
            seat.member,
            Composition(campaign, seat.member, seat.constituency, SENDER, answers, date(2026, 11, 22)).letter,
        )


def test_every_member(snapshot: Snapshot, two_processes: PdfPool, summary: Summary) -> None:
    written = list(letters_to_all(CAMPAIGNS[SHORT], snapshot))
    for slug in CAMPAIGNS.keys() - {SHORT}:
        written += sorted(letters_to_all(CAMPAIGNS[slug], snapshot), key=lambda to: len(to[1].body))[-LONGEST:]
    assert len(written) == 650 + 65
    with ThreadPoolExecutor(3) as threads:
        pdfs = threads.map(two_processes.typeset, [letter for _, letter in written])
        for (member, letter), pdf in zip(written, pdfs, strict=True):
            assert letter.recipient == member.address_block
            shown = assert_seen(letter, pdf)
            lines = within(pages(pdf)[0], BELOW).split("\n")
            assert lines[:2] == ["22 November 2026", f"{member.salutation},"]
            summary.pages[len(pages(pdf))] += 1
            summary.widths[member.full_title] = max(box[2] for box in shown) - geometry.ADDRESS_LEFT
            if not member.address_as:
                summary.by_full_name.add(member.id)


def test_whoever_comes_next_for_the_longest_constituencies(snapshot: Snapshot, pdf_pool: PdfPool) -> None:
    constituencies = sorted((seat.constituency for seat in snapshot.seats), key=lambda seat: len(seat.name))[-20:]
    for constituency in constituencies:
        member = ComingMember.of(constituency)
        letter = Composition(CAMPAIGNS["uyghurs"], member, constituency, SENDER, {}, date(2026, 11, 22)).letter
        assert len(letter.recipient) == 5
        assert_seen(letter, pdf_pool.typeset(letter))


def test_the_table_has_every_member(snapshot: Snapshot) -> None:
    table = list(rows(snapshot.seats))
    assert len(table) == 650
    assert any("Rt Hon Sir Lindsay Hoyle MP / House of Commons / LONDON / SW1A 0AA" in row for row in table)
