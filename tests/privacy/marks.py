"""A supporter whose every word can be told from all others, in whatever form it is written down."""

import base64
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

ADDRESS = "203.0.113.77"
"""From where they come, as a proxy says."""
POSTCODE = "LD1 5LG"
PERSON = {
    "name": "Zebedee Quillfeather",
    "address_line_1": "17 Marmalade Crescent",
    "address_line_2": "Flat Wigeon",
    "town": "Umberwick",
    "postcode": POSTCODE,
    "answer-connection": "My neighbour Tansy, a glassblower, told me of the camps.",
    "answer-hope": "Perhaps the heron on our canal will see better days.",
    "copy_to": "zebedee@quillfeather.example",
}
MARKS = (
    "Zebedee",
    "Quillfeather",
    "Marmalade",
    "Wigeon",
    "Umberwick",
    "Tansy",
    "glassblower",
    "heron on our",
    POSTCODE,
)


def forms(mark: str) -> Iterator[bytes]:
    """A mark as it may come to stand somewhere."""
    for text in {mark, mark.lower(), mark.upper(), mark.replace(" ", ""), quote(mark), quote_plus(mark)}:
        yield text.encode()
    yield mark.encode("utf-16-le")
    for shift in range(3):  # base64 of a text depends on where in three bytes it begins
        whole = base64.b64encode(b" " * shift + mark.encode())
        yield whole[4 if shift else 0 : len(whole) // 4 * 4 - 4]


NEEDLES = {needle: mark for mark in (*MARKS, ADDRESS) for needle in forms(mark) if len(needle) >= 6}


def found_in(content: bytes) -> set[str]:
    """The marks that stand in something."""
    return {mark for needle, mark in NEEDLES.items() if needle in content}
