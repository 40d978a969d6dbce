"""A gunicorn worker that has patience with slow clients: a thread takes a request when all of it is there.

gunicorn's own gives each new connection a thread, which waits for whatever comes, and closes connections in its main
loop, which waits for the other side. A few dozen clients on bad lines, or one with bad intentions, hold up everybody.
Here the main loop waits for all of them at once. Where there are too many, whoever has taken longest has to go.
"""

import errno
import selectors
import socket
import struct
import time
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn import util
from gunicorn.http.parser import RequestParser
from gunicorn.http.unreader import Unreader
from gunicorn.workers.gthread import TConn, ThreadWorker

from app.serving.arrival import Arrival, Progress
from app.serving.waiting import seconds_waited

SECONDS_TO_ARRIVE = 30.0
SECONDS_WHEN_STOPPING = 5.0  # for what is on its way in when a process is to end
SECONDS_TO_LEAVE = 2.0  # for a client to read an answer that came before it had sent everything
SECONDS_IN_A_THREAD = 10.0  # that reading or writing may make a thread wait
MOST_BYTES_ARRIVING = 64_000_000
SEND_BUFFER = 512 * 1024  # bytes: whole pages and PDFs fit, so that no thread waits for a slow reader
_PIECE = 65_536
_TIME = struct.pack("ll", int(SECONDS_IN_A_THREAD), 0)


class Connection(TConn):
    """A client's connection, and the request that is coming through it."""

    def __init__(self, worker: "PatientWorker", *details: Any) -> None:
        super().__init__(worker.cfg, *details)
        self.worker = worker
        self.arrival = Arrival()
        self.began = self.whole_since = time.monotonic()
        self.is_odd = False
        self.data_ready = True  # gunicorn's threads need not wait for any

    @property
    def unreader(self) -> Unreader:
        """From where gunicorn's parser reads on."""
        assert isinstance(self.parser, RequestParser)  # noqa: S101  # we speak HTTP/1 only
        return self.parser.unreader

    def close(self, graceful: bool = False) -> None:
        """Close it, without waiting here for the other side."""
        if graceful and self.is_odd:
            self.worker.let_leave(self)
        else:
            util.close(self.sock)


class PatientWorker(ThreadWorker):
    """Reads requests in the main loop, and has threads answer them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._arriving: dict[Connection, None] = {}
        self._bytes_arriving = 0
        self._leaving: dict[Connection, float] = {}
        """Until when each may still be read from."""
        self._looked_at = 0.0
        self.max_keepalived = self.worker_connections // 4  # idle ones shall not keep others out

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection, and wait for its request."""
        self._has_taken(listener)

    def set_accept_enabled(self, enabled: bool | None) -> None:
        """Take new connections, or leave them to other processes.

        A process that is to end takes those that wait already, and lets go of the address: while it held that, whoever
        came before its last answer would wait for nobody, and be cut off, instead of trying again elsewhere.
        """
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                while self.nr_conns < self.worker_connections and self._has_taken(listener):
                    pass
                listener.close()

    def _has_taken(self, listener: socket.socket) -> bool:
        try:
            client, address = listener.accept()
        except OSError as error:
            # Another process had it, or it is gone; with no descriptor left the next round tries again.
            if error.errno not in (errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED, errno.EMFILE, errno.ENFILE):
                raise
            return False
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            client.setsockopt(socket.SOL_SOCKET, option, _TIME)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self.nr_conns += 1
        self.enqueue_req(Connection(self, client, address, listener.getsockname()))
        return True

    # Every connection is one of ours: ``accept`` makes them all.
    def enqueue_req(self, conn: Connection) -> None:  # type: ignore[override]
        """Wait for a connection's next request: the first, or one after another was answered."""
        conn.init()
        conn.sock.setblocking(False)
        conn.arrival, conn.began = Arrival(), time.monotonic()
        self._arriving[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._receive, conn))
        read_ahead = conn.unreader.take_buffered()
        if read_ahead:
            self._take_in(conn, read_ahead)
        else:
            self._receive(conn)
        if len(self._arriving) > self.worker_connections // 2 or self._bytes_arriving > MOST_BYTES_ARRIVING:
            self._drop(next(iter(self._arriving)))

    def handle(self, conn: Connection) -> bool:  # type: ignore[override]
        """Answer a request, in a thread."""
        seconds_waited.set(time.monotonic() - conn.whole_since)
        return super().handle(conn)

    def murder_pending(self) -> None:
        """Let go of connections that have taken too long; gunicorn calls it at every turn of its loop."""
        now = time.monotonic()
        if now - self._looked_at < 1:
            return
        self._looked_at = now
        patience = SECONDS_TO_ARRIVE if self.alive else SECONDS_WHEN_STOPPING
        for conn in [conn for conn in self._arriving if now - conn.began > self._patience_with(conn, patience)]:
            self._drop(conn)
        for conn in [conn for conn, until in self._leaving.items() if now > until]:
            self._part_from(conn)

    def let_leave(self, conn: Connection) -> None:
        """Close after an answer to what had not all come. Closed at once, the answer would be lost on its way."""
        with suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self._leaving[conn] = time.monotonic() + SECONDS_TO_LEAVE
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read_past, conn))
            return
        util.close(conn.sock)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        return not conn.is_odd and super()._keepalive_after(conn, keepalive)  # type: ignore[misc]

    def _patience_with(self, conn: Connection, seconds: float) -> float:
        """A connection that says nothing is most often one that a browser holds ready."""
        return seconds if conn.arrival.content else min(seconds, float(self.cfg.keepalive))

    def _receive(self, conn: Connection, _: object = None) -> None:
        try:
            piece = conn.sock.recv(_PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if piece:
            self._take_in(conn, piece)
        else:
            self._drop(conn)

    def _take_in(self, conn: Connection, piece: bytes) -> None:
        was_told = conn.arrival.expects_to_go_on
        progress = conn.arrival.add(piece)
        self._bytes_arriving += len(piece)
        if progress is Progress.ENDLESS:
            util.write_error(conn.sock, 431, "Request Header Fields Too Large", "")
            self._drop(conn)
        elif progress is not Progress.COMING:
            self._hand_over(conn, is_odd=progress is Progress.ODD)
        elif conn.arrival.expects_to_go_on and not was_told:
            with suppress(OSError):
                conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _hand_over(self, conn: Connection, *, is_odd: bool) -> None:
        self._forget(conn)
        conn.is_odd = is_odd
        conn.unreader.unread(bytes(conn.arrival.content))
        conn.arrival = Arrival()
        conn.whole_since = time.monotonic()
        super().enqueue_req(conn)

    def _drop(self, conn: Connection) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        util.close(conn.sock)

    def _forget(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        del self._arriving[conn]
        self._bytes_arriving -= len(conn.arrival.content)

    def _read_past(self, conn: Connection, _: object = None) -> None:
        with suppress(BlockingIOError):
            try:
                if conn.sock.recv(_PIECE):
                    return
            except ConnectionError:
                pass
            self._part_from(conn)

    def _part_from(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        del self._leaving[conn]
        util.close(conn.sock)
