"""A program that makes PDFs in a separate process: it warms no other one up, and its memory can be measured."""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import perf_counter

from app.letters.letter import Letter, TooManyPages
from benchmarks.memory import of_makers
from benchmarks.peers import Make

SECONDS_A_LETTER = 60.0
_SECONDS_TO_END = 10.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF and the seconds it took; the PDF is empty if the letter had too many pages."""

    pdf: bytes
    seconds: float


class Remote:
    """The program, at the other end of a pipe. Times do not include pickling the letter."""

    def __init__(self, pid: int, pipe: Connection) -> None:
        self._pid, self._pipe = pid, pipe

    def print(self, letter: Letter) -> Printed:
        """Make the PDF of a letter. Raises EOFError if the program failed, and TimeoutError."""
        self._pipe.send(letter)
        if not self._pipe.poll(SECONDS_A_LETTER):
            raise TimeoutError("no PDF")
        printed: Printed = self._pipe.recv()
        return printed

    def memory(self) -> int:
        """Return the bytes of the processes that make the PDFs, without the one that asks them."""
        return of_makers(self._pid)


@contextmanager
def remote(program: Callable[[], AbstractContextManager[Make]]) -> Iterator[Remote]:
    """Start a program of ``benchmarks.peers`` in a new process."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(program, theirs))
    process.start()
    theirs.close()
    assert process.pid
    try:
        yield Remote(process.pid, ours)
    finally:
        ours.close()
        process.join(_SECONDS_TO_END)
        process.kill()


def _serve(program: Callable[[], AbstractContextManager[Make]], pipe: Connection) -> None:
    with program() as make:
        while (letter := _next(pipe)) is not None:
            begin = perf_counter()
            try:
                pdf = make(letter)
            except TooManyPages:
                pdf = b""
            pipe.send(Printed(pdf, perf_counter() - begin))


def _next(pipe: Connection) -> Letter | None:
    try:
        letter: Letter = pipe.recv()
    except EOFError:  # the other end is closed
        return None
    return letter
