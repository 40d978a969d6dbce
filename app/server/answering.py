"""The half of a connection that works in threads: it has the app answer requests."""

import logging
import time
from contextlib import suppress
from threading import Condition, Lock
from typing import TYPE_CHECKING, Any

from waitress.buffers import OverflowableBuffer
from waitress.channel import ClientDisconnected, HTTPChannel

from app.server.capacity import BYTES_SENT_AT_ONCE
from app.server.refusal import Refusal
from app.server.request_parser import RequestParser
from app.server.request_stream import RequestStream
from app.server.tasks import AppTask, RefusalTask
from app.server.waiting import seconds_waited

if TYPE_CHECKING:
    from app.server.listener import Listener

log = logging.getLogger(__name__)
_FAILURE = Refusal(500, "Internal Server Error", "It is our fault, not yours.")


class AnsweringChannel(HTTPChannel):
    """Answers requests in the order in which they came. Its threads send what they can, and never wait for a client."""

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
        self.complete_since = 0.0
        """The time from which the first request could have gone to a thread."""
        self.next_is_waiting = False
        """True if a request may go to a thread once the answer before it has been sent."""
        self.is_costly = False
        """True if the first request is to leave threads free for the requests of others."""
        self.answered = 0
        self.waiting_since = time.monotonic()
        """The time when the last thread was done with it."""

    def service(self) -> None:
        """Answer the first request."""
        seconds_waited.set(time.monotonic() - self.complete_since)
        request, was_costly = self.requests[0], self.is_costly
        if self.server.process.is_stopping or self.server.process.is_crowded:
            request.close_after_answer()
        is_last = self._answer(request)
        with self.requests_lock:
            if is_last:
                self._finish()
            else:
                self._go_on_to_next()
        if was_costly:
            self.server.task_dispatcher.note_end_of_costly()
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
        self._give_back_buffers()
        self.answered += 1
        self.waiting_since = time.monotonic()
        self.requests.pop(0).close()
        self.next_is_waiting = bool(self.requests)  # the main loop starts it, when this answer has been sent
        self._tell_to_continue(self.stream.partial)

    def write_soon(self, data: bytes) -> int:
        """Send what the client takes now, and keep the rest in small buffers: each is given back once it is sent."""
        for at in range(0, len(data), BYTES_SENT_AT_ONCE):
            super().write_soon(data[at : at + BYTES_SENT_AT_ONCE])
        return len(data)

    def _give_back_buffers(self) -> None:
        """Forget what has been sent. waitress would keep it until the next answer."""
        with self.outbuf_lock:
            if not self.total_outbufs_len:
                self.outbufs = [OverflowableBuffer(self.adj.outbuf_overflow)]
                self.current_outbuf_count = 0

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Do not wait: waitress has the thread wait here until the client has read enough."""

    def _tell_to_continue(self, request: RequestParser | None) -> None:
        """Answer ``Expect: 100-continue``, unless another answer has to come first. Needs ``requests_lock``."""
        if request and request.expect_continue and request.headers_finished and not self.requests:
            request.expect_continue = False
            with suppress(ClientDisconnected):
                self.write_soon(b"HTTP/1.1 100 Continue\r\n\r\n")
