"""The languages that Dear MP speaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One of them."""

    code: str
    """As in the names of files and in settings of a campaign: ``cy``."""
    tag: str
    """As browsers, screen readers and PDF readers know it: ``en-GB``."""
    name: str
    """What it calls itself."""


ENGLISH = Language("en", "en-GB", "English")
WELSH = Language("cy", "cy", "Cymraeg")
LANGUAGES = {language.code: language for language in (ENGLISH, WELSH)}
"""By code. The texts in the code are English; the others have a catalogue."""
