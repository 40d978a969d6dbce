"""One time limit for a whole call, from connecting to the last byte.

The time limits of ``requests`` begin again with every byte, and ``http.client`` reads a line, such as the size of a
chunk, until it ends. A server that sends a byte now and then could hold a call for ever. So when a call's time is over,
its connection is shut down, which ends every read at once.
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
    """The end of one call, and the connections to shut down then."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._connections: list[socket.socket] = []
        self._lock = Lock()
        self.has_passed = False
        """True if the call was cut off. An answer read until then may look whole, and is not to be used."""
        self._timer = Timer(seconds, self._pass)
        self._timer.daemon = True
        self._timer.start()

    def left(self) -> float:
        """Return the seconds that are left."""
        return max(0.0, self._end - time.monotonic())

    def watch(self, connection: socket.socket) -> None:
        """Shut this connection down when the time is over."""
        # A duplicate, since TLS takes the original apart.
        watched = socket.fromfd(connection.fileno(), connection.family, connection.type)
        with self._lock:
            self._connections.append(watched)
            if self.has_passed:
                _shut_down(watched)

    def close(self) -> None:
        """End the watch: the connections may serve another call now."""
        self._timer.cancel()
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()

    def _pass(self) -> None:
        with self._lock:
            self.has_passed = True
            for connection in self._connections:
                _shut_down(connection)


_deadline: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def time_limit(seconds: float) -> Iterator[Deadline]:
    """Limit all that a session with a ``DeadlineAdapter`` does inside, in this thread, to so many seconds."""
    deadline = Deadline(seconds)
    before = _deadline.set(deadline)
    try:
        yield deadline
    finally:
        _deadline.reset(before)
        deadline.close()


class _Prompt(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        deadline = _deadline.get()
        if deadline is None:
            return super()._new_conn()
        if not deadline.left():
            raise ConnectTimeoutError(self, "the time for the call is over")
        if self.timeout is not None:
            self.timeout = min(self.timeout, deadline.left())
        connection = super()._new_conn()
        deadline.watch(connection)
        return connection

    def request(self, *arguments: Any, **options: Any) -> None:
        self._watch_what_is_open()
        super().request(*arguments, **options)

    def _watch_what_is_open(self) -> None:
        """A connection that is used again was made during an earlier call."""
        deadline = _deadline.get()
        if deadline and self.sock:
            deadline.watch(self.sock)


class _PromptSecure(HTTPSConnection, _Prompt):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Prompt


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _PromptSecure


_POOLS = {"http": _Pool, "https": _SecurePool}


class DeadlineAdapter(HTTPAdapter):
    """Makes the connections of a session heed ``time_limit``."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Called by ``requests`` as it makes the adapter."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> ProxyManager:
        """Called by ``requests`` if the environment names a proxy."""
        manager: ProxyManager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


def _shut_down(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
