"""Three readings of the same bytes: the app's own parser, h11's and gunicorn's."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

import h11
from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.http.message import Request as GunicornRequest
from gunicorn.http.parser import RequestParser as GunicornParser

from app.server.listener import adjustments
from app.server.request_stream import RequestStream

ADJUSTMENTS = adjustments(threads=1, backlog=1)
_LONGEST = 64 * 1024
_OF_GUNICORN = Config()
_ANSWER = h11.Response(status_code=404, headers=[(b"Content-Length", b"0")])


class End(Enum):
    """The next step of a reader after the requests that it has read."""

    WAITS = auto()
    CLOSES = auto()
    REFUSES = auto()


@dataclass(frozen=True)
class Request:
    """The parts of a request that must not be read in two ways."""

    method: str
    target: str
    body: bytes


@dataclass(frozen=True)
class Reading:
    """Requests in the order in which they came."""

    requests: tuple[Request, ...]
    end: End

    def disagrees_with(self, other: "Reading") -> bool:
        """Return whether a server that reads it so can be deceived behind a proxy that reads it as the other does.

        Who refuses or closes takes no request after that. Until then both must have read the same.
        """
        both = min(len(self.requests), len(other.requests))
        if self.requests[:both] != other.requests[:both]:
            return True
        if len(self.requests) > both:
            return other.end is not End.REFUSES
        return len(other.requests) > both and self.end is End.WAITS


def ours(pieces: Iterable[bytes]) -> Reading:
    """Read them as the app's server does."""
    stream, end = RequestStream(ADJUSTMENTS), End.WAITS
    found: list[Request] = []
    for piece in pieces:
        for request in stream.feed(piece):
            if request.error or request.is_too_long:
                end = End.REFUSES
                continue
            if request.empty:  # waitress's own takes empty lines for a request that it skips
                continue
            found.append(Request(str(request.command), request.request_uri, request.get_body_stream().read()))
            end = End.CLOSES if request.is_last else End.WAITS
    return Reading(tuple(found), end)


def of_h11(sent: bytes) -> Reading:
    """Read them as h11 does."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=_LONGEST)
    found: list[Request] = []
    connection.receive_data(sent)
    while True:
        try:
            request = _next_of_h11(connection)
        except h11.RemoteProtocolError:
            return Reading(tuple(found), End.REFUSES)
        if request is None:
            return Reading(tuple(found), End.WAITS)
        found.append(request)
        connection.send(_ANSWER)
        connection.send(h11.EndOfMessage())
        if connection.our_state is not h11.DONE:
            return Reading(tuple(found), End.CLOSES)
        connection.start_next_cycle()


def _next_of_h11(connection: h11.Connection) -> Request | None:
    body, head = b"", None
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
        elif isinstance(event, h11.EndOfMessage) and head:
            return Request(head.method.decode(), head.target.decode("latin-1"), body)
        else:
            return None


def of_gunicorn(sent: bytes) -> Reading:
    """Read them as gunicorn's own workers do."""
    parser = GunicornParser(_OF_GUNICORN, iter([sent]), ("192.0.2.1", 1))
    found: list[Request] = []
    while True:
        try:
            request = next(parser)
            body = request.body.read() if request.body else b""
        except StopIteration:
            is_last = bool(parser.mesg and parser.req_count == len(found) and parser.mesg.should_close())
            return Reading(tuple(found), End.CLOSES if is_last else End.WAITS)
        except NoMoreData:
            return Reading(tuple(found), End.WAITS)
        except ParseException:
            return Reading(tuple(found), End.REFUSES)
        if len(body) < _length(request):
            return Reading(tuple(found), End.WAITS)
        found.append(Request(str(request.method), str(request.uri), body))


def _length(request: GunicornRequest) -> int:
    return next((int(value) for name, value in request.headers if name == "CONTENT-LENGTH"), 0)
