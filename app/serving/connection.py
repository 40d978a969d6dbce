"""A client's connection. The main loop reads and sends; a thread makes the answer to a complete request."""

import logging
import socket
import time
from contextlib import suppress
from enum import Enum, auto
from threading import Condition, Lock
from typing import TYPE_CHECKING, Any, cast

from waitress.channel import ClientDisconnected, HTTPChannel

from app.serving.limits import BYTES_READ_AT_ONCE, BYTES_SENT_AT_ONCE
from app.serving.refusal import Refusal
from app.serving.request_parser import RequestParser
from app.serving.request_stream import RequestStream
from app.serving.tasks import AppTask, RefusalTask
from app.serving.waiting import seconds_waited

if TYPE_CHECKING:
    from app.serving.listener import Listener

log = logging.getLogger(__name__)
_FAILURE = Refusal(500, "Internal Server Error", "It is our fault, not yours.")


class State(Enum):
    """What a connection is waiting for."""

    IDLE = auto()
    ARRIVING = auto()
    """The rest of a request."""
    ANSWERING = auto()
    """A thread, or the answer that it makes."""
    LEAVING = auto()
    """The client, which has to read its answer."""
    PARTING = auto()
    """The client, which has to close: its answer was sent before all of its request was read."""


class Connection(HTTPChannel):
    """Reads requests one after another, and sends their answers in the same order.

    Only its own events and the main loop between two polls may close it. A number closed while others are still to be
    looked at could be given to a new connection, which would then get an event that was not meant for it.
    """

    if TYPE_CHECKING:  # left out of the stubs
        requests_lock: Lock
        outbuf_lock: Condition
        addr: Any
        server: Listener
        requests: list[RequestParser]

        def _flush_some_if_lockable(self, do_close: bool = True) -> None: ...
        def _flush_exception(self, flush: object, do_close: bool = True) -> object: ...

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sendbuf_len = BYTES_SENT_AT_ONCE
        self.stream = RequestStream(self.adj)
        self.is_parting = False
        self.next_is_waiting = False
        """Whether a request may go to a thread once the answer before it has been sent."""
        self.complete_since = 0.0
        self.answered = 0
        self._doing = (State.IDLE, 0)
        self._since = self.waiting_since = time.monotonic()
        """Since when no thread has had to do with it. Only true while none has."""

    def __repr__(self) -> str:
        return "<Connection>"  # waitress's own has the client's address

    @property
    def state(self) -> State:
        """What it is waiting for now."""
        if self.is_parting:
            return State.PARTING
        if self.requests and not self.next_is_waiting:
            return State.ANSWERING
        if self.total_outbufs_len:
            return State.LEAVING
        return State.ARRIVING if self.stream.partial else State.IDLE

    @property
    def bytes_held(self) -> int:
        """Bytes that have arrived and were not answered, and those of answers that were not sent."""
        complete = sum(request.bytes_held for request in tuple(self.requests)) if self.requests else 0
        return self.total_outbufs_len + self.stream.bytes_held + complete

    def look(self, now: float) -> tuple[State, float]:
        """Return its state and the seconds since it was first seen in it, for the same request."""
        doing = (self.state, self.answered)
        if doing != self._doing:
            self._doing, self._since = doing, now
        return doing[0], now - self._since

    # In the main loop

    def readable(self) -> bool:
        """Whether to read what the client sends."""
        if self.is_parting:
            return True
        is_busy = self.requests or self.total_outbufs_len or self.will_close or self.close_when_flushed
        return not is_busy and not (self.server.process.is_full and self.stream.is_in_body)

    def writable(self) -> bool:
        """Whether there is something to do once the client reads."""
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
        elif not self.total_outbufs_len and self.close_when_flushed:
            self._part()
        elif not self.total_outbufs_len and self.next_is_waiting:
            self.next_is_waiting = False
            self._start_answering()

    def handle_error(self) -> None:
        """Close after an error of ours, and log that without the client's address."""
        log.exception("A connection failed")
        self.handle_close()

    def log_info(self, message: object, type: object = "info") -> None:  # noqa: A002  # waitress's name
        """Log nothing: the messages hold addresses."""

    def _start_answering(self) -> None:
        self.complete_since = time.monotonic()
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

    # In a thread

    def service(self) -> None:
        """Answer the first request."""
        seconds_waited.set(time.monotonic() - self.complete_since)
        request = self.requests[0]
        if self.server.process.is_stopping:
            request.close_after_answer()
        is_last = self._answer(request)
        with self.requests_lock:
            if is_last:
                self._finish()
            else:
                self._go_on_to_next()
        self.server.pull_trigger()

    def _answer(self, request: RequestParser) -> bool:
        """Answer a request and return whether to close the connection then."""
        task: RefusalTask | AppTask = (RefusalTask if request.error else AppTask)(self, request)  # type: ignore[arg-type]
        if not self.connected:
            return True
        try:
            task.service()
        except ClientDisconnected:
            return True
        except Exception:
            log.exception("A request failed")
            if not task.wrote_header:
                self._apologise(request)
            return True
        return bool(task.close_on_finish)

    def _apologise(self, request: RequestParser) -> None:
        request.error = _FAILURE
        try:
            RefusalTask(self, request).service()  # type: ignore[arg-type]
        except ClientDisconnected:
            log.info("A client has gone")

    def _finish(self) -> None:
        self.waiting_since = time.monotonic()
        self.stream.has_unread = self.stream.has_unread or len(self.requests) > 1
        for request in self.requests:
            request.close()
        self.close_when_flushed = True  # before the main loop could read on
        self.requests = []

    def _go_on_to_next(self) -> None:
        # waitress gives back a buffer when the next one is begun.
        self.current_outbuf_count = self.adj.outbuf_high_watermark
        self.answered += 1
        self.waiting_since = time.monotonic()
        self.requests.pop(0).close()
        self.next_is_waiting = bool(self.requests)  # the main loop starts it, when this answer has been sent
        self._tell_to_continue(self.stream.partial)

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Do not wait: waitress has the thread wait here until the client has read enough."""

    # In both, with the lock

    def _tell_to_continue(self, request: RequestParser | None) -> None:
        """Answer ``Expect: 100-continue``, unless another answer has to come first."""
        if request and request.expect_continue and request.headers_finished and not self.requests:
            request.expect_continue = False
            with suppress(ClientDisconnected):
                self.write_soon(b"HTTP/1.1 100 Continue\r\n\r\n")
