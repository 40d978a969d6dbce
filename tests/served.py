"""The app as ``make run`` serves it: gunicorn with its processes, on a port of this machine."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

from config import ROOT
from tests.redis_server import free_port, until

SECONDS_TO_STOP = 60


class Served:
    """A running site."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.process = process
        self._log = log
        self._last_words = ""

    @property
    def log(self) -> str:
        """What it has written so far, and once it is stopped all that it ever wrote."""
        return self._last_words or self._log.read_text(errors="replace")

    def end(self) -> None:
        """Stop it, gently if it will."""
        try:
            _end(self.process)
        finally:
            self._last_words = self.log

    def workers(self) -> list[psutil.Process]:
        """The web processes."""
        return [child for child in psutil.Process(self.process.pid).children() if child.is_running()]

    def answers(self) -> bool:
        """Whether it takes visitors."""
        if self.process.poll() is not None:
            raise RuntimeError(f"gunicorn does not start: {self.log}")
        try:
            return requests.get(f"{self.url}/readyz", timeout=5).status_code == 200
        except (requests.ConnectionError, requests.Timeout):
            return False


@contextmanager
def served(module: str = "wsgi:app", **settings: str) -> Iterator[Served]:
    """Serve with these settings, and the snapshot only unless they say otherwise; stop whatever happens."""
    port = free_port()
    own: Mapping[str, str] = {"PORT": str(port), "LOOKUP": "snapshot", "RATE_LIMITS": "off"} | settings
    with tempfile.TemporaryDirectory(prefix="dear-mp-served-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as written:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", module],
                cwd=ROOT,
                env=os.environ | own,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
            )
        site = Served(port, process, log)
        try:
            until(site.answers)
            yield site
        finally:
            site.end()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        for child in psutil.Process(process.pid).children(recursive=True):
            child.kill()
        process.kill()
        process.wait()
        raise
