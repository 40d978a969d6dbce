"""A letter to each of the 650 members, as window and reader see it, and the longest letters of other campaigns.

``tests.unit.letters.paper.test_hardest_members`` tries some each time. This tries all, which takes long.
"""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from app.letters.paper import geometry
from app.letters.paper.pdf_pool import PdfPool
from app.mp.snapshot.snapshot import Snapshot
from tests.reports import tell
from tests.unit.letters.paper.corpus import pages, patience
from tests.unit.letters.paper.test_hardest_members import CAMPAIGNS, SHORT, check, letters_to_all, longest


@dataclass
class Summary:
    """What ends the run: whom it was about, in a few lines. The whole is in ``python -m tests.members_table``."""

    pages: Counter[int] = field(default_factory=Counter)
    """How many letters take so many pages."""
    widths: dict[str, float] = field(default_factory=dict)
    """How wide each member's title is on paper, in millimetres."""
    by_full_name: set[int] = field(default_factory=set)

    def tell(self) -> None:
        """Have the run's end print it."""
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


@pytest.fixture
def two_processes() -> Iterator[PdfPool]:
    """A press of its own: with two processes this takes half the time."""
    pdf_pool = PdfPool(processes=2)
    with patience():
        yield pdf_pool
    pdf_pool.stop()


def test_every_member(snapshot: Snapshot, two_processes: PdfPool) -> None:
    written, summary = list(letters_to_all(CAMPAIGNS[SHORT], snapshot)), Summary()
    for slug in CAMPAIGNS.keys() - {SHORT}:
        written += longest(letters_to_all(CAMPAIGNS[slug], snapshot), 65)
    assert len(written) == 650 + 65
    with ThreadPoolExecutor(3) as threads:
        pdfs = threads.map(two_processes.typeset, [letter for _, letter in written])
        for (member, letter), pdf in zip(written, pdfs, strict=True):
            right = max(box[2] for box in check(member, letter, pdf))
            summary.pages[len(pages(pdf))] += 1
            summary.widths[member.full_title] = right - geometry.ADDRESS_LEFT
            if not member.address_as:
                summary.by_full_name.add(member.id)
    summary.tell()
