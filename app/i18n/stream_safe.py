"""Text whose marks can be put in order in time.

Unicode's normal forms sort the marks on a letter, and Python takes the square of their number for it: a hundred
thousand of them on one letter hold a process up for a minute, all threads of it. No language puts more than a few on
one. Unicode calls a text stream-safe that has at most thirty in a row (UAX 15).
"""

import re
import unicodedata
from collections.abc import Iterator

MOST_MARKS = 30
_LONG = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS + 1},}}")
"""Where there may be more: every mark is among these characters."""


def stream_safe(text: str) -> str:
    """The text without those marks that come after thirty others on one letter."""
    return _LONG.sub(lambda found: "".join(_few(found[0])), text)


def _few(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            yield character
