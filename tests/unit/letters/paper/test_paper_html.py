"""That WeasyPrint takes our HTML as it is: a new version may ask for more, or no longer ask us for a stylesheet."""

from app.letters.paper.paper_html import PaperHTML
from app.letters.paper.pdf_renderer import NothingFetched
from tests.unit.letters.paper.corpus import pages


def _text(body: str) -> str:
    """What is printed, as it stands in lines."""
    html = PaperHTML(f'<html lang="en-GB"><head><title>T</title></head><body>{body}</body></html>', NothingFetched())
    (page,) = pages(html.render().write_pdf())
    text: str = page.get_textpage().get_text_range()
    return text.replace("\r\n", "\n").strip()


def test_what_our_stylesheet_does_not_name_has_no_look_of_its_own() -> None:
    assert _text("<p>One <section>line</section></p><p>Another<br/>and a third</p>") == "One line\nAnother\nand a third"


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert _text("<p>Clean\x00 \x0brivers\ud800 now\ufffe 🌊</p>") == "Clean rivers now 🌊"
