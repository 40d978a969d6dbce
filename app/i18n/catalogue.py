"""What the texts of the code are in another language, from the catalogue that translators edit.

The catalogue is read as it stands in its ``.po`` file, so that none is ever out of date, and once in each process.
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
def translations(language: Language) -> NullTranslations:
    """The texts of a language; English are those of the code. Texts marked as doubtful (fuzzy) stay English."""
    if language is ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, catalogue(language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def texts_of(path: str, language: Language) -> dict[str, str]:
    """The texts of one file or folder of the code, such as ``app/static/script/``, with what they are in a language."""
    if language is ENGLISH:
        return {}
    return {
        str(message.id): str(message.string)
        for message in catalogue(language)
        if any(location.startswith(path) for location, _ in message.locations) and message.string
    }


@cache
def catalogue(language: Language) -> Catalog:
    """The catalogue as it is edited."""
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language.code)


def path_of(language: Language) -> Path:
    """Where the catalogue of a language is."""
    return FOLDER / language.code / "LC_MESSAGES" / "messages.po"
