"""What can go wrong with a connection: silence, dripping, a reset.

These faults have the socket to themselves while a request is being answered, and end without an answer.
"""

import os
import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, repeat
from typing import NoReturn

from flask import g, request

BEAT_SECONDS = 0.1
LONGEST_SECONDS = 30.0  # so that nothing hangs for ever, whoever forgets to reset the stand-in
PROMISED_BYTES = 1000  # at a byte a beat, well over a minute
HEAD = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {PROMISED_BYTES}\r\n\r\n".encode()


def hang_at_read() -> None:
    """Say nothing at all."""
    for _ in _beats():
        pass


def drip_body() -> None:
    """Send the headers, then a byte a beat of a body that would be valid so far."""
    _socket().sendall(HEAD)
    for _, byte in zip(_beats(), chain(b'{"items": [', repeat(ord(" "))), strict=False):
        _socket().sendall(bytes([byte]))


def drip_headers() -> None:
    """Send headers, a byte a beat, that never come to an end."""
    for _, byte in zip(_beats(), chain(b"HTTP/1.1 200 OK\r\nX-Long: ", repeat(ord("x"))), strict=False):
        _socket().sendall(bytes([byte]))


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
