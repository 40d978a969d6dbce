"""A deadline for a whole call, from connecting to the last byte.

The time limits of ``requests`` begin again with every byte, and ``http.client`` reads a line, such as the size of a
chunk, until it ends. A server that sends a byte now and then could hold a call for ever. So at the deadline the call's
connection is shut down, which ends every read at once.
"""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError


class Deadline:
    """The deadline of one call, and the connections to shut down then."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._connections: list[socket.socket] = []
        self._lock = Lock()
        self.has_passed = False
        """True if the call was cut off. The answer may look complete and must not be used."""
        self._timer = Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def seconds_left(self) -> float:
        return max(0.0, self._end - time.monotonic())

    def watch(self, connection: socket.socket) -> None:
        # A duplicate, because TLS detaches the original.
        watched = socket.fromfd(connection.fileno(), connection.family, connection.type)
        with self._lock:
            self._connections.append(watched)
            if self.has_passed:
                _shut_down(watched)

    def close(self) -> None:
        """Cancel the deadline: the connections may serve another call now."""
        self._timer.cancel()
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _expire(self) -> None:
        with self._lock:
            self.has_passed = True
            for connection in self._connections:
                _shut_down(connection)


_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[Deadline]:
    """Limit everything that a session with a ``DeadlineAdapter`` does inside, in this thread, to so many seconds."""
    deadline = Deadline(seconds)
    before = _deadline.set(deadline)
    try:
        yield deadline
    finally:
        _deadline.reset(before)
        deadline.close()


class _DeadlineConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        deadline = _deadline.get()
        if deadline is None:
            return super()._new_conn()
        if not deadline.seconds_left():
            raise ConnectTimeoutError(self, "the time for the call is over")
        if self.timeout is not None:
            self.timeout = min(self.timeout, deadline.seconds_left())
        connection = super()._new_conn()
        deadline.watch(connection)
        return connection

    def request(self, *arguments: Any, **options: Any) -> None:
        self._watch_open_connection()
        super().request(*arguments, **options)

    def _watch_open_connection(self) -> None:
        """Watch a connection that was made during an earlier call."""
        deadline = _deadline.get()
        if deadline and self.sock:
            deadline.watch(self.sock)


class _SecureDeadlineConnection(HTTPSConnection, _DeadlineConnection):
    pass


class _DeadlinePool(HTTPConnectionPool):
    ConnectionCls = _DeadlineConnection


class _SecureDeadlinePool(HTTPSConnectionPool):
    ConnectionCls = _SecureDeadlineConnection


_POOLS = {"http": _DeadlinePool, "https": _SecureDeadlinePool}


class DeadlineAdapter(HTTPAdapter):
    """Applies ``time_limit`` to all connections of a session, through a proxy as well."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def _shut_down(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
