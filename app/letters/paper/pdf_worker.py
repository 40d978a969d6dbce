"""A process that makes PDFs, one at a time, and can be ended while it does.

Each has a pipe of its own, so that one that is killed takes nothing with it that another needs.
"""

import multiprocessing
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

SECONDS_TO_GET_READY = 60.0  # of which it takes one, unless the machine is busy beyond measure

P = TypeVar("P")
T = TypeVar("T")


class WorkerDied(Exception):
    """The process is gone: another one may do."""


class TooSlow(Exception):
    """It took too long, and was ended."""


class Failed(Exception):
    """The work raised an exception, whose kind this says. What it said may quote a letter, so it stays there."""


class PdfWorker:
    """The process, as seen from outside. For one thread at a time."""

    def __init__(self, prepare: Callable[[], object]) -> None:
        """``prepare`` is done first, in the process. Raises Ended."""
        # Forked from a process that has WeasyPrint loaded and no threads, unlike this one.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["app.letters.paper.forked"])
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, prepare), daemon=True)
        self._is_ready = False
        try:
            self._process.start()
        except (OSError, EOFError):  # the process that forks was killed at this moment
            raise WorkerDied from None
        finally:
            theirs.close()

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can be given work."""
        return self._process.is_alive()

    def do(self, work: Callable[[P], T], paper: P, seconds: float) -> T:
        """What ``work`` makes of a paper. Raises Ended, TooSlow or Failed."""
        try:
            if not self._is_ready:
                self._answer(SECONDS_TO_GET_READY)
                self._is_ready = True
            self._pipe.send((work, paper))
            is_well, made = self._answer(seconds)
        except (OSError, EOFError):
            self.end()
            raise WorkerDied from None
        if not is_well:
            raise Failed(made)
        result: T = made
        return result

    def end(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _answer(self, seconds: float) -> tuple[bool, Any]:
        if not self._pipe.poll(seconds):
            self.end()
            raise TooSlow
        is_well, made = self._pipe.recv()
        return is_well, made


def _work(pipe: Connection, prepare: Callable[[], object]) -> None:
    """What the process does until nobody is there to give it work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for those who started us, who end us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what a crash leaves behind would hold a letter
    prepare()
    with suppress(EOFError, OSError):
        pipe.send((True, None))
        while True:
            pipe.send(_done(*pipe.recv()))


def _done(work: Callable[[P], T], paper: P) -> tuple[bool, T | str]:
    try:
        return True, work(paper)
    except Exception as error:  # noqa: BLE001  # whatever WeasyPrint raises
        return False, type(error).__name__
