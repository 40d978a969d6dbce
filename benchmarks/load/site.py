"""The real site on this machine: gunicorn as ``make run`` starts it, and a stand-in for Parliament."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import requests

from benchmarks.load.processes import end, start
from tests.redis_server import free_port, until

SECONDS_TO_START = 120.0  # on a busy machine
COMMAND = ("-m", "gunicorn", "wsgi:app")
USUAL = {"LOOKUP": "auto", "RATE_LIMITS": "off", "HOST": "127.0.0.1", "CONTACT": "", "REDIS_URL": ""}


@dataclass
class Parliament:
    """The stand-in for Parliament, while it runs."""

    url: str
    process: psutil.Process

    def go_wrong(self, fault: str) -> None:
        """Show one of the faults of ``tests.stand_in`` from now on, or none if ``fault`` is empty."""
        requests.post(f"{self.url}/fault", data=fault, timeout=10).raise_for_status()


class Site:
    """Dear MP, being served. With a ``listening`` socket that stays open, restarts refuse nobody."""

    def __init__(self, environment: dict[str, str], log: Path, listening: socket.socket | None) -> None:
        self.url = f"http://127.0.0.1:{environment['PORT']}"
        self.log = log
        self._environment = environment
        self._listening = listening
        self.process = self._started()

    def restart(self) -> None:
        """Stop the site in good order, then start it again, as systemd would."""
        end(self.process)
        self.process = self._started()

    def wait(self) -> None:
        """Wait until the site answers. Raises RuntimeError, with the end of the log."""
        try:
            until(lambda: _answers(f"{self.url}/readyz", self.process), SECONDS_TO_START)
        except (RuntimeError, TimeoutError) as error:
            raise RuntimeError(f"{error}: {self.end_of_log()}") from None

    def end_of_log(self) -> str:
        """Return the last forty lines of the log, to find out what went wrong."""
        if not self.log.is_file():  # such as /dev/full
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])

    def _started(self) -> psutil.Popen:
        socket = self._listening
        with self.log.open("ab") as output:
            return start(
                (*COMMAND, "--bind", f"fd://{socket.fileno()}") if socket else COMMAND,
                environment=self._environment,
                output=output,
                keep=(socket.fileno(),) if socket else (),
            )


@contextmanager
def parliament(slowness: float = 0.0) -> Iterator[Parliament]:
    """Run a stand-in for Parliament that takes ``slowness`` seconds for an answer."""
    port = free_port()
    process = start(["-m", "benchmarks.load.parliament", str(port), str(slowness)])
    try:
        url = f"http://127.0.0.1:{port}"
        until(lambda: _answers(url, process), SECONDS_TO_START)
        yield Parliament(url, process)
    finally:
        end(process)


@contextmanager
def site(
    parliament: Parliament, *, log: Path | None = None, listening: socket.socket | None = None, **settings: str
) -> Iterator[Site]:
    """Serve the app with these settings, as environment variables, and otherwise those of a small server."""
    port = listening.getsockname()[1] if listening else free_port()
    environment = USUAL | {"PORT": str(port), "PARLIAMENT_API_URL": parliament.url} | settings
    with TemporaryDirectory(prefix="dear-mp-") as folder:
        served = Site(environment, log or Path(folder) / "log", listening)
        try:
            served.wait()
            yield served
        finally:
            end(served.process)


def _answers(url: str, process: psutil.Popen) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"{process} does not start")
    try:
        requests.get(url, timeout=5)
    except requests.RequestException:
        time.sleep(0.1)
        return False
    return True
