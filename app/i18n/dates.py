"""Dates in words. The names of months come from Unicode's CLDR."""

from datetime import date
from functools import cache

from babel.dates import get_month_names

from app.i18n.languages import Language
from app.i18n.translate import current_locale


def day_in_words(day: date, language: Language | None = None) -> str:
    """Return a date such as ``22 November 2026``, in the current locale unless another language is given."""
    return f"{day.day} {month_in_words(day, language)}"


def month_in_words(day: date, language: Language | None = None) -> str:
    """Return a month such as ``November 2026``, in the current locale unless another language is given."""
    return f"{_load_months((language or current_locale()).code)[day.month]} {day.year}"


@cache
def _load_months(code: str) -> dict[int, str]:
    """Return the names of months as they are within a date, by number from 1."""
    return dict(get_month_names("wide", locale=code))
