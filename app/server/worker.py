"""A web process: gunicorn starts and ends it, and waitress's main loop serves all its connections."""

import os
import resource
import socket
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING, Any

from gunicorn.workers.base import Worker
from waitress import wasyncore

from app.server.capacity import CONNECTIONS_TO_SPARE, DESCRIPTORS_FOR_THE_APP
from app.server.connection import Connection
from app.server.dispatcher import Dispatcher
from app.server.listener import Listener, adjustments
from app.server.reaper import Process, Reaper

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_SECONDS_OF_A_TURN = 1.0
_SECONDS_OF_A_TURN_WHEN_STOPPING = 0.2


class WaitressWorker(Worker):
    """Serves until it is told to stop, has answered as many requests as it may, or gunicorn has gone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._process = Process()
        self._sockets: dict[int, Any] = {}
        self._listeners: list[Listener] = []
        self._dispatcher = Dispatcher()
        self._counting = threading.Lock()
        self._is_replaced = False
        """True if it stops and the site does not."""

    def run(self) -> None:
        """Serve."""
        self._dispatcher.set_thread_count(self.cfg.threads)
        most = _most_connections(self.cfg.worker_connections)
        adj = adjustments(self.cfg.threads, self.cfg.backlog)
        for each in self.sockets:
            own: socket.socket = getattr(each, "sock", each)
            self._listeners.append(
                Listener(self._answer, self._sockets, own, self._dispatcher, adj, self._process, most)
            )
        reaper = Reaper(
            self._process,
            self._connections,
            most_connections=most - CONNECTIONS_TO_SPARE,
            seconds_idle=self.cfg.keepalive,
        )
        while self.alive and self.ppid == os.getppid():
            self._turn(reaper, _SECONDS_OF_A_TURN)
        self._stop(reaper)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop once all that was begun is answered. gunicorn calls it on SIGTERM."""
        super().handle_exit(sig, frame)
        self._wake()

    def _wake(self) -> None:
        for listener in self._listeners:
            listener.pull_trigger()

    def _connections(self) -> list[Connection]:
        return [each for listener in self._listeners for each in listener.active_channels.values()]

    def _turn(self, reaper: Reaper, seconds: float) -> None:
        """Wait until there is something to do, for so many seconds at most, and do it."""
        self.notify()
        reaper.reap()
        wasyncore.loop(timeout=seconds, use_poll=True, map=self._sockets, count=1)

    def _stop(self, reaper: Reaper) -> None:
        self.alive = False
        self._process.is_stopping = True
        for listener in self._listeners:
            listener.stop_accepting(has_successor=self._is_replaced)
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while self._connections() and time.monotonic() < deadline:
            self._turn(reaper, _SECONDS_OF_A_TURN_WHEN_STOPPING)
        self._dispatcher.shutdown(timeout=1)

    def _answer(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
        """Have the app answer, and stop after as many requests as gunicorn's ``max_requests`` says."""
        with self._counting:
            self.nr += 1
            is_enough = self.nr >= self.max_requests and self.alive
        if is_enough:
            self.log.info("This process has answered as many requests as it may. Another takes its place.")
            self.alive, self._is_replaced = False, True
            self._wake()
        return self.wsgi(environ, start_response)  # type: ignore[arg-type]  # the stub leaves out exc_info


def _most_connections(wanted: int) -> int:
    """Return how many connections there may be, with the file descriptors that the process is allowed."""
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return wanted
    return max(min(wanted, descriptors - DESCRIPTORS_FOR_THE_APP), 2 * CONNECTIONS_TO_SPARE)
