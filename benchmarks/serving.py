"""A site as ``make run`` serves it, on this machine only, while it is measured."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from time import perf_counter, sleep
from typing import IO

import requests

from benchmarks.memory import of_tree
from config import ROOT
from tests.redis_server import free_port

DEAR_MP = ("wsgi:app",)
_AS_DEAR_MP_IS = ("--preload", "--worker-class", "app.server.worker.WaitressWorker", "--threads", "32")
BARE = ("--config", "/dev/null", *_AS_DEAR_MP_IS, "benchmarks.bare:app")
"""Arguments of gunicorn."""
_SECONDS_TO_START = 180.0
_SECONDS_TO_STOP = 30.0
_BETWEEN_TRIES = 0.005


@dataclass(frozen=True, slots=True)
class Site:
    """Address of a site, and the seconds it took to answer its first request."""

    url: str
    seconds: float
    pid: int

    @property
    def memory(self) -> int:
        """Bytes of all processes of the site."""
        return of_tree(self.pid)


@contextmanager
def serving(arguments: tuple[str, ...] = DEAR_MP, *, workers: int = 1, campaigns: str = "") -> Iterator[Site]:
    """Start a site, and yield once it answers a health check. Raises RuntimeError if it does not start."""
    port = free_port()
    environment = os.environ | {
        "PORT": str(port),
        "WEB_CONCURRENCY": str(workers),
        "CAMPAIGNS_DIR": campaigns,
        "LOOKUP": "snapshot",
        "RATE_LIMITS": "off",
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", *arguments]
    with TemporaryFile() as log:
        begin = perf_counter()
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait(server, f"http://127.0.0.1:{port}/healthz", log)
            yield Site(f"http://127.0.0.1:{port}", perf_counter() - begin, server.pid)
        finally:
            _stop(server)


def _wait(server: subprocess.Popen[bytes], url: str, log: IO[bytes]) -> None:
    deadline = perf_counter() + _SECONDS_TO_START
    while not _answers(url):
        if server.poll() is not None or perf_counter() > deadline:
            log.seek(0)
            raise RuntimeError(f"the site does not start: {log.read().decode(errors='replace')}")
        sleep(_BETWEEN_TRIES)


def _answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=_SECONDS_TO_START).status_code == 200
    except requests.ConnectionError:
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(_SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
