"""Other versions of the letter, to look back at. They are sent along in the field ``other``, between lines of stars."""

from collections.abc import Iterable, Iterator

from app.letters.text import clean_paragraphs, drop_private
from app.web.journey.posted import Posted

_SEPARATOR = "\n\n* * *\n\n"
_LONGEST = 30_000  # characters; more, and a request would be too long


def other_versions(posted: Posted, *newer: str) -> str:
    """Return the form's versions below newer ones, each once. Where there is no room for all, the oldest go.

    A form may have the field more than once: what the script knows of comes last, and is newer.
    """
    texts = [*newer, *reversed([clean_paragraphs(drop_private(text)) for text in posted.form.getlist("other")])]
    versions = dict.fromkeys(version for text in texts for version in text.split(_SEPARATOR) if version)
    return _SEPARATOR.join(_with_room(versions))[:_LONGEST]


def _with_room(versions: Iterable[str]) -> Iterator[str]:
    """Yield the first, and as many more as there is room for."""
    length = 0
    for version in versions:
        if length and length + len(version) > _LONGEST:
            return
        length += len(version) + len(_SEPARATOR)
        yield version
