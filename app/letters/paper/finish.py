"""The last touches to a PDF that WeasyPrint has made, before it is written."""

import zlib
from typing import Any

from app.letters.paper.standards import accessible_too

_LEVEL = 6  # a hundredth larger than at 9, in half the time


def finish(document: Any, pdf: Any) -> None:  # noqa: ARG001  # a finisher, as WeasyPrint calls it
    """Mark a ``pydyf.PDF`` as accessible, leave out what says nothing, and compress it."""
    accessible_too(pdf)
    for thing in pdf.objects:
        if hasattr(thing, "show_text"):
            thing.stream = [_tidied(part) for part in thing.stream]
        if getattr(thing, "compress", False):
            _compress(thing)


def _tidied(part: Any) -> Any:
    """A line of text, without the shifts by nothing that WeasyPrint has after every glyph.

    And without the empty strings that it has before other shifts: PDFium then drops the shift that ends a run.
    """
    if isinstance(part, bytes) and part.endswith(b"] TJ"):
        return part.replace(b">0<", b"").replace(b"<>", b" ")
    return part


def _compress(stream: Any) -> None:
    """Do so once: left to itself, a stream does it whenever it is asked for its bytes, which for a PDF/A is twice."""
    stream.stream = [zlib.compress(b"\n".join(map(_in_bytes, stream.stream)), _LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _in_bytes(part: Any) -> bytes:
    """A part of a stream: bytes, an object such as the mark of a tag, or text."""
    if isinstance(part, bytes):
        return part
    return bytes(part.data) if hasattr(part, "data") else str(part).encode("ascii")
