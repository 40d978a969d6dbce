"""Strict rules for the head of a request: anything that two servers could read in two ways is refused."""

import re
from dataclasses import dataclass, field

from app.server.capacity import LONGEST_FIELD, LONGEST_FIRST_LINE, MOST_FIELDS
from app.server.refusal import Refused, bad_request, head_too_large

_PATH = rb"/[\x21-\x7e]*"
_WHOLE_ADDRESS = rb"https?://[A-Za-z0-9.\-]+(?::\d{1,5})?(?:[/?][\x21-\x7e]*)?"
_METHOD = rb"(?!CONNECT )[A-Z-]{1,20}"  # what follows a CONNECT is not HTTP to a proxy
_FIRST_LINE = re.compile(_METHOD + rb" (?:" + _PATH + rb"|" + _WHOLE_ADDRESS + rb") HTTP/1\.([01])")
_FIELD = re.compile(rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t \x21-\x7e\x80-\xff]*)")
_LENGTH = re.compile(rb"\d{1,18}")
_ONCE = frozenset({b"host", b"content-length", b"transfer-encoding", b"content-type", b"expect"})
"""Fields that may be sent once. Two servers could each choose another one of two."""
FRAMING = frozenset({b"content-length", b"transfer-encoding"})


@dataclass(frozen=True, slots=True)
class Head:
    """The parts of a head that say where the request ends."""

    minor_version: int
    fields: dict[bytes, bytes] = field(default_factory=dict)
    """Fields that may be sent once: names in lower case."""


def check_head(head: bytes) -> None:
    """Check a head, without the empty line at its end. Raises ``Refused``."""
    first_line, *lines = head.split(b"\r\n")
    found = Head(_minor_version(first_line), _fields_sent_once(lines))
    if found.minor_version and b"host" not in found.fields:
        raise bad_request("The Host field is missing.")
    _check_framing(found)
    if found.minor_version and found.fields.get(b"expect", b"100-continue").lower() != b"100-continue":
        raise Refused(417, "Expectation Failed", "The only Expect field that is supported is 100-continue.")


def field_name(line: bytes) -> bytes:
    """Return the name of a header or trailer field, in lower case. Raises ``Refused``."""
    return _parts(line)[0]


def _minor_version(line: bytes) -> int:
    if len(line) > LONGEST_FIRST_LINE:
        raise Refused(414, "URI Too Long", "The address is too long.")
    found = _FIRST_LINE.fullmatch(line)
    if not found:
        raise bad_request("The first line is not one of HTTP/1.1 or HTTP/1.0.")
    return int(found[1])


def _fields_sent_once(lines: list[bytes]) -> dict[bytes, bytes]:
    if len(lines) > MOST_FIELDS:
        raise head_too_large("There are too many header fields.")
    found: dict[bytes, bytes] = {}
    for line in lines:
        name, value = _parts(line)
        if name in found:
            raise bad_request("A header field that may be sent once was sent twice.")
        if name in _ONCE:
            found[name] = value
    return found


def _parts(line: bytes) -> tuple[bytes, bytes]:
    if len(line) > LONGEST_FIELD:
        raise head_too_large("A header field is too long.")
    found = _FIELD.fullmatch(line)
    if not found:
        raise bad_request("A header field is not valid.")
    return found[1].lower(), found[2].rstrip(b" \t")


def _check_framing(head: Head) -> None:
    length = head.fields.get(b"content-length")
    encoding = head.fields.get(b"transfer-encoding")
    if length is not None and encoding is not None:
        raise bad_request("The length of the body is given in two ways.")
    if length is not None and not _LENGTH.fullmatch(length):
        raise bad_request("The Content-Length field is not a length.")
    if encoding is None:
        return
    if not head.minor_version:
        raise bad_request("HTTP/1.0 has no Transfer-Encoding.")
    if encoding.lower() != b"chunked":
        raise Refused(501, "Not Implemented", "The only Transfer-Encoding that is supported is chunked.")
