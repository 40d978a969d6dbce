"""The app, in a process that notes each wait of a thread for a client: ``gunicorn tests.security.recording:app``.

``/recorded`` shows what it has noted. ``/wait`` waits for a socket in a thread, in each way that it knows of.
"""

import json
import select
import selectors
import socket
import sys
import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from wsgi import app as site

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ALWAYS = ("accept", "connect")
_READING = ("recv", "recv_into", "recvfrom", "recvmsg")
_WRITING = ("send", "sendall", "sendmsg", "sendfile")
waits: list[str] = []
"""Calls in which a thread waited, or could have."""
reads: list[str] = []
"""Calls in which a thread read from a client, even without waiting."""
sent = 0
"""Calls in which a thread sent something without waiting."""


def _is_of_network(one: Any) -> bool:
    """PDF processes are spoken to through pipes and Unix sockets."""
    if isinstance(one, int):
        try:
            one = socket.socket(fileno=socket.dup(one))
        except OSError:
            return False
        with one:
            return _is_of_network(one)
    return getattr(one, "family", None) in (socket.AF_INET, socket.AF_INET6)


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _note(name: str, connection: socket.socket) -> None:
    global sent  # noqa: PLW0603
    if _is_main() or not _is_of_network(connection):
        return
    if connection.gettimeout() != 0:
        waits.append(name)
    elif name in _READING:
        reads.append(name)
    elif name in _WRITING:
        sent += 1


def _watch_method(name: str) -> None:
    usual: Callable[..., Any] = getattr(socket.socket, name)

    def watched(self: socket.socket, *args: Any, **kwargs: Any) -> Any:
        _note(name, self)
        return usual(self, *args, **kwargs)

    setattr(socket.socket, name, watched)


def _watch_selectors() -> None:
    usual = selectors.DefaultSelector.select

    def watched(self: Any, timeout: float | None = None) -> Any:
        if not _is_main() and timeout != 0 and any(map(_is_of_network, self.get_map())):
            waits.append("selector")
        return usual(self, timeout)

    selectors.DefaultSelector.select = watched  # type: ignore[method-assign]


def _watch_select() -> None:
    usual = select.select

    def watched(*args: Any) -> Any:
        watched_ones = [one for each in args[:3] for one in each]
        if not _is_main() and args[3:] != (0,) and any(map(_is_of_network, watched_ones)):
            waits.append("select")
        return usual(*args)

    select.select = watched


class _Poll:
    """A poll object that notes where a thread waits."""

    def __init__(self) -> None:
        self._poll = _USUAL_POLL()
        self._of_network = False

    def register(self, one: Any, *mask: int) -> None:
        self._of_network = self._of_network or (not _is_main() and _is_of_network(one))
        self._poll.register(one, *mask)

    def poll(self, *timeout: Any) -> list[tuple[int, int]]:
        if self._of_network and timeout != (0,):
            waits.append("poll")
        return self._poll.poll(*timeout)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._poll, name)


_USUAL_POLL = select.poll


def _watch_conditions() -> None:
    """waitress has a thread wait for the main loop, and so for a client, where it holds too many bytes."""
    usual = threading.Condition.wait

    def watched(self: threading.Condition, timeout: float | None = None) -> bool:
        if sys._getframe(1).f_code.co_filename.endswith(("waitress/channel.py", "serving/connection.py")):
            waits.append("condition")
        return usual(self, timeout)

    threading.Condition.wait = watched  # type: ignore[method-assign]


def _wait_in_every_way() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as one:
        other, _ = server.accept()
        with other, selectors.DefaultSelector() as selector:
            one.sendall(b"abc")
            other.recv(1)
            select.select([other], [], [], 1)
            poll = select.poll()
            poll.register(other.fileno(), select.POLLIN)
            poll.poll(1)
            selector.register(other, selectors.EVENT_READ)
            selector.select(1)
            other.setblocking(False)
            other.recv(1)


def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """Answer a request."""
    if environ["PATH_INFO"] == "/wait":
        _wait_in_every_way()
    elif environ["PATH_INFO"] != "/recorded":
        return site(environ, start_response)
    body = json.dumps({"waits": sorted(set(waits)), "reads": sorted(set(reads)), "sent": sent}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


for _name in (*_ALWAYS, *_READING, *_WRITING):
    _watch_method(_name)
_watch_selectors()
_watch_select()
_watch_conditions()
select.poll = _Poll  # type: ignore[assignment, misc]
