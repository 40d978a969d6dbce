"""Lines that begin too far to the right, so that YAML takes them for a part of the value above them."""

import re

from app.i18n.translate import gettext as _
from app.i18n.translate import gettext_noop

_TOO_FAR = gettext_noop(
    "this line begins too far to the right: line it up with the setting above it, or put text that holds a colon in "
    "quotes"
)
_BEGINS_LINE = re.compile(r" +(?:- +)*[\"']?[\w-]+[\"']? *")


def explain_indentation() -> str:
    return _(_TOO_FAR)


def begins_too_far_right(before_colon: str) -> bool:
    """Tell if a line is, up to its colon, the indented name of a setting rather than a text.

    YAML reports the colon of such a line, since up to there it takes the line for more of the text above.
    """
    return bool(_BEGINS_LINE.fullmatch(before_colon))


def find_first_indented(text: str) -> int | None:
    lines = ((number, line) for number, line in enumerate(text.split("\n")) if not re.match(r"\s*(?:#|$)", line))
    number, line = next(lines, (0, ""))
    return number if line.startswith(" ") else None
