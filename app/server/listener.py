"""An address that clients connect to."""

import logging
import socket
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer

from app.server import capacity
from app.server.connection import Connection
from app.server.dispatcher import Dispatcher
from app.server.reaper import Process

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)
_NEVER = 1 << 30
_IN_MEMORY = 1 << 40  # bytes that waitress may hold before it would write them to a file


def adjustments(threads: int, backlog: int) -> Adjustments:
    """Return the settings of waitress. Limits on connections, times and lengths are ours, not waitress's."""
    return Adjustments(
        threads=threads,
        backlog=backlog,
        ident=None,
        server_name="localhost",
        connection_limit=_NEVER,
        cleanup_interval=_NEVER,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=False,  # app/web/http/proxies.py knows which to believe
        inbuf_overflow=_IN_MEMORY,
        outbuf_overflow=_IN_MEMORY,
        outbuf_high_watermark=capacity.BYTES_SENT_AT_ONCE,  # of one buffer: the memory of those before it is given back
        log_socket_errors=False,
    )


class Listener(TcpWSGIServer):
    """Accepts connections at a socket of gunicorn's."""

    channel_class = Connection
    active_channels: dict[int, Connection]  # type: ignore[assignment]  # the stub is wrong
    task_dispatcher: Dispatcher

    def __init__(
        self,
        app: "WSGIApplication",
        sockets: dict[int, Any],
        own: socket.socket,
        dispatcher: Dispatcher,
        adj: Adjustments,
        process: Process,
        most_connections: int,
    ) -> None:
        super().__init__(
            app,
            sockets,
            False,
            own,
            dispatcher=dispatcher,
            adj=adj,
            bind_socket=False,
            sockinfo=(own.family, own.type, own.proto, own.getsockname()),
        )
        self.process = process
        self._most = most_connections
        self.accepting = True  # gunicorn has it listen already

    def readable(self) -> bool:
        """Return whether there is room for another connection."""
        is_room = len(self.active_channels) < self._most and len(self.task_dispatcher.queue) < capacity.MOST_QUEUED
        return self.accepting and is_room

    def handle_accept(self) -> None:
        """Accept some of the connections that wait."""
        for _ in range(capacity.MOST_ACCEPTED_AT_ONCE):
            if not self.readable() or not self.accept_one():
                return

    def accept_one(self) -> bool:
        """Accept a connection if one waits, and return whether one did."""
        before = len(self.active_channels)
        super().handle_accept()
        return len(self.active_channels) > before

    def handle_error(self) -> None:
        """Keep the address after an error of ours: waitress's own would close it."""
        log.exception("A connection was not accepted")

    def set_socket_options(self, conn: socket.socket) -> None:
        """Send without delay, and have the kernel hold little of what a slow client does not read."""
        conn.setsockopt(socket.SOL_TCP, socket.TCP_NODELAY, 1)
        conn.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, capacity.SEND_BUFFER)

    def stop_accepting(self, *, has_successor: bool) -> None:
        """Leave the address to other processes; without a successor, accept the connections that wait already."""
        while not has_successor and self.readable() and self.accept_one():
            pass
        self.accepting = False
        self.del_channel()
        if self.socket:
            self.socket.close()
