"""The current locale, and the code's texts in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import cast

from babel.support import LazyProxy

from app.i18n.catalogue import load_translations
from app.i18n.languages import ENGLISH, Language

_locale: ContextVar[Language] = ContextVar("locale", default=ENGLISH)


def current_locale() -> Language:
    """Return the language that texts are in now: English, unless ``use_locale`` has set another."""
    return _locale.get()


@contextmanager
def use_locale(language: Language) -> Iterator[None]:
    """Use a language for all texts inside, in this thread."""
    token = _locale.set(language)
    try:
        yield
    finally:
        _locale.reset(token)


def gettext(text: str, /, **values: object) -> str:
    """Return a text in the current locale, with values for ``%(name)s`` in it. Without values, % stays as it is."""
    translated = load_translations(current_locale()).gettext(text)
    return translated % values if values else translated


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return a text with a singular and a plural in the current locale. ``%(number)d`` in it becomes the number."""
    translated = load_translations(current_locale()).ngettext(singular, plural, number)
    return translated % {"number": number, **values}


def lazy_gettext(text: str, /, **values: object) -> str:
    """Return a text that is translated each time it is shown, for texts that are defined before there is a locale."""
    return cast("str", LazyProxy(lambda: gettext(text, **values), enable_cache=False))


def gettext_noop(text: str) -> str:
    """Return the text itself. This only marks it for ``scripts.gather_texts``; it is translated elsewhere."""
    return text
