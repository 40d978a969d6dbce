"""The requests that come one after another over a connection."""

from collections.abc import Iterator

from waitress.adjustments import Adjustments

from app.server.capacity import MOST_PIPELINED
from app.server.request_parser import RequestParser


class RequestStream:
    """Splits bytes into requests. After a request that is refused, or the last one, it reads nothing more."""

    def __init__(self, adj: Adjustments) -> None:
        self.partial: RequestParser | None = None
        """The request that is on its way in."""
        self.is_closed = False
        self.has_unread = False
        """True if the client may have sent more than was read."""
        self._adj = adj

    @property
    def bytes_held(self) -> int:
        """Bytes of the request that is on its way in."""
        return self.partial.bytes_held if self.partial else 0

    @property
    def is_in_body(self) -> bool:
        """Return whether the rest of a body is on its way in."""
        return self.partial is not None and self.partial.headers_finished

    def feed(self, data: bytes) -> Iterator[RequestParser]:
        """Yield the requests that are complete with these bytes."""
        complete = 0
        while data and not self.is_closed:
            request = self.partial = self.partial or RequestParser(self._adj)
            data = data[request.received(data) :]
            if request.completed:
                complete += 1
                self.partial = None
                if complete == MOST_PIPELINED and data:
                    request.close_after_answer()
                self._note_end(request)
                yield request
        self.has_unread = self.has_unread or bool(data)

    def _note_end(self, request: RequestParser) -> None:
        self.is_closed = request.is_last
        self.has_unread = request.has_more_to_come
