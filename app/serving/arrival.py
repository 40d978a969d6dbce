"""A request on its way in: whether all of it is there, as far as its head tells."""

import re
from dataclasses import dataclass, field
from enum import Enum, auto

LONGEST_HEAD = 32 * 1024  # bytes
LONGEST_BODY = 1_200_000  # bytes: the largest that any page takes, the Studio's, with some room
_END_OF_HEAD = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*(?=\r\n)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
_LAST_CHUNK = re.compile(rb"(?:^|\r\n)0+[ \t]*(?:;[^\r\n]*)?(?:\r\n|$)")


class Progress(Enum):
    """How far a request has come."""

    COMING = auto()
    WHOLE = auto()
    ODD = auto()
    """More than anybody takes, or of no clear length: it is answered as it stands, and its connection closed."""
    ENDLESS = auto()
    """Its head has no end."""


@dataclass(slots=True)
class Arrival:
    """What has come of a request. Only its length is told here; what it says is for gunicorn's own parser."""

    content: bytearray = field(default_factory=bytearray)
    expects_to_go_on: bool = False
    """Whether the client holds the body back until it is told to go on."""
    _head: int = 0
    """Bytes of it, once all of it is there."""
    _whole: int | None = None
    """Bytes of head and body; None where chunks say it."""
    _is_odd: bool = False

    def add(self, piece: bytes) -> Progress:
        """Take in what came."""
        unsearched = max(0, len(self.content) - len(_END_OF_HEAD))
        self.content += piece
        if not self._head:
            end = self.content.find(_END_OF_HEAD, unsearched)
            if end < 0:
                return Progress.ENDLESS if len(self.content) > LONGEST_HEAD else Progress.COMING
            self._read_head(end + len(_END_OF_HEAD))
        if self._is_odd or len(self.content) > LONGEST_HEAD + LONGEST_BODY:
            return Progress.ODD
        return Progress.WHOLE if self._is_whole() else Progress.COMING

    def _read_head(self, length: int) -> None:
        self._head = length
        is_chunked = bool(_CHUNKED.search(self.content, 0, length))
        lengths = [int(found) for found in _LENGTH.findall(self.content, 0, length)]
        body = lengths[0] if lengths else 0
        self._whole = None if is_chunked else length + body
        self._is_odd = len(lengths) + is_chunked > 1 or body > LONGEST_BODY
        self.expects_to_go_on = bool(_EXPECTS.search(self.content, 0, length))

    def _is_whole(self) -> bool:
        if self._whole is not None:
            return len(self.content) >= self._whole
        # The last chunk is empty, and may have lines of its own behind it: what stands before the end, without a gap.
        if not self.content.endswith(_END_OF_HEAD, self._head):
            return False
        end = len(self.content) - len(_END_OF_HEAD)
        last = max(self.content.rfind(_END_OF_HEAD, self._head, end), self._head - len(_END_OF_HEAD))
        return bool(_LAST_CHUNK.search(self.content[last + len(_END_OF_HEAD) : end]))
