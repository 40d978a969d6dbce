"""The letter on paper: a tagged PDF (PDF/UA-1) on A4, by WeasyPrint.

A Typesetter belongs to one thread: WeasyPrint's font configuration may not be shared. ``app.letters.press`` keeps one
a process.
"""

import os
import re
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
from app.letters.letter import CLOSE, Letter

TEMPLATES = Path(__file__).parents[2] / "templates" / "letter"
LOGGER.setLevel("CRITICAL")  # its warnings quote the letter

FONT_SIZES = (11, 10.5, 10)  # points; below that nobody reads with pleasure
BARELY_TOO_LONG = 2  # pages: a smaller size may bring them down to one
_VARIANT = {"pdf_variant": "pdf/ua-1"}
LONGEST_WORD = 60  # characters that fit a line; WeasyPrint's own breaking of words takes minutes on a hostile one


class _NothingFetched(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """A letter is whole in itself: whatever asks for an address is turned away."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        raise ValueError("letters fetch nothing")


class Typesetter:
    """Makes PDFs, fast from the second on: fonts and stylesheet are read once."""

    def __init__(self) -> None:
        environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        environment.filters["breakable"] = _breakable
        environment.globals["close"] = CLOSE
        self._template = environment.get_template("letter.html")
        self._fonts = FontConfiguration()
        self._fetcher = _NothingFetched()
        self._layout = self._css(environment.get_template("letter.css").render(g=geometry))
        self._sizes = [self._css(f"body {{ font-size: {points}pt }}") for points in FONT_SIZES]

    def typeset(self, letter: Letter) -> bytes:
        """The letter's PDF: on one page if a smaller size brings it there, else in the usual size."""
        html = HTML(string=self._template.render(letter=letter), url_fetcher=self._fetcher)
        usual, *smaller = self._sizes
        document = self._render(html, usual)
        if len(document.pages) == BARELY_TOO_LONG:
            tries = (self._render(html, size) for size in smaller)
            document = next((fitting for fitting in tries if len(fitting.pages) == 1), document)
        pdf: bytes = document.write_pdf(**_VARIANT)
        return pdf

    def _render(self, html: HTML, size: CSS) -> Document:
        return html.render(font_config=self._fonts, stylesheets=[self._layout, size], **_VARIANT)

    def _css(self, text: str) -> CSS:
        return CSS(string=text, font_config=self._fonts, url_fetcher=self._fetcher)


def _breakable(text: str) -> str:
    """Lets a word too long for a line break, by a zero-width space."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", text)
