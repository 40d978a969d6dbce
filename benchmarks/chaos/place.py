"""The site in which things break, with its Redis, its Parliament and its disk."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import psutil

from benchmarks.chaos.disk import Disk, small_disk
from benchmarks.load.site import Parliament, Site, parliament, site
from tests.redis_server import RedisServer, redis_server

_OF_PDF_PROCESSES = ("multiprocessing.forkserver", "multiprocessing.resource_tracker")


@dataclass(frozen=True)
class Place:
    """A site with everything it depends on."""

    site: Site
    parliament: Parliament
    redis: RedisServer
    disk: Disk
    beat: float
    """Seconds between two strikes of a fault."""

    def web_workers(self) -> list[psutil.Process]:
        """List gunicorn's web processes."""
        return [child for child in self.site.process.children() if not _makes_pdfs(child)]

    def pdf_processes_of(self, worker: psutil.Process) -> list[psutil.Process]:
        """List the processes that make PDFs for a web process, after the one that starts them."""
        family = [child for child in worker.children(recursive=True) if _makes_pdfs(child)]
        return sorted(family, key=psutil.Process.create_time)


def _makes_pdfs(process: psutil.Process) -> bool:
    try:
        command = " ".join(process.cmdline())
    except psutil.Error:
        return False
    return any(name in command for name in _OF_PDF_PROCESSES)


@contextmanager
def place(beat: float = 5.0) -> Iterator[Place]:
    """Run a site with temporary files, data and log on a small disk, and a socket that stays open when it restarts."""
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
