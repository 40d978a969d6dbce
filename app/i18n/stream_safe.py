"""Limits the marks on a letter, so that Unicode's normal forms take no long time.

They sort the marks on each letter, for which Python needs time in the square of their number: a hundred thousand on
one letter stop all threads of a process for a minute. No language has more than a few on a letter. Unicode calls a text
stream-safe if it has at most thirty in a row (UAX 15).
"""

import re
import unicodedata
from collections.abc import Iterator

MOST_MARKS = 30
_LONG = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS + 1},}}")
"""A pattern for where there may be more: all marks are among these characters."""


def stream_safe(text: str) -> str:
    """Return the text without marks that follow thirty others on the same letter."""
    return _LONG.sub(lambda found: "".join(_limit_marks(found[0])), text)


def _limit_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            yield character
