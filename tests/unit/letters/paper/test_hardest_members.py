"""Letters to the members whose names are hardest to print, as window and reader see them.

All 650 are in ``tests.tools.test_every_member``.
"""

from collections.abc import Iterator
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
from tests.unit.letters.paper.corpus import boxes, pages, patience, within

pytestmark = pytest.mark.system

CAMPAIGNS = CampaignLibrary(ROOT / "letter_templates").all()
ANSWER = "My neighbour waits for news. I see her every morning, and every morning she has heard nothing."
SHORT = "your-own-letter"
"""Goes to each member."""
Letters = Iterator[tuple[Member, Letter]]
BELOW = (0, geometry.TEXT_TOP - 1, geometry.PAGE_WIDTH, geometry.PAGE_HEIGHT)


@pytest.fixture(scope="module", autouse=True)
def _patient() -> Iterator[None]:
    with patience():
        yield


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


def letters_to_all(campaign: Campaign, snapshot: Snapshot) -> Letters:
    """One to each member, in the order of the table."""
    answers = {question.id: ANSWER for question in campaign.questions}
    for seat in snapshot.seats:
        assert seat.member
        yield (
            seat.member,
            Composition(campaign, seat.member, seat.constituency, SENDER, answers, date(2026, 11, 22)).letter,
        )


def longest(letters: Letters, number: int) -> list[tuple[Member, Letter]]:
    """Those that take most room."""
    return sorted(letters, key=lambda to: len(to[1].body))[-number:]


def hardest(snapshot: Snapshot) -> Letters:
    """The longest titles, what is greeted the longest, and every name that is not in plain English letters."""
    members = [seat.member for seat in snapshot.seats if seat.member]
    titles = sorted(members, key=lambda member: len(member.full_title))[-50:]
    greetings = sorted(members, key=lambda member: len(member.salutation))[-10:]
    ids = {member.id for member in (*titles, *greetings)}
    ids |= {member.id for member in members if not member.full_title.isascii()}
    return ((member, letter) for member, letter in letters_to_all(CAMPAIGNS[SHORT], snapshot) if member.id in ids)


def check(member: Member, letter: Letter, pdf: bytes) -> list[tuple[float, ...]]:
    """That a letter is addressed and begins as it should; gives where the lines of the address stand."""
    assert letter.recipient == member.address_block
    shown = assert_seen(letter, pdf)
    lines = within(pages(pdf)[0], BELOW).split("\n")
    assert lines[:2] == ["22 November 2026", f"{member.salutation},"]
    return shown


def test_the_hardest_members(snapshot: Snapshot, pdf_pool: PdfPool) -> None:
    written = list(hardest(snapshot))
    for slug in CAMPAIGNS.keys() - {SHORT}:
        written += longest(letters_to_all(CAMPAIGNS[slug], snapshot), 10)
    assert len(written) >= 65
    for member, letter in written:
        check(member, letter, pdf_pool.typeset(letter))


def test_every_member_is_addressed_and_greeted(snapshot: Snapshot) -> None:
    for campaign in CAMPAIGNS.values():
        for member, letter in letters_to_all(campaign, snapshot):
            assert letter.recipient == member.address_block
            assert letter.body.startswith(f"{member.salutation},\n\n")


def test_whoever_comes_next_for_the_longest_constituencies(snapshot: Snapshot, pdf_pool: PdfPool) -> None:
    constituencies = sorted((seat.constituency for seat in snapshot.seats), key=lambda seat: len(seat.name))[-20:]
    for constituency in constituencies:
        member = ComingMember.for_constituency(constituency)
        letter = Composition(CAMPAIGNS["uyghurs"], member, constituency, SENDER, {}, date(2026, 11, 22)).letter
        assert len(letter.recipient) == 5
        assert_seen(letter, pdf_pool.typeset(letter))


def test_the_table_has_every_member(snapshot: Snapshot) -> None:
    table = list(rows(snapshot.seats))
    assert len(table) == 650
    assert any("Rt Hon Sir Lindsay Hoyle MP / House of Commons / LONDON / SW1A 0AA" in row for row in table)
