"""What can go wrong with a connection: silence, dripping, a reset.

These faults have the socket to themselves while a request is being answered, and end without an answer.
"""

import os
import select
import socket
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import chain, repeat
from typing import NoReturn

from flask import g, request

BEAT_SECONDS = 0.1
LONGEST_SECONDS = 30.0  # so that nothing hangs for ever, whoever forgets to reset the stand-in
PROMISED_BYTES = 1000  # at a byte a beat, well over a minute
_STATUS = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
HEAD = _STATUS + f"Content-Length: {PROMISED_BYTES}\r\n\r\n".encode()
ENDLESS_HEAD = _STATUS + b"Connection: close\r\n\r\n"
CHUNKED_HEAD = _STATUS + b"Transfer-Encoding: chunked\r\n\r\n"
WHOLE_CHUNK = b'd\r\n{"items": []}\r\n'


def hang_at_read() -> None:
    """Say nothing at all."""
    for _ in _beats():
        pass


def drip(at_once: bytes, then: bytes = b"", for_ever: bytes = b" ") -> None:
    """Send the first part at once, and after it a byte a beat, without an end."""
    _socket().sendall(at_once)
    for _, byte in zip(_beats(), chain(then, repeat(ord(for_ever))), strict=False):
        _socket().sendall(bytes([byte]))


DRIPS: dict[str, Callable[[], None]] = {
    "status line": partial(drip, b"HTTP/1.1 200 ", for_ever=b"O"),
    "headers": partial(drip, b"HTTP/1.1 200 OK\r\n", b"X-Long: ", b"x"),
    "many headers": partial(drip, b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n" * 1000),
    "body by length": partial(drip, HEAD, b'{"items": ['),
    "body to the end of the connection": partial(drip, ENDLESS_HEAD, b'{"items": []}'),
    "size of a chunk": partial(drip, CHUNKED_HEAD, for_ever=b"0"),
    "size of the second chunk": partial(drip, CHUNKED_HEAD + WHOLE_CHUNK, for_ever=b"0"),
    "extension of a chunk": partial(drip, CHUNKED_HEAD + b"d", b";name=", b"x"),
    "data of a chunk": partial(drip, CHUNKED_HEAD + b"ffff\r\n", b'{"items": ['),
    "trailers": partial(drip, CHUNKED_HEAD + WHOLE_CHUNK + b"0\r\n", b"X-Long: ", b"x"),
}
"""Each part of an answer that can come a byte at a time. All would be valid if they came to an end."""


def reset_mid_body() -> NoReturn:
    """Send the headers and half of the body, then reset the connection."""
    connection = _socket()
    connection.sendall(HEAD + b" " * (PROMISED_BYTES // 2))
    time.sleep(BEAT_SECONDS)  # a reset overtakes what has not been read yet
    _break_off()


def _beats() -> Iterator[None]:
    """Ten a second until the client goes away, the stand-in lets go or half a minute is over; then it breaks off."""
    connection, end = _socket(), time.monotonic() + LONGEST_SECONDS
    while not g.let_go.is_set() and time.monotonic() < end:
        client_has_gone, _, _ = select.select([connection], [], [], BEAT_SECONDS)
        if client_has_gone:
            break
        yield
    _break_off()


def _break_off() -> NoReturn:
    """Reset the connection; a proper end would pass for the end of the headers.

    werkzeug takes the error for a lost connection, and leaves it at that.
    """
    connection = _socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    # werkzeug holds on to the socket and would shut it down properly first, so it gets a dead one in its place.
    ours, theirs = socket.socketpair()
    with ours, theirs:
        os.dup2(ours.fileno(), connection.fileno())
    raise ConnectionAbortedError("the connection is reset")


def _socket() -> socket.socket:
    connection: socket.socket = request.environ["werkzeug.socket"]
    return connection


@contextmanager
def unconnectable() -> Iterator[str]:
    """An address where connecting hangs: the queue of connections to be accepted is full, and nobody accepts any."""
    with ExitStack() as sockets:
        listener = sockets.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):  # the first fills the queue; the others are for systems with a longer one
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
