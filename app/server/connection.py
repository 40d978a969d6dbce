"""A client's connection, of which the main loop reads requests and sends answers."""

import logging
import socket
import time
from enum import Enum, auto
from typing import Any, cast

from app.server.answering import AnsweringChannel
from app.server.capacity import BYTES_READ_AT_ONCE, COSTLY_REQUEST

log = logging.getLogger(__name__)


class ConnectionState(Enum):
    """The next thing that a connection waits for."""

    IDLE = auto()
    ARRIVING = auto()
    """The rest of a request."""
    ANSWERING = auto()
    """A thread, or the answer that it makes."""
    LEAVING = auto()
    """The client, which has to read its answer."""
    PARTING = auto()
    """The client, which has to close: its answer was sent before all of its request was read."""


class Connection(AnsweringChannel):
    """Reads requests one after another, and sends their answers in the same order.

    Only its own events and the main loop between two polls may close it. A number closed while others are still to be
    looked at could be given to a new connection, which would then get an event that was not meant for it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_parting = False
        self._doing = (ConnectionState.IDLE, 0)
        self._since = self.waiting_since

    def __repr__(self) -> str:
        return "<Connection>"  # waitress's own has the client's address

    @property
    def state(self) -> ConnectionState:
        """The state that it is in now."""
        if self.is_parting:
            return ConnectionState.PARTING
        if self.requests and not self.next_is_waiting:
            return ConnectionState.ANSWERING
        if self.total_outbufs_len:
            return ConnectionState.LEAVING
        return ConnectionState.ARRIVING if self.stream.partial else ConnectionState.IDLE

    @property
    def bytes_held(self) -> int:
        """Bytes that have arrived and were not answered, and those of answers that were not sent."""
        complete = sum(request.bytes_held for request in tuple(self.requests)) if self.requests else 0
        return self.total_outbufs_len + self.stream.bytes_held + complete

    def look(self, now: float) -> tuple[ConnectionState, float]:
        """Return its state and the seconds since it was first seen in it, for the same request."""
        doing = (self.state, self.answered)
        if doing != self._doing:
            self._doing, self._since = doing, now
        return doing[0], now - self._since

    def readable(self) -> bool:
        """Return whether to read from the client."""
        if self.is_parting:
            return True
        is_busy = self.requests or self.total_outbufs_len or self.will_close or self.close_when_flushed
        return not is_busy and not (self.server.process.is_full and self.stream.is_in_body)

    def writable(self) -> bool:
        """Return whether there is something to do once the client reads."""
        if self.is_parting:
            return False
        return bool(self.total_outbufs_len or self.will_close or self.close_when_flushed or self.next_is_waiting)

    def handle_read(self) -> None:
        """Take in what has come."""
        try:
            data = self.recv(BYTES_READ_AT_ONCE)  # closes where the client has
        except BlockingIOError:
            return
        except OSError:
            self.handle_close()
            return
        if data and not self.is_parting:
            self.received(data)

    def received(self, data: bytes) -> bool:
        """Give complete requests to threads."""
        with self.requests_lock:
            if self.will_close or self.close_when_flushed:
                return False
            for request in self.stream.feed(data):
                self._tell_to_continue(request)
                self.requests.append(request)
                if len(self.requests) == 1:
                    self._start_answering()
            self._tell_to_continue(self.stream.partial)
        return True

    def handle_write(self) -> None:
        """Send what there is, then do what had to wait for that."""
        self._flush_exception(self._flush_some_if_lockable)
        if not self.connected:
            return
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self._go_on_when_sent()

    def handle_expt(self) -> None:
        """Close: no browser sends urgent data, and the main loop would turn on and on while some is there."""
        self.handle_close()

    def handle_error(self) -> None:
        """Close after an error of ours, and log that without the client's address."""
        log.exception("A connection failed")
        self.handle_close()

    def log_info(self, message: object, type: object = "info") -> None:  # noqa: A002  # waitress's name
        """Log nothing: the messages hold addresses."""

    def _go_on_when_sent(self) -> None:
        self._give_back_buffers()
        if self.close_when_flushed:
            self._part()
        elif self.next_is_waiting:
            self.next_is_waiting = False
            self._start_answering(is_pipelined=True)

    def _start_answering(self, *, is_pipelined: bool = False) -> None:
        self.complete_since = time.monotonic()
        self.is_costly = is_pipelined or self.requests[0].bytes_held > COSTLY_REQUEST
        self.server.add_task(self)  # type: ignore[arg-type]  # the stub asks for a task; this has its methods

    def _part(self) -> None:
        """Close. While the client still sends, it would lose its answer if we closed at once: read on for a moment."""
        self.close_when_flushed = False
        if not self.stream.has_unread:
            self.handle_close()
            return
        self.is_parting = True
        try:
            cast("socket.socket", self.socket).shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()
