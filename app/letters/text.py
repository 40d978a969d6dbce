"""Cleaning of text for letters: plain text, without characters that break pages, emails or PDFs."""

import re
import unicodedata

from app.i18n.stream_safe import stream_safe

LONGEST_LETTER = 10_000  # characters
LONGEST_SUBJECT = 400
MOST_LINES = 300  # blank ones included: a hundred paragraphs and room for lists

MOST_PARAGRAPHS = 100

MARKS = "\ue000\ue001\ue002"
"""Private characters that mark places in the app's own texts. ``drop_private`` keeps people from typing them."""

UNUSUAL = re.compile("[^\\x00-\u024f\u2010-\u2027\u20ac]")
"""A character beyond Latin and its punctuation, which a font may not have."""

# Characters outside those that ``clean`` never changes. Most letters have none.
_OUT_OF_THE_ORDINARY = re.compile(f"[^\n -~\xa0-\xac\xae-\u024f\u2010-\u2027\u20ac{MARKS}]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_DROPPED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # controls
    "\xad\u180e\u200b\u2060-\u2065\ufeff\ufff9-\ufffb"  # invisible: soft hyphens, spaces of no width, annotations
    "\u202a-\u202e\u2066-\u206f"  # embeddings, overrides and isolates, which make text look like another text
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# Letters of tags are invisible too; but a black flag and some of them are the flag of Wales.
_FLAG_OR_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]{1,7})|[\U000e0000-\U000e007f]")
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"  # put above or below a letter
_TOO_MANY_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")


def drop_private(text: str) -> str:
    """Remove characters that mean something to one font or program only."""
    return _PRIVATE.sub("", text)


def clean(text: str) -> str:
    """Return the text composed (NFC), with line feeds, without control, override, invisible and half characters."""
    if not _OUT_OF_THE_ORDINARY.search(text):
        return text
    text = text.encode("utf-8", "ignore").decode()  # a half of a surrogate pair can be in no file
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text).replace("\t", " ")
    text = _FLAG_OR_TAGS.sub(lambda found: found[1] or "", _DROPPED.sub("", text))
    few_marks = _TOO_MANY_MARKS.sub(r"\1", unicodedata.normalize("NFC", stream_safe(text)))
    return unicodedata.normalize("NFC", few_marks)  # again, for characters that the dropped ones kept apart


def clean_line(text: str) -> str:
    """Clean a text, and put it on one line without space around it."""
    return " ".join(clean(text).split())


def clean_paragraphs(text: str) -> str:
    """Clean a text, with one blank line between paragraphs and no space at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def count_words(text: str) -> int:
    return len(text.split())


def direction(text: str) -> str:
    """Return ``rtl`` if the first letter is of a script written from the right, such as Arabic; otherwise ``ltr``."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"
