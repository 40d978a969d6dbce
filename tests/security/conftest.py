"""What the tests of safety share: the app as ``make run`` serves it, on a port of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from config import ROOT

PATIENCE = 60.0  # seconds, on a busy machine


@dataclass(frozen=True)
class Server:
    """A server that is running, and where it writes its log."""

    port: int
    log: Path

    def says(self) -> str:
        """All of its log so far."""
        return self.log.read_text(errors="replace")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests, since it takes seconds to start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("server") / "log"
    environment = os.environ | {"PORT": str(port), "LOOKUP": "snapshot", "WEB_CONCURRENCY": "1"}
    command = [sys.executable, "-m", "gunicorn", "wsgi:app"]
    with log.open("w") as file, subprocess.Popen(command, cwd=ROOT, env=environment, stderr=file) as process:
        try:
            started = Server(port, log)
            _wait_for(started, process)
            yield started
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while "Dear MP is at" not in server.says():
        assert process.poll() is None, server.says()
        assert time.monotonic() < end, server.says()
        time.sleep(0.05)
