"""A supporter's journey, from the campaign's page to the letter, which has to be the one that they wrote."""

import asyncio
import random
import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

from benchmarks.load.browser import Answer, Browser, Lost
from tests.page import Page

CAMPAIGN = "/c/uyghurs"
READING, WRITING, CHECKING = (10.0, 40.0), (40.0, 120.0), (20.0, 60.0)
"""Seconds that a person takes for the campaign's page, for their own words, and for the letter."""
WAYS = {"pdf": 60, "eml": 15, "txt": 15, "": 10}
"""Ways to take the letter away, in hundredths; the last is copying it from the page."""
PDFS_A_READER = 50  # one PDF in fifty is read, which takes a while
_ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js)\?[^"]+)"')


@dataclass
class Supporter:
    """Somebody with a name and words that nobody else has."""

    number: int
    postcode: str
    browser: Browser
    pace: float
    """Speed of reading and writing, as a multiple of a person's."""
    draw: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.number)

    @property
    def mark(self) -> str:
        """Text that is in no other letter, and that is never hyphenated."""
        return str(7_000_000_000 + self.number)

    @property
    def name(self) -> str:
        """The supporter's invented name."""
        return f"Sam Example {self.number}"

    async def go(self) -> None:
        """Go from the campaign to the letter. Raises Lost."""
        page = await self._arrive()
        page = await self._say_where(page)
        page = await self._write(page)
        await self._take(page)

    async def _arrive(self) -> Page:
        answer = await self.browser.get("campaign", CAMPAIGN)
        page = _page("campaign", answer)
        for path in _ASSET.findall(answer.text):
            _expect("asset", await self.browser.get("asset", path))
        await self._take_time(READING)
        return page

    async def _say_where(self, page: Page) -> Page:
        form, button = page.button("/write")
        form.fields["postcode"] = self.postcode
        answer = await self.browser.press("write", form, button)
        page = _page("write", answer)
        for picture in page.pictures:
            await self.browser.glance("portrait", picture)
        await self._take_time(WRITING)
        return page

    async def _write(self, page: Page) -> Page:
        form = page.form_that_shows("answer-connection")
        if form is None:
            raise Lost(f"write: no place for own words on “{page.heading}”")
        form.fields |= {
            "name": self.name,
            "address_line_1": "12 Example Street",
            "town": "Llanfair",
            "answer-connection": f"My neighbour is Uyghur. She waits for news, and counts to {self.mark}.",
        }
        answer = await self.browser.press("letter", form, page.button("/letter")[1])
        page = _page("letter", answer)
        shown = page.form_that_shows("body")
        if shown is None:
            raise Lost(f"letter: none on “{page.heading}”")
        self._look_for_own_words("letter", shown.fields["body"])
        await self._take_time(CHECKING)
        return page

    async def _take(self, page: Page) -> None:
        way = self.draw.choices(list(WAYS), list(WAYS.values()))[0]
        if way:
            answer = await self.browser.press(way, *page.button(f"/letter.{way}"))
            _expect(way, answer)
            self._read(way, answer.content)

    def _read(self, way: str, content: bytes) -> None:
        if way == "txt":
            self._look_for_own_words(way, content.decode())
        elif way == "eml":
            self._look_for_own_words(way, message_from_bytes(content, policy=policy.default).get_content())
        elif not (content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")):
            raise Lost("pdf: not a whole PDF")
        elif self.number % PDFS_A_READER == 0:
            self._look_for_own_words(way, text_of(content))

    def _look_for_own_words(self, route: str, text: str) -> None:
        for own in (self.mark, self.name):
            if own not in text:
                raise Lost(f"{route}: another letter than was written")

    async def _take_time(self, seconds: tuple[float, float]) -> None:
        await asyncio.sleep(self.draw.uniform(*seconds) / self.pace)


def _page(route: str, answer: Answer) -> Page:
    _expect(route, answer)
    return answer.page()


def _expect(route: str, answer: Answer) -> None:
    if answer.status != 200:
        raise Lost(f"{route}: {answer.status}")


def text_of(pdf: bytes) -> str:
    """Return the text of a PDF, with spaces for line ends."""
    with PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
