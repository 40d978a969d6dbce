"""The HTML of paper: that of our own templates, read and styled by no more than it needs."""

import re
from pathlib import Path
from xml.etree import ElementTree

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

_ELEMENTS = CSS(filename=Path(__file__).parents[3] / "templates" / "letter" / "elements.css")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class PaperHTML(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A filled-in template, which is well-formed XML.

    WeasyPrint offers no way to do without its parser, which mends the HTML of the whole web, and its stylesheet, which
    knows tables and forms. Together they take a tenth of the time of a letter. So this sets what ``HTML`` sets, and
    answers what it is asked for; tests/unit/letters/test_paper_html.py tells when a new version asks for more.
    """

    def __init__(self, text: str, url_fetcher: URLFetcher) -> None:
        self.base_url = None
        self.url_fetcher = url_fetcher
        self.media_type = "print"
        self.etree_element = ElementTree.fromstring(_NOT_XML.sub("", text))  # noqa: S314  # the letter in it is escaped
        self.wrapper_element = ElementWrapper.from_html_root(self.etree_element, content_language=None)

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: ARG002  # as WeasyPrint calls it
        return [_ELEMENTS]
