"""Visitors who open the first page, one after another, and the time that each waits."""

import socket
import time
from dataclasses import dataclass, field

from benchmarks.attacks.attackers import Address

PATIENCE = 20.0  # seconds
_PAUSE = 0.2  # seconds between two
_REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@dataclass
class Probes:
    """Counts of visitors, and their waits in seconds."""

    seconds: list[float] = field(default_factory=list)
    served: int = 0
    busy: int = 0
    """Visitors who got the quick page that asks them to try again (503)."""
    failures: list[str] = field(default_factory=list)

    @property
    def slowest(self) -> float:
        """The longest wait, in seconds."""
        return max(self.seconds, default=0.0)


def probe(address: Address, seconds: float) -> Probes:
    """Send visitors for ``seconds``, and then until one is served."""
    found, end = Probes(), time.monotonic() + seconds
    while (begin := time.monotonic()) < end or not (found.served or begin > end + PATIENCE):
        try:
            answer = _ask(address)
        except OSError as error:
            answer = type(error).__name__.encode()
        found.seconds.append(time.monotonic() - begin)
        if answer.startswith(b"HTTP/1.1 200 ") and b"</html>" in answer:
            found.served += 1
        elif answer.startswith(b"HTTP/1.1 503 ") and b"</html>" in answer:
            found.busy += 1
        else:
            found.failures.append(answer[:40].decode(errors="replace"))
        time.sleep(_PAUSE)
    return found


def _ask(address: Address) -> bytes:
    with socket.create_connection(("127.0.0.1", address.port), PATIENCE) as connection:
        context = address.context
        if context is None:
            return _exchange(connection)
        with context.wrap_socket(connection, server_hostname="localhost") as wrapped:
            return _exchange(wrapped)


def _exchange(connection: socket.socket) -> bytes:
    connection.sendall(_REQUEST)
    answer = b""
    while piece := connection.recv(65_536):
        answer += piece
    return answer
