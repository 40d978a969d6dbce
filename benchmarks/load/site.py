"""The real thing, on this machine: gunicorn as ``make run`` starts it, and a stand-in for Parliament beside it."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import requests

from benchmarks.load.processes import running
from tests.redis_server import free_port, until

COMMAND = ("-m", "gunicorn", "wsgi:app")
USUAL = {"LOOKUP": "auto", "RATE_LIMITS": "off", "HOST": "127.0.0.1", "CONTACT": "", "REDIS_URL": ""}


@dataclass
class Parliament:
    """The stand-in."""

    url: str
    process: psutil.Process

    def go_wrong(self, fault: str) -> None:
        """Show one of the faults of ``tests.stand_in`` from now on; none, where it is empty."""
        requests.post(f"{self.url}/fault", data=fault, timeout=10).raise_for_status()


@dataclass
class Site:
    """Dear MP, being served."""

    url: str
    process: psutil.Process
    """gunicorn's master."""
    log: Path


@contextmanager
def parliament(slowness: float = 0.0) -> Iterator[Parliament]:
    """One that takes so many seconds for an answer."""
    port = free_port()
    with running(["-m", "benchmarks.load.parliament", str(port), str(slowness)]) as process:
        url = f"http://127.0.0.1:{port}"
        until(lambda: _answers(url, process))
        yield Parliament(url, process)


@contextmanager
def site(parliament: Parliament, **settings: str) -> Iterator[Site]:
    """The app with these settings, as environment variables; those of a small server otherwise."""
    port = free_port()
    with TemporaryDirectory(prefix="dear-mp-") as folder:
        log = Path(folder) / "log"
        environment = USUAL | {"PORT": str(port), "PARLIAMENT_API_URL": parliament.url} | settings
        with log.open("ab") as output, running(COMMAND, environment=environment, output=output) as process:
            url = f"http://127.0.0.1:{port}"
            try:
                until(lambda: _answers(f"{url}/healthz", process))
                yield Site(url, process, log)
            except BaseException:
                sys.stderr.write(log.read_text(errors="replace")[-5000:])
                raise


def _answers(url: str, process: psutil.Process) -> bool:
    if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
        raise RuntimeError(f"{process} does not start")
    try:
        requests.get(url, timeout=5)
    except requests.RequestException:
        time.sleep(0.1)
        return False
    return True
