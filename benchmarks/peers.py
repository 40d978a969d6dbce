"""Programs that make the PDF of a letter: ours, and others with the same text and the same fonts.

Each yields a function from letter to PDF that can be called repeatedly.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from jinja2 import Environment, FileSystemLoader

from app.letters.letter import Letter, Paragraph
from app.letters.paper import geometry
from app.letters.text import direction
from config import ROOT

Make = Callable[[Letter], bytes]
_FONTS = ROOT / "app" / "letters" / "paper" / "fonts.conf"
_SET_USUALLY = "body { font-size: 11pt }"


@contextmanager
def in_process() -> Iterator[Make]:
    """Yield Dear MP's renderer, in this process."""
    from app.letters.paper.pdf_renderer import PdfRenderer  # noqa: PLC0415  # it adds to the memory of each process

    yield PdfRenderer().typeset


@contextmanager
def pdf_pool() -> Iterator[Make]:
    """Yield Dear MP's PDF pool: the renderer in a process that can be killed, as on the site."""
    from app.letters.paper.pdf_pool import PdfPool  # noqa: PLC0415

    pdf_pool = PdfPool(processes=1)
    yield pdf_pool.typeset
    pdf_pool.stop()


@contextmanager
def naive() -> Iterator[Make]:
    """Yield WeasyPrint as in the first page of its documentation: it reads fonts, stylesheet and template each time."""
    os.environ["FONTCONFIG_FILE"] = str(_FONTS)
    from weasyprint import CSS, HTML  # noqa: PLC0415

    def make(letter: Letter) -> bytes:
        html, css = _rendered(letter)
        pdf: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=css)])
        return pdf

    yield make


@contextmanager
def naive_without_harfbuzz() -> Iterator[Make]:
    """Yield the same without libharfbuzz-subset, which fontTools then replaces."""
    with naive() as make:
        from weasyprint.pdf import fonts  # noqa: PLC0415

        fonts.harfbuzz_subset = None
        yield make


@contextmanager
def chromium() -> Iterator[Make]:
    """Yield a browser that stays open, with one page for all letters."""
    os.environ["FONTCONFIG_FILE"] = str(_FONTS)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.running import launched  # noqa: PLC0415

    with sync_playwright() as playwright, launched(playwright.chromium) as browser, browser.new_page() as page:

        def make(letter: Letter) -> bytes:
            html, css = _rendered(letter)
            # Chromium does not know the alias that names a font family for each script.
            page.set_content(
                html.replace("</head>", f'<style>{css} body {{ font-family: "Noto Serif" }}</style></head>')
            )
            return page.pdf(prefer_css_page_size=True, tagged=True)

        yield make


@contextmanager
def typst() -> Iterator[Make]:
    """Yield a typesetter compiled to machine code and kept ready: about as fast as possible."""
    from typst import Compiler  # noqa: PLC0415

    compiler = Compiler(root=ROOT)  # it finds the system's fonts on its own
    source = (ROOT / "benchmarks" / "letter.typ").read_bytes()

    def make(letter: Letter) -> bytes:
        pdf = compiler.compile(source, sys_inputs={"letter": _in_json(letter)}, pdf_standards=["a-2a", "ua-1"])
        assert isinstance(pdf, bytes)
        return pdf

    yield make


def _rendered(letter: Letter) -> tuple[str, str]:
    """Render our own page and stylesheet, as text."""
    environment = Environment(loader=FileSystemLoader(ROOT / "templates" / "letter"), autoescape=True)
    environment.filters |= {"printable": str, "ruled": str, "direction": direction}
    environment.globals |= {"address_points": geometry.address_points}
    html = environment.get_template("letter.html").render(letter=letter, blocks=letter.blocks)
    return f"<!doctype html>{html}", environment.get_template("letter.css").render(g=geometry) + _SET_USUALLY


def _in_json(letter: Letter) -> str:
    texts = ["\n".join(block.lines) for block in letter.blocks if isinstance(block, Paragraph)]
    return json.dumps(
        {
            "sender": [letter.sender.name, *letter.sender.address],
            "recipient": letter.recipient,
            "date": letter.dated,
            "subject": letter.subject,
            "paragraphs": texts,
            "close": letter.wording.close,
        }
    )
