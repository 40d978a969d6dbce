"""Other versions of the letter, to look back at. They go along in the field ``other``, parted by lines of stars."""

from collections.abc import Iterable, Iterator

from flask import request

from app.letters.text import clean_paragraphs, typed

_PARTED = "\n\n* * *\n\n"
_LONGEST = 30_000  # characters; more, and a request would be too long


def other_versions(*newer: str) -> str:
    """Those of the form below newer ones, each once; where there is no room for all, the oldest go.

    A form may have the field more than once: what the script knows of comes last, and is newer.
    """
    texts = [*newer, *reversed([clean_paragraphs(typed(text)) for text in request.form.getlist("other")])]
    versions = dict.fromkeys(version for text in texts for version in text.split(_PARTED) if version)
    return _PARTED.join(_with_room(versions))[:_LONGEST]


def _with_room(versions: Iterable[str]) -> Iterator[str]:
    """The first, and as many more as there is room for."""
    length = 0
    for version in versions:
        if length and length + len(version) > _LONGEST:
            return
        length += len(version) + len(_PARTED)
        yield version
