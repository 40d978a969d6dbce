"""Kinds of clients that hold a connection, a thread or memory."""

from dataclasses import dataclass

_POST = b"POST /c/uyghurs/write HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
_CHUNKED = _POST + b"Transfer-Encoding: chunked\r\n\r\n"
_GET = b"GET /c/uyghurs HTTP/1.1\r\nHost: localhost\r\n\r\n"
_FORM = b"postcode=SW1A+1AA&name=" + b"'" * 200_000  # each becomes five bytes in the answer, several times
_HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "


@dataclass(frozen=True)
class Kind:
    """A kind of client: what it sends first, and what it keeps sending until the connection is closed."""

    beginning: bytes
    drip: bytes = b""
    """Bytes sent repeatedly, slowly."""
    seconds: float = 5.0
    """Seconds from one drip to the next."""
    reads: bool = True


KINDS = {
    "last chunk in the data": Kind(_CHUNKED + b"ff\r\nabc\r\n0\r\n\r\n", b"x"),
    "a length of nineteen digits": Kind(_POST + b"Content-Length: 9999999999999999999\r\n\r\n", b"x"),
    "a length with zeros before it": Kind(_POST + b"Content-Length: 0000000000000000000500\r\n\r\n", b"x"),
    "half a head": Kind(_HALF_A_HEAD),
    "heads, a byte at a time": Kind(_HALF_A_HEAD, b"x", 1.0),
    "bodies, a byte at a time": Kind(_POST + b"Content-Length: 1000\r\n\r\npostcode=", b"x", 1.0),
    "chunks, a byte at a time": Kind(_CHUNKED, b"1\r\nx\r\n", 1.0),
    "long answers not read": Kind(_POST + b"Content-Length: %d\r\n\r\n" % len(_FORM) + _FORM, reads=False),
    "1,700 requests in one go": Kind(_GET * 1_700, reads=False),
}
