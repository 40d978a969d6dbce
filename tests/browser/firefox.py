"""A real Firefox without windows, driven by the protocol that it comes with (Marionette)."""

import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.redis_server import free_port, until

SECONDS = 60.0
"""The longest that Firefox may take to start, or for one command."""
CANDIDATES = ("firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox")
PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A connection to a Firefox that runs."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._received = b""
        self._receive()  # it introduces itself
        self.ask("WebDriver:NewSession")

    def ask(self, command: str, **parameters: object) -> Any:
        """Give a command, and return its result. Raises AssertionError with what Firefox says is wrong."""
        message = json.dumps([0, 1, command, parameters]).encode()
        self._connection.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._receive()
        assert error is None, error
        return result

    def go_to(self, address: str) -> None:
        """Open an address, and wait until the page has loaded."""
        self.ask("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: object) -> Any:
        """Run a script in the page, and return what it returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=arguments)["value"]

    def _receive(self) -> Any:
        while b":" not in self._received:
            self._received += self._connection.recv(65_536)
        length, _, rest = self._received.partition(b":")
        while len(rest) < int(length):
            rest += self._connection.recv(65_536)
        self._received = rest[int(length) :]
        return json.loads(rest[: int(length)])


@contextmanager
def firefox() -> Iterator[Firefox]:
    """Start Firefox with a profile of its own: the one that FIREFOX names, or the system's."""
    program = os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, CANDIDATES)))
    port = free_port()
    with TemporaryDirectory(prefix="dear-mp-firefox-", ignore_cleanup_errors=True) as profile:
        own = {**PREFERENCES, "marionette.port": port}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in own.items())
        Path(profile, "user.js").write_text("".join(lines))
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", profile]
        silent = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)
        try:
            until(lambda: _listens(port), SECONDS)
            with socket.create_connection(("127.0.0.1", port), timeout=SECONDS) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.wait(SECONDS)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=SECONDS).close()
    except OSError:
        return False
    return True
