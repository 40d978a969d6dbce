"""The language that is being spoken, and the texts of the code in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import cast

from babel.support import LazyProxy

from app.i18n.catalogue import translations
from app.i18n.languages import ENGLISH, Language

_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def current_locale() -> Language:
    """The language that is being spoken; English unless something else was said."""
    return _spoken.get()


@contextmanager
def use_locale(language: Language) -> Iterator[None]:
    """Speak a language meanwhile."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def gettext(text: str, /, **values: object) -> str:
    """The text in the language that is spoken. ``%(name)s`` in it becomes a value; without any, % is itself."""
    said = translations(current_locale()).gettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The same of a text that has another form for one thing than for many. ``%(number)d`` in it is the number."""
    said = translations(current_locale()).ngettext(one, many, number)
    return said % {"number": number, **values}


def lazy_gettext(text: str, /, **values: object) -> str:
    """A text that is looked up only when it is shown, for what is written down before a language is spoken."""
    return cast("str", LazyProxy(lambda: gettext(text, **values), enable_cache=False))


def gettext_noop(text: str) -> str:
    """The text as it is, to be looked up elsewhere; here it is only found by whoever gathers the texts."""
    return text
