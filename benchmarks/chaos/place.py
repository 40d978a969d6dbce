"""Where things are to break: a site, its Redis, its Parliament, its disk."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.chaos.disk import Disk, small_disk
from benchmarks.load.site import Parliament, Site, parliament, site
from tests.redis_server import RedisServer, redis_server

_OF_THE_PRESS = ("multiprocessing.forkserver", "multiprocessing.resource_tracker")


@dataclass(frozen=True)
class Place:
    """All of it."""

    site: Site
    parliament: Parliament
    redis: RedisServer
    disk: Disk
    beat: float
    """Seconds between two strokes of a trouble."""

    def web_workers(self) -> list[psutil.Process]:
        """The processes that answer for gunicorn."""
        return [child for child in self.site.process.children() if not _is_of_the_press(child)]

    def press(self) -> list[psutil.Process]:
        """The processes that make PDFs, and those that start them."""
        return [child for child in self.site.process.children(recursive=True) if _is_of_the_press(child)]


def _is_of_the_press(process: psutil.Process) -> bool:
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return any(name in command for name in _OF_THE_PRESS)


@contextmanager
def place(beat: float = 5.0) -> Iterator[Place]:
    """A whole one, whose site has its temporary files, data and log on the disk, and its socket from outside."""
    with ExitStack() as stack:
        house, redis = stack.enter_context(parliament()), stack.enter_context(redis_server())
        disk = stack.enter_context(small_disk())
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=2048))
        settings = {
            "WEB_CONCURRENCY": "2",
            "REDIS_URL": redis.url,
            "TMPDIR": str(disk.folder),
            "DATA_DIR": str(disk.folder),
        }
        served = stack.enter_context(site(house, log=disk.log, listening=listening, **settings))
        yield Place(served, house, redis, disk, beat)
