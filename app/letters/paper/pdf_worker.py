"""A process that makes PDFs, one at a time, and can be ended meanwhile.

Each has its own pipe, so a process that is killed holds nothing that another one needs.
"""

import multiprocessing
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

SECONDS_TO_GET_READY = 60.0  # it takes one, unless the machine is very busy

P = TypeVar("P")
T = TypeVar("T")


class WorkerDied(Exception):
    """The process has ended. Another one may do the work."""


class TooSlow(Exception):
    """The work took too long, and the process was ended."""


class Failed(Exception):
    """The work raised an exception of the type named here. Its message may quote a letter, so it is not passed on."""


class PdfWorker:
    """A handle of the process, for one thread at a time."""

    def __init__(self, prepare: Callable[[], object]) -> None:
        """Start the process, which calls ``prepare`` first. Raises WorkerDied."""
        # Forked from a process that has WeasyPrint loaded and no threads, unlike this one.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["app.letters.paper.fork_preload"])
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, prepare), daemon=True)
        self._is_ready = False
        try:
            self._process.start()
        except (OSError, EOFError):  # the process that forks was killed just then
            raise WorkerDied from None
        finally:
            theirs.close()

    @property
    def pid(self) -> int | None:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """True if it can be given work."""
        return self._process.is_alive()

    def do(self, work: Callable[[P], T], paper: P, seconds: float) -> T:
        """Return what ``work`` makes of a paper. Raises WorkerDied, TooSlow or Failed."""
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
        """End the process at once."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _answer(self, seconds: float) -> tuple[bool, Any]:
        if not self._pipe.poll(seconds):
            self.end()
            raise TooSlow
        is_well, made = self._pipe.recv()
        return is_well, made


def _serve(pipe: Connection, prepare: Callable[[], object]) -> None:
    """Work, in the process, until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the process that started this one
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold a letter
    prepare()
    with suppress(EOFError, OSError):
        pipe.send((True, None))
        while True:
            pipe.send(_try(*pipe.recv()))


def _try(work: Callable[[P], T], paper: P) -> tuple[bool, T | str]:
    try:
        return True, work(paper)
    except Exception as error:  # noqa: BLE001  # WeasyPrint may raise anything
        return False, type(error).__name__
