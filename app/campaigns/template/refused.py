"""What Liquid's parser takes, and a letter does not."""

import re
from collections.abc import Iterator

from app.campaigns.template.error_messages import MARKUP, TAGS

_TEXT_IN_QUOTES = re.compile(r"'[^']*'|\"[^\"]*\"")
_COMMENT = re.compile(r"\{%-?\s*#")


def refused(source: str) -> Iterator[tuple[int, str]]:
    """Where such a thing stands, and what the parser would have to say of it."""
    start = _never_closed(source)
    if start is not None:
        yield start, "expected '}}', found end of file"
    for found in MARKUP.finditer(source):
        if found["tag"] == "raw":  # it would print markup
            yield found.start(), "unexpected tag 'raw'"
        elif _has_range(found):  # without loops of no use, but to let `contains` look through a billion numbers
            yield found.start(), "range"


def _has_range(found: re.Match[str]) -> bool:
    is_read = found["tag"] in TAGS if found["tag"] else not _COMMENT.match(found.group())
    return is_read and ".." in _TEXT_IN_QUOTES.sub("", found.group())


def _never_closed(source: str) -> int | None:
    """The parser would look for the end again from each of a thousand braces."""
    start = source.find("{{", source.rfind("}}") + 1)
    return start if start >= 0 and "%}" not in source[start:] else None
