"""HTTP by the byte: what is sent as it is, and every answer that comes back."""

import re
import socket
from contextlib import suppress
from dataclasses import dataclass

PATIENCE = 30.0  # seconds
_HEAD = re.compile(rb"HTTP/1\.[01] (\d{3}) [^\r\n]*\r\n((?:[^\r\n]+\r\n)*)\r\n")


@dataclass(frozen=True)
class Answer:
    """One answer of a server."""

    status: int
    headers: dict[str, str]
    """By names in lower case."""
    body: bytes


def exchange(port: int, sent: bytes) -> list[Answer]:
    """What a server on this machine answers, up to where it closes the connection. It is told that no more comes."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        with suppress(OSError):  # it need not read all of it, nor wait for the end
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        return answers(_all_of(connection))


def _all_of(connection: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionError):
        while piece := connection.recv(65_536):
            received += piece
    return received


def answers(received: bytes) -> list[Answer]:
    """The answers in a stream, in order; fails where there is anything else in it."""
    found = []
    while received:
        head = _HEAD.match(received)
        assert head, received[:500]
        lines = (line.partition(b":") for line in head[2].splitlines())
        headers = {name.decode().lower(): value.decode().strip() for name, _, value in lines}
        length = int(headers.get("content-length", "0"))
        body, received = received[head.end() : head.end() + length], received[head.end() + length :]
        assert len(body) == length, "an answer that was cut off"
        found.append(Answer(int(head[1]), headers, body))
    return found
