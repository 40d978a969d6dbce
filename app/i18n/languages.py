"""The languages of Dear MP."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language of pages and letters."""

    code: str
    """Code in names of files and in settings of a campaign, such as ``cy``."""
    tag: str
    """Tag for browsers, screen readers and PDF readers, such as ``en-GB``."""
    name: str
    """Name in the language itself, such as ``Cymraeg``."""


ENGLISH = Language("en", "en-GB", "English")
WELSH = Language("cy", "cy", "Cymraeg")
LANGUAGES = {language.code: language for language in (ENGLISH, WELSH)}
"""Languages by code. The texts in the code are English; the others have a catalogue."""
