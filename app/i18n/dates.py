"""Dates as each language writes them, with the names of months by Unicode's CLDR."""

from datetime import date
from functools import cache

from babel.dates import get_month_names

from app.i18n.languages import Language
from app.i18n.translate import current_locale


def day_in_words(day: date, language: Language | None = None) -> str:
    """``22 November 2026``, in the language that is spoken unless another is given."""
    return f"{day.day} {month_in_words(day, language)}"


def month_in_words(day: date, language: Language | None = None) -> str:
    """``November 2026``."""
    return f"{_months((language or current_locale()).code)[day.month]} {day.year}"


@cache
def _months(code: str) -> dict[int, str]:
    """The names of months within a date, by their numbers."""
    return dict(get_month_names("wide", locale=code))
