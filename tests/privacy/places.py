"""Where something of a person could have been left behind, read to be searched.

Only regular files are read, without waiting for anything, and of each folder what is on its own file system: another
may be mounted below it, and hold files that never end.
"""

import os
import socket
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread

import psutil
from redis import Redis

from config import ROOT
from tests.served import Served

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/var/crash", "/var/lib/systemd/coredump")  # where anybody may write
LARGEST = 50_000_000  # bytes

Content = Iterator[tuple[str, bytes]]
"""Places by name, and what stands there."""


def files(folders: Iterable[Path | str], since: float) -> Content:
    """Files that were written to since a moment (``time.time``), wherever they lie."""
    for folder in map(Path, folders):
        device = _device(folder)
        for within, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if _device(Path(within, name)) == device]
            for name in names:
                yield from _file(Path(within, name), since)


def _device(path: Path) -> int | None:
    try:
        return path.lstat().st_dev
    except OSError:
        return None  # gone meanwhile


def _file(path: Path, since: float) -> Content:
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            yield from ((str(path), content) for content in _content(path, since))
    except OSError:
        return  # gone meanwhile


def _content(path: Path, since: float = 0) -> Iterator[bytes]:
    """What is in a regular file that is not too large, if it was written to since then."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
        status = os.fstat(file.fileno())
        if stat.S_ISREG(status.st_mode) and status.st_mtime >= since and status.st_size < LARGEST:
            yield file.read(LARGEST)


def of_the_project(since: float) -> Content:
    """Files of the checkout that were written to."""
    parts = (path for path in ROOT.iterdir() if path.name not in (".venv", ".git"))
    for path in parts:
        yield from files([path], since) if path.is_dir() else _file(path, since)


def processes(site: Served) -> Content:
    """What the system shows of each process: its command, its environment, and the files it holds open."""
    master = psutil.Process(site.process.pid)
    for process in [master, *master.children(recursive=True)]:
        folder = Path(f"/proc/{process.pid}")
        for name in ("cmdline", "environ"):
            try:
                yield f"{name} of a process", (folder / name).read_bytes()
            except OSError:
                continue
        yield from _open_files(folder)


def _open_files(folder: Path) -> Content:
    """Also those that are deleted, and go with the process."""
    for descriptor in sorted((folder / "fd").iterdir()) if (folder / "fd").is_dir() else ():
        try:
            if descriptor.is_file():
                yield from (("open file of a process", content) for content in _content(descriptor) if content)
        except OSError:
            continue


def redis(client: Redis) -> Content:
    """Every key of a Redis, and its value as it lies there."""
    for key in client.scan_iter():
        yield "key of Redis", key
        yield "value in Redis", client.dump(key) or b""


class Listener:
    """Hears every command that reaches a Redis."""

    def __init__(self, port: int) -> None:
        self._connection = socket.create_connection(("127.0.0.1", port))
        self._connection.sendall(b"MONITOR\r\n")
        self._heard = self._connection.recv(len(b"+OK\r\n"), socket.MSG_WAITALL)  # from now on it hears
        self._thread = Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while piece := self._connection.recv(65_536):
            self._heard += piece

    def stop(self) -> Content:
        """What was heard, a command each."""
        self._connection.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._connection.close()
        for line in self._heard.splitlines():
            yield "command to Redis", line
