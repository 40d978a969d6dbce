"""A body that comes in chunks, read strictly: what a proxy could read otherwise is refused."""

import re
from collections.abc import Callable
from enum import Enum, auto

from waitress.buffers import OverflowableBuffer
from waitress.receiver import ChunkedReceiver

from app.server.capacity import LONGEST_BODY, LONGEST_CHUNK_LINE, LONGEST_TRAILERS
from app.server.refusal import Refused, bad_request
from app.server.request_head import FRAMING, field_name

_SIZE = re.compile(rb"([0-9a-fA-F]{1,16})(?:;[\t\x20-\x7e]*)?")
_FORBIDDEN_TRAILERS = FRAMING | {b"host", b"content-type", b"trailer"}


class _Part(Enum):
    SIZE = auto()
    DATA = auto()
    END_OF_DATA = auto()
    TRAILERS = auto()


class ChunkedBody(ChunkedReceiver):
    """Takes in the chunks, and keeps what is in them."""

    def __init__(self, buffer: OverflowableBuffer) -> None:
        super().__init__(buffer)
        self.is_too_long = False
        self._part = _Part.SIZE
        self._line = bytearray()
        self._remaining = 0
        self._length = 0
        self._length_of_trailers = 0
        self._take: dict[_Part, Callable[[bytes], None]] = {
            _Part.SIZE: self._take_size,
            _Part.END_OF_DATA: self._take_end_of_data,
            _Part.TRAILERS: self._take_trailer,
        }

    def received(self, data: bytes) -> int:
        """Take in bytes and return how many belong to the body. Raises ``Refused``."""
        at = 0
        while at < len(data) and not self.completed and not self.is_too_long:
            at = self._read_data(data, at) if self._part is _Part.DATA else self._read_line(data, at)
        return at

    def _read_data(self, data: bytes, at: int) -> int:
        piece = data[at : at + self._remaining]
        self.buf.append(piece)
        self._remaining -= len(piece)
        if not self._remaining:
            self._part = _Part.END_OF_DATA
        return at + len(piece)

    def _read_line(self, data: bytes, at: int) -> int:
        end = data.find(b"\n", at) + 1 or len(data)
        self._line += data[at:end]
        longest = LONGEST_TRAILERS if self._part is _Part.TRAILERS else LONGEST_CHUNK_LINE
        if len(self._line) > longest:
            raise bad_request("A line between chunks is too long.")
        if self._line.endswith(b"\n"):
            line = bytes(self._line)
            self._line.clear()
            if not line.endswith(b"\r\n"):
                raise bad_request("A line between chunks ends with a line feed only.")
            self._take[self._part](line[:-2])
        return end

    def _take_size(self, line: bytes) -> None:
        found = _SIZE.fullmatch(line)
        if not found:
            raise bad_request("The size of a chunk is not valid.")
        self._remaining = int(found[1], 16)
        self._length += self._remaining
        self.is_too_long = self._length > LONGEST_BODY
        self._part = _Part.DATA if self._remaining else _Part.TRAILERS

    def _take_end_of_data(self, line: bytes) -> None:
        if line:
            raise bad_request("A chunk is longer than its size.")
        self._part = _Part.SIZE

    def _take_trailer(self, line: bytes) -> None:
        if not line:
            self.completed = True
            return
        self._length_of_trailers += len(line)
        if self._length_of_trailers > LONGEST_TRAILERS:
            raise bad_request("The trailers are too long.")
        if _is_forbidden(line):
            raise bad_request("A trailer is not valid.")


def _is_forbidden(trailer: bytes) -> bool:
    """Trailers are dropped, so only those matter that another server could make something of."""
    try:
        return field_name(trailer) in _FORBIDDEN_TRAILERS
    except Refused:
        return True
