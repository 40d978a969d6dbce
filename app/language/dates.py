"""Dates as each language writes them, by Unicode's CLDR."""

from datetime import date

from babel.dates import format_date

from app.language.languages import Language
from app.language.speaking import spoken


def day_in_words(day: date, language: Language | None = None) -> str:
    """``22 November 2026``, in the language that is spoken unless another is given."""
    return _formatted(day, "d MMMM y", language)


def month_in_words(day: date, language: Language | None = None) -> str:
    """``November 2026``."""
    return _formatted(day, "MMMM y", language)


def _formatted(day: date, pattern: str, language: Language | None) -> str:
    return format_date(day, pattern, locale=(language or spoken()).code)
