"""No page says a word that is in no catalogue.

The pages are made in a language that puts every translated text between two marks. Whatever stands outside of them is
either data, which is marked as such in the page (``translate="no"``, or ``lang`` where it is in another language), or a
text that somebody forgot to have translated.
"""

import re
from gettext import NullTranslations
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from app.i18n import translate
from app.i18n.catalogue import load_translations
from app.i18n.languages import LANGUAGES, Language
from app.web.http import locale_routing
from app.web.studio import views
from tests.pages import PAGES, Visit
from tests.web.html import Html

BEGIN, END = "⟦", "⟧"
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-busy", "label")
OUTSIDE = ("script", "style", "textarea", "iframe", "code")
KNOWN = re.compile("Dear MP|Error:")
"""What a title may say outside of them."""
MARKS = Language("eo", "eo", "Esperanto")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Marked(NullTranslations):
    """A language in which every text is itself, between two marks."""

    def gettext(self, message: str) -> str:
        return message if KNOWN.fullmatch(message) else f"{BEGIN}{message}{END}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def marking(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a third language, that no campaign is in: its pages are under ``/eo``, all between marks."""

    def translations_or_marks(language: Language) -> NullTranslations:
        return Marked() if language is MARKS else load_translations(language)

    monkeypatch.setitem(LANGUAGES, MARKS.code, MARKS)
    monkeypatch.setattr(translate, "load_translations", translations_or_marks)
    for module in (locale_routing, views):
        monkeypatch.setattr(module, "find_texts", lambda *_: {})


class Reader:
    """Reads a page as it is shown, and keeps the words that stand outside of the marks."""

    def __init__(self, page: Element, own: str) -> None:
        self._depth = 0
        self._own = own
        self.found: list[str] = []
        self._read(page)

    def _read(self, element: Element) -> None:
        if element.tag in OUTSIDE or element.get("translate") == "no" or element.get("lang", self._own) != self._own:
            return
        for name in ATTRIBUTES:
            self._text(element.get(name, ""))
        self._text(element.text)
        for child in element:
            self._read(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        for part in re.split(f"([{BEGIN}{END}])", text or ""):
            if part in (BEGIN, END):
                self._depth += 1 if part == BEGIN else -1
            elif not self._depth and _WORD.search(KNOWN.sub("", part)):
                self.found.append(part.strip())


def words_outside(html: str) -> list[str]:
    """The words of a page that are neither translated nor data."""
    return Reader(Html(html).root, MARKS.tag).found


@pytest.mark.usefixtures("marking")
@pytest.mark.parametrize("visit", PAGES.values(), ids=PAGES)
def test_every_word_is_in_the_catalogue(sites: dict[str, Flask], visit: Visit) -> None:
    response = sites[visit.site].test_client().open(f"/eo{visit.path}", method=visit.method, data=visit.data)
    assert words_outside(response.text) == []


# Small pages, and what is wrong with them.
SMALL = [
    ("<p>⟦Your name⟧", []),
    ("<p>Your name", ["Your name"]),
    ("<p>⟦Write to <b>Siân</b>⟧ now", ["now"]),
    ('<p>⟦To⟧ <b translate="no">Siân</b>', []),
    ('<p lang="en-GB">Stand with the Uyghurs</p><p>Hello', ["Hello"]),
    ('<input aria-label="Your name">', ["Your name"]),
    ('<button data-busy="⟦Wait⟧">⟦Go⟧</button> 12 – x', []),
]


@pytest.mark.parametrize(("html", "found"), SMALL)
def test_words_outside_are_found(html: str, found: list[str]) -> None:
    assert words_outside(f'<html lang="eo"><title>Dear MP</title>{html}</html>') == found
