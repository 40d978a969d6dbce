"""What may be in a letter: plain text, without what would break a page, a mail or a renderer."""

import re
import unicodedata

LONGEST_LETTER = 10_000  # characters
LONGEST_SUBJECT = 400
MOST_LINES = 300  # blank ones included: a hundred paragraphs and room for lists

# Unicode's embeddings, overrides and isolates can make text read as what it is not.
_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MARK = r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"  # put above or below a letter
_TOO_MANY_MARKS = re.compile(f"({_MARK}{{3}}){_MARK}+")


def clean(text: str) -> str:
    """Composed (NFC), lines ended by a line feed, without control, override and half characters."""
    text = text.encode("utf-8", "ignore").decode()  # a half of a surrogate pair can be in no file
    text = re.sub(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]", "\n", text).replace("\t", " ")
    text = unicodedata.normalize("NFC", text).translate(_BIDI_CONTROLS)
    text = "".join(c for c in text if c == "\n" or unicodedata.category(c) != "Cc")
    return _TOO_MANY_MARKS.sub(r"\1", text)


def clean_line(text: str) -> str:
    """``clean``, on one line and without space around it."""
    return " ".join(clean(text).split())


def clean_paragraphs(text: str) -> str:
    """``clean``, with one blank line between paragraphs and no space at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def words(text: str) -> int:
    """How many words a text has."""
    return len(text.split())
