"""Liquid that the parser accepts, but that letters must not contain."""

import re
from collections.abc import Iterator

from app.campaigns.template.error_messages import MARKUP, TAGS

_TEXT_IN_QUOTES = re.compile(r"'[^']*'|\"[^\"]*\"")
_COMMENT = re.compile(r"\{%-?\s*#")


def find_refused(source: str) -> Iterator[tuple[int, str]]:
    """Yield the offset of each, with a message in the style of the parser's."""
    start = _find_unclosed(source)
    if start is not None:
        yield start, "expected '}}', found end of file"
    for found in MARKUP.finditer(source):
        if found["tag"] == "raw":  # would print markup
            yield found.start(), "unexpected tag 'raw'"
        elif _has_range(found):  # useless without loops, and `contains` could search a billion numbers
            yield found.start(), "range"


def _has_range(found: re.Match[str]) -> bool:
    is_read = found["tag"] in TAGS if found["tag"] else not _COMMENT.match(found.group())
    return is_read and ".." in _TEXT_IN_QUOTES.sub("", found.group())


def _find_unclosed(source: str) -> int | None:
    """Return the offset of an unclosed {{, or None. The parser would search for the end from each of many braces."""
    start = source.find("{{", source.rfind("}}") + 1)
    return start if start >= 0 and "%}" not in source[start:] else None
