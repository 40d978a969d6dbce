"""Closes connections that take too long, and those that there is no room for."""

import heapq
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from app.server import capacity
from app.server.connection import Connection, ConnectionState

_SECONDS_BETWEEN_LOOKS = 0.5
_SECONDS_BETWEEN_SUMS = 0.02  # to add up what a thousand connections hold takes a millisecond
_SINCE = attrgetter("waiting_since")
_NO_LIMIT = float("inf")  # the app has limits of its own
_WHEN_RUNNING = {
    ConnectionState.IDLE: _NO_LIMIT,  # gunicorn's "keepalive" says
    ConnectionState.ARRIVING: capacity.SECONDS_TO_ARRIVE,
    ConnectionState.ANSWERING: _NO_LIMIT,
    ConnectionState.LEAVING: capacity.SECONDS_TO_LEAVE,
    ConnectionState.PARTING: capacity.SECONDS_TO_PART,
}
_WHEN_STOPPING = _WHEN_RUNNING | {
    ConnectionState.IDLE: capacity.SECONDS_IDLE_WHEN_STOPPING,
    ConnectionState.ARRIVING: capacity.SECONDS_TO_ARRIVE_WHEN_STOPPING,
}


@dataclass
class Process:
    """The state of a web process, shared by all its connections."""

    is_stopping: bool = False
    is_crowded: bool = False
    """True while it has so many connections that none is to stay open once it is answered."""
    is_full: bool = False
    """True while it holds so many bytes that no more of any body may be read."""


class Reaper:
    """Looks at all connections before each turn of the main loop, and never while it polls."""

    def __init__(
        self,
        process: Process,
        connections: Callable[[], list[Connection]],
        *,
        most_connections: int,
        seconds_idle: float,
    ) -> None:
        self._process = process
        self._when_running = _WHEN_RUNNING | {ConnectionState.IDLE: seconds_idle}
        self._most = most_connections
        self._connections = connections
        self._looked_at = self._summed_at = 0.0

    def reap(self) -> None:
        """Close what has to be closed."""
        now = time.monotonic()
        if now - self._looked_at >= _SECONDS_BETWEEN_LOOKS:
            self._looked_at = now
            self._close_late(now)
        connections = self._connections()
        self._process.is_crowded = len(connections) > self._most // 2
        excess = len(connections) - self._most
        if excess > 0:
            latest = now - capacity.SECONDS_BEFORE_CLOSED_FOR_OTHERS
            old = (each for each in _waiting(connections) if each.waiting_since <= latest)
            for each in heapq.nsmallest(excess, old, key=_SINCE):
                each.handle_close()
        if now - self._summed_at >= _SECONDS_BETWEEN_SUMS:
            self._summed_at = now
            self._make_room(connections)

    def _close_late(self, now: float) -> None:
        longest = _WHEN_STOPPING if self._process.is_stopping else self._when_running
        for each in self._connections():
            state, seconds = each.look(now)
            if seconds > longest[state]:
                each.handle_close()

    def _make_room(self, connections: list[Connection]) -> None:
        """Hold no more bytes than there may be: close those that have waited longest first."""
        held = sum(each.bytes_held for each in connections)
        if held > capacity.MOST_BYTES_HELD:
            for each in sorted(_waiting(connections), key=_SINCE):
                if held <= capacity.MOST_BYTES_HELD:
                    break
                held -= each.bytes_held
                if each.bytes_held:
                    each.handle_close()
        self._process.is_full = held > capacity.MOST_BYTES_HELD


def _waiting(connections: Iterable[Connection]) -> list[Connection]:
    """Return those that no thread has to do with."""
    return [each for each in connections if each.connected and each.state is not ConnectionState.ANSWERING]
