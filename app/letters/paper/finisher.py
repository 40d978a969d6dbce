"""Last changes to a PDF that WeasyPrint has made, before it is written."""

import zlib
from typing import Any

from app.letters.paper.standards import mark_as_accessible

_LEVEL = 6  # a hundredth larger than at 9, in half the time


def finish(document: Any, pdf: Any) -> None:  # noqa: ARG001  # a finisher, as WeasyPrint calls it
    """Mark a ``pydyf.PDF`` as accessible, leave out operators without effect, and compress it."""
    mark_as_accessible(pdf)
    for thing in pdf.objects:
        if hasattr(thing, "show_text"):
            thing.stream = [_tidy(part) for part in thing.stream]
        if getattr(thing, "compress", False):
            _compress(thing)


def _tidy(part: Any) -> Any:
    """Take the shifts by zero, which WeasyPrint has after every glyph, out of a line of text.

    The empty strings before other shifts are taken out too: because of them PDFium drops the shift that ends a run.
    """
    if isinstance(part, bytes) and part.endswith(b"] TJ"):
        return part.replace(b">0<", b"").replace(b"<>", b" ")
    return part


def _compress(stream: Any) -> None:
    """Compress a stream once. It would do so each time it is asked for its bytes, which for a PDF/A is twice."""
    stream.stream = [zlib.compress(b"\n".join(map(_in_bytes, stream.stream)), _LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"
    stream.compress = False


def _in_bytes(part: Any) -> bytes:
    """Return a part of a stream as bytes. It is bytes, text, or an object such as the mark of a tag."""
    if isinstance(part, bytes):
        return part
    return bytes(part.data) if hasattr(part, "data") else str(part).encode("ascii")
