"""The one parser that decides where a request ends, and collects its body in memory."""

import re

from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented

from app.server.capacity import LONGEST_BODY, LONGEST_HEAD
from app.server.chunked_body import ChunkedBody
from app.server.refusal import Refused, bad_request, head_too_large
from app.server.request_head import check_head

_END_OF_HEAD = b"\r\n\r\n"
_LONE_LINE_FEED = re.compile(rb"(?<!\r)\n")


class RequestParser(HTTPRequestParser):
    """Reads one request. Once it is complete it has an error, or everything that the app needs."""

    headers: dict[str, str]
    request_uri: str

    def __init__(self, adj: Adjustments) -> None:
        super().__init__(adj)
        self.is_too_long = False
        """True if only a part of the body was read. The app is told the length, and has a page for that."""
        self.bytes_held = 0
        self._head = bytearray()
        self._start_of_head = 0

    @property
    def is_last(self) -> bool:
        """Return whether nothing more may be read from the connection."""
        return self.error is not None or self.connection_close

    @property
    def has_more_to_come(self) -> bool:
        """Return whether the client may still be sending bytes that nobody will read."""
        return self.error is not None or self.is_too_long

    def received(self, data: bytes) -> int:
        """Take in bytes and return how many belong to this request."""
        if self.completed:
            return 0
        try:
            taken = self._take_head(data) if not self.headers_finished else self._take_body(data)
        except Refused as refused:
            self._refuse(refused)
            taken = len(data)
        self.bytes_held += taken
        return taken

    def close_after_answer(self) -> None:
        """Have the connection closed once this request is answered."""
        self.connection_close = True
        self.headers["CONNECTION"] = "close"

    def _take_head(self, data: bytes) -> int:
        before = len(self._head)
        self._head += data
        while self._head.startswith(b"\r\n", self._start_of_head):  # empty lines before a request are allowed
            self._start_of_head += 2
        end = self._head.find(_END_OF_HEAD, max(self._start_of_head, before - 3))
        if _LONE_LINE_FEED.search(self._head, max(0, before - 1), end if end >= 0 else len(self._head)):
            raise bad_request("A line ends with a line feed only.")
        earliest_end = end if end >= 0 else len(self._head) - 3
        if earliest_end >= LONGEST_HEAD:
            raise head_too_large("The request has too many or too long header fields.")
        if end < 0:
            return len(data)
        self._read_head(bytes(self._head[self._start_of_head : end]))
        return end + len(_END_OF_HEAD) - before

    def _read_head(self, head: bytes) -> None:
        check_head(head)
        try:
            self.parse_header(head + b"\r\n")
        except (ParsingError, TransferEncodingNotImplemented, ValueError):
            raise bad_request("The head is not valid.") from None
        self.headers_finished = True
        self._head.clear()
        if self.chunked:
            self.body_rcv = ChunkedBody(OverflowableBuffer(self.adj.inbuf_overflow))
        self._note_whether_it_is_the_last()
        self._finish_if_it_needs_no_body()

    def _note_whether_it_is_the_last(self) -> None:
        options = {option.strip().lower() for option in self.headers.get("CONNECTION", "").split(",")}
        if self.version == "1.0" or "close" in options:
            self.close_after_answer()

    def _finish_if_it_needs_no_body(self) -> None:
        if self.content_length > LONGEST_BODY:
            self._finish_too_long(self.content_length)
        elif self.body_rcv is None:
            self.completed = True
            self.expect_continue = False

    def _take_body(self, data: bytes) -> int:
        body = self.body_rcv
        assert body is not None  # noqa: S101  # else the request was complete with its head
        taken = body.received(data)
        self.body_bytes_received += taken
        if isinstance(body, ChunkedBody) and body.is_too_long:
            self._finish_too_long(LONGEST_BODY + 1)
        elif body.completed:
            self.completed = True
            self.headers["CONTENT_LENGTH"] = str(len(body))
        return taken

    def _finish_too_long(self, length: int) -> None:
        self.is_too_long = self.completed = True
        self.expect_continue = False
        self.headers["CONTENT_LENGTH"] = str(length)
        self.close_after_answer()

    def _refuse(self, refused: Refused) -> None:
        self.error = refused.refusal
        self.version = "1.1"
        self.completed = True
        self.expect_continue = False
