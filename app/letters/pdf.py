"""The letter on paper: a tagged PDF (PDF/UA-1) on A4, by WeasyPrint.

A Typesetter belongs to one thread: WeasyPrint's font configuration may not be shared. ``app.letters.press`` keeps one
a process.
"""

import os
import re
from pathlib import Path
from typing import Any

# A list of fonts of our own, so that a letter looks alike on every machine. Fontconfig reads it when it first loads.
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).parent / "fonts.conf")

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from app.letters import geometry
from app.letters.letter import CLOSE, Letter

TEMPLATES = Path(__file__).parents[2] / "templates" / "letter"
LOGGER.setLevel("CRITICAL")  # its warnings quote the letter

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
        stylesheet = environment.get_template("letter.css").render(g=geometry)
        self._stylesheet = CSS(string=stylesheet, font_config=self._fonts, url_fetcher=self._fetcher)

    def typeset(self, letter: Letter) -> bytes:
        """The letter's PDF."""
        html = HTML(string=self._template.render(letter=letter), url_fetcher=self._fetcher)
        options: dict[str, Any] = {"stylesheets": [self._stylesheet], "pdf_variant": "pdf/ua-1"}
        pdf: bytes = html.write_pdf(font_config=self._fonts, **options)
        return pdf


def _breakable(text: str) -> str:
    """Lets a word too long for a line break, by a zero-width space."""
    return re.sub(rf"(\S{{{LONGEST_WORD}}})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", text)
