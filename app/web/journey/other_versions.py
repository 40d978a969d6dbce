"""Earlier versions of the letter, for the writer to look up. The field ``other`` has them, between lines of stars."""

from collections.abc import Iterable, Iterator

from app.letters.text import clean_paragraphs, drop_private
from app.web.journey.posted import Posted

_SEPARATOR = "\n\n* * *\n\n"
_LONGEST = 30_000  # characters, so that no request is too long


def other_versions(posted: Posted, *newer: str) -> str:
    """Return the newer versions, then those of the form, each once. If all are too long, the oldest are dropped.

    A form can have the field more than once: the script adds its versions last, and they are newer.
    """
    texts = [*newer, *reversed([clean_paragraphs(drop_private(text)) for text in posted.form.getlist("other")])]
    versions = dict.fromkeys(version for text in texts for version in text.split(_SEPARATOR) if version)
    return _SEPARATOR.join(_newest_that_fit(versions))[:_LONGEST]


def _newest_that_fit(versions: Iterable[str]) -> Iterator[str]:
    """Yield the first version, and as many more as fit."""
    length = 0
    for version in versions:
        if length and length + len(version) > _LONGEST:
            return
        length += len(version) + len(_SEPARATOR)
        yield version
