"""Letters and posters on paper: PDFs on A4 that everybody can read (PDF/UA-1) and that last (PDF/A-2a), by WeasyPrint.

A PdfRenderer belongs to one thread: WeasyPrint's font configuration must not be shared. ``pdf_pool`` keeps one for
each process.
"""

import logging
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

# A list of fonts of our own, so that a letter looks alike on every machine. Fontconfig reads it when it first loads.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "fonts.conf")

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from PIL import Image
from weasyprint import CSS
from weasyprint.document import Document
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.letters.letter import Letter, Proof, TooManyPages
from app.letters.paper import geometry
from app.letters.paper.finisher import finish
from app.letters.paper.kinds import KINDS, MOST_PAGES, Paper, PaperKind
from app.letters.paper.paper_html import PaperHTML
from app.letters.paper.stall import ruled
from app.letters.text import UNUSUAL, direction

TEMPLATES = Path(__file__).parents[3] / "templates" / "letter"

_VARIANT = {"pdf_variant": "pdf/a-2a"}
# A picture of 200 kB may unfold to a gigabyte. Twice as many are refused.
Image.MAX_IMAGE_PIXELS = 8_000_000
LONGEST_WORD = 40  # capitals that fit a line; WeasyPrint's own breaking of words takes minutes on a hostile one


class NothingFetched(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Refuses every address except one that holds its own image: a paper needs nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:image/"):
            return super().fetch(url, headers)
        raise ValueError("paper fetches nothing")


class _Unprintable(logging.Handler):
    """Catches WeasyPrint's warnings, which quote the letter, and keeps the characters that no font has."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.found[str(record.args[0])] = None


_unprintable = _Unprintable()
LOGGER.handlers, LOGGER.propagate = [_unprintable], False
LOGGER.setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class _Materials:
    """The template and stylesheets of a kind of paper, read once."""

    template: Template
    layout: tuple[CSS, ...]
    sizes: tuple[CSS, ...]


class PdfRenderer:
    """Makes PDFs. Fonts and stylesheets are read once, so it is fast from the second PDF on."""

    def __init__(self) -> None:
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        environment.filters |= {"printable": _make_printable, "direction": direction, "ruled": ruled}
        environment.globals |= {"address_points": geometry.address_points}
        self._fonts = FontConfiguration()
        self._fetcher = NothingFetched()
        self._materials = {paper: self._read_materials(environment, kind) for paper, kind in KINDS.items()}

    def typeset(self, paper: Paper) -> bytes:
        """Return the PDF of a paper. Raises TooManyPages."""
        document = self._lay_out(paper)
        if len(document.pages) > MOST_PAGES:
            raise TooManyPages
        pdf: bytes = document.write_pdf(finisher=finish, **_VARIANT)
        return pdf

    def proof(self, letter: Letter) -> Proof:
        """Return how a letter comes out on paper."""
        document = self._lay_out(letter)
        _unprintable.found.clear()
        if len(document.pages) <= MOST_PAGES and UNUSUAL.search(f"{letter.sender.name}{letter.subject}{letter.body}"):
            document.write_pdf()  # missing glyphs are found only while drawing
        return Proof(len(document.pages), "".join(_unprintable.found))

    def _lay_out(self, paper: Paper) -> Document:
        """Lay out a paper, in the size that its kind chooses."""
        kind, materials = KINDS[type(paper)], self._materials[type(paper)]
        text = materials.template.render(kind.context(paper))
        html = PaperHTML(text, self._fetcher)
        return kind.choose([partial(self._render, html, (*materials.layout, size)) for size in materials.sizes])

    def _render(self, html: PaperHTML, stylesheets: Sequence[CSS]) -> Document:
        return html.render(font_config=self._fonts, stylesheets=stylesheets, **_VARIANT)

    def _read_materials(self, environment: Environment, kind: PaperKind) -> _Materials:
        layout = tuple(self._css(environment.get_template(name).render(g=geometry)) for name in kind.stylesheets)
        return _Materials(environment.get_template(kind.template), layout, tuple(map(self._css, kind.sizes)))

    def _css(self, text: str) -> CSS:
        return CSS(string=text, font_config=self._fonts, url_fetcher=self._fetcher)


def _make_printable(text: str) -> str:
    """Let a word break that is too long for a line. No font has keycaps, so the key is printed alone."""
    text = re.sub("([0-9#*])\ufe0f?\u20e3", r"\1", text)
    # It changes nothing within a joined emoji, but that emoji could not be copied out of the PDF.
    text = text.replace("\ufe0f\u200d", "\u200d")
    return re.sub(rf"[^ \n]{{{LONGEST_WORD + 1},}}", _add_breaks, text)


def _add_breaks(found: re.Match[str]) -> str:
    """Return a long word with places to break: at spaces that keep it from breaking, then every so many characters."""
    words = re.sub("[\u00a0\u2007\u202f]", " ", found[0]).split(" ")
    return " ".join(map(_break_word, words))


def _break_word(word: str) -> str:
    broken, length = "", 0
    for character in word:
        if length >= LONGEST_WORD and not _belongs_to(character, broken[-1]):
            broken, length = f"{broken}\N{ZERO WIDTH SPACE}", 0
        broken, length = broken + character, length + 1
    return broken


def _belongs_to(character: str, before: str) -> bool:
    """Return whether a character belongs to the letter or emoji before it."""
    joins = unicodedata.category(character)[0] == "M" or character in "\u200c\u200d"
    joins |= "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"
    return joins or before == "\u200d" or unicodedata.combining(before) == 9
