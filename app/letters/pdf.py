"""The letter on paper: a PDF on A4 that everybody can read (PDF/UA-1) and that lasts (PDF/A-2a), by WeasyPrint.

A Typesetter belongs to one thread: WeasyPrint's font configuration may not be shared. ``app.letters.press`` keeps one
a process.
"""

import logging
import os
import re
import unicodedata
from pathlib import Path

# A list of fonts of our own, so that a letter looks alike on every machine. Fontconfig reads it when it first loads.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "fonts.conf")

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.letters import geometry
from app.letters.letter import CLOSE, Letter, Proof, TooManyPages
from app.letters.standards import accessible_too
from app.letters.text import UNUSUAL, direction

TEMPLATES = Path(__file__).parents[2] / "templates" / "letter"

FONT_SIZES = (11, 10.5, 10)  # points; below that nobody reads with pleasure
MOST_PAGES = 3
_SIZED_DOWN = {2: 1, MOST_PAGES + 1: MOST_PAGES}
"""How many pages a smaller size may bring down, and to how many."""
_VARIANT = {"pdf_variant": "pdf/a-2a"}
LONGEST_WORD = 40  # capitals that fit a line; WeasyPrint's own breaking of words takes minutes on a hostile one


class _NothingFetched(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """A letter is whole in itself: whatever asks for an address is turned away."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        raise ValueError("letters fetch nothing")


class _Unprintable(logging.Handler):
    """Takes WeasyPrint's warnings, which quote the letter, and keeps the characters for which no font has a glyph."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.found[str(record.args[0])] = None


_unprintable = _Unprintable()
LOGGER.handlers, LOGGER.propagate = [_unprintable], False
LOGGER.setLevel(logging.WARNING)


class Typesetter:
    """Makes PDFs, fast from the second on: fonts and stylesheet are read once."""

    def __init__(self) -> None:
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        environment.filters |= {"printable": _printable, "direction": direction}
        environment.globals |= {"close": CLOSE, "address_points": geometry.address_points}
        self._template = environment.get_template("letter.html")
        self._fonts = FontConfiguration()
        self._fetcher = _NothingFetched()
        self._layout = self._css(environment.get_template("letter.css").render(g=geometry))
        self._sizes = [self._css(f"body {{ font-size: {points}pt }}") for points in FONT_SIZES]

    def typeset(self, letter: Letter) -> bytes:
        """The letter's PDF. Raises TooManyPages."""
        document = self._laid_out(letter)
        if len(document.pages) > MOST_PAGES:
            raise TooManyPages
        pdf: bytes = document.write_pdf(finisher=accessible_too, **_VARIANT)
        return pdf

    def proof(self, letter: Letter) -> Proof:
        """What the letter comes to on paper."""
        document = self._laid_out(letter)
        _unprintable.found.clear()
        if len(document.pages) <= MOST_PAGES and UNUSUAL.search(f"{letter.sender.name}{letter.subject}{letter.body}"):
            document.write_pdf()  # only drawing tells
        return Proof(len(document.pages), "".join(_unprintable.found))

    def _laid_out(self, letter: Letter) -> Document:
        """In the usual size, or in a smaller one if that saves the second page, or a page too many."""
        html = HTML(string=self._template.render(letter=letter), url_fetcher=self._fetcher)
        usual, *smaller = self._sizes
        document = self._render(html, usual)
        wanted = _SIZED_DOWN.get(len(document.pages))
        if wanted:
            tries = (self._render(html, size) for size in smaller)
            document = next((fitting for fitting in tries if len(fitting.pages) <= wanted), document)
        return document

    def _render(self, html: HTML, size: CSS) -> Document:
        return html.render(font_config=self._fonts, stylesheets=[self._layout, size], **_VARIANT)

    def _css(self, text: str) -> CSS:
        return CSS(string=text, font_config=self._fonts, url_fetcher=self._fetcher)


def _printable(text: str) -> str:
    """Lets a word too long for a line break, by a zero-width space; a keycap, for want of a font, is its key alone."""
    text = re.sub("([0-9#*])\ufe0f?\u20e3", r"\1", text)
    return re.sub(rf"[^ \n]{{{LONGEST_WORD + 1},}}", _with_breaks, text)


def _with_breaks(found: re.Match[str]) -> str:
    """A word too long for a line, with places to break it: where a space kept it from breaking, else every so often."""
    words = re.sub("[\u00a0\u2007\u202f]", " ", found[0]).split(" ")
    return " ".join(map(_broken, words))


def _broken(word: str) -> str:
    broken, length = "", 0
    for character in word:
        if length >= LONGEST_WORD and not _belongs_to(character, broken[-1]):
            broken, length = f"{broken}\N{ZERO WIDTH SPACE}", 0
        broken, length = broken + character, length + 1
    return broken


def _belongs_to(character: str, before: str) -> bool:
    """Whether two characters make one letter or emoji."""
    joins = unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"
    joins |= "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"
    return joins or before == "\u200d" or unicodedata.combining(before) == 9
