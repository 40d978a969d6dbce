"""Translations of the code's texts, from the catalogues that translators edit.

Each process reads the ``.po`` file itself, once, so that no compiled file can be out of date.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.i18n.languages import ENGLISH, Language

FOLDER = Path(__file__).parent / "locales"


@cache
def load_translations(language: Language) -> NullTranslations:
    """Return the texts of a language. Texts that are marked as doubtful (fuzzy) stay English, as in the code."""
    if language is ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, load_catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def find_texts(path: str, language: Language) -> dict[str, str]:
    """Return a map from the texts in a file or folder of the code, such as ``app/static/script/``, to translations."""
    if language is ENGLISH:
        return {}
    return {
        str(message.id): str(message.string)
        for message in load_catalogue(language)
        if any(location.startswith(path) for location, _ in message.locations) and message.string
    }


@cache
def load_catalogue(language: Language) -> Catalog:
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language.code)


def catalogue_path(language: Language) -> Path:
    return FOLDER / language.code / "LC_MESSAGES" / "messages.po"
