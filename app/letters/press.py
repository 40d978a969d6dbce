"""A few warm processes that make PDFs, each killed when a letter takes too long, behind a short queue."""

import atexit
import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as TooSlow
from contextlib import contextmanager, suppress
from ctypes import CDLL
from datetime import date
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from app.letters.estimate import plainly_fits_a_page
from app.letters.letter import Letter, Proof, Sender, TooManyPages
from app.letters.papers import Paper
from app.letters.text import UNUSUAL
from app.mp.people import HOUSE_OF_COMMONS

if TYPE_CHECKING:
    from app.letters.pdf import Typesetter

# On a machine that is busy beyond measure; a letter takes a twentieth of a second. Whatever takes longer is no letter.
SECONDS_A_LETTER = 10.0
TRIES = 2  # where a process ends: the first time it may be for want of memory, or somebody's doing
LONGEST_WAIT = 20.0  # seconds, its turn in the queue included
LONGEST_WAIT_FOR_PROOF = 3.0  # a page is not held up by what it can do without
WAITING_A_PROCESS = 8  # a letter takes a twentieth of a second: nobody in the queue waits for one

P = TypeVar("P", bound=Paper)
T = TypeVar("T")


class PressBusy(Exception):
    """Too many letters are waiting: try again in a moment."""


class PressFailed(Exception):
    """This letter could not be made into a PDF in time, or at all."""


class Press:
    """Makes PDFs in other processes: WeasyPrint does not run in threads, and only a process can be stopped."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._places = BoundedSemaphore(processes * (1 + WAITING_A_PROCESS))
        self._lock = Lock()
        self._pool: ProcessPool | None = None

    def start(self) -> ProcessPool:
        """Start the processes if they are not running yet; done early, the first letter need not wait for them."""
        with self._lock:
            if self._pool is None or not self._pool.active:
                # Forked from a process that has WeasyPrint loaded and no threads, unlike this one.
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload(["app.letters.pdf"])
                self._pool = ProcessPool(self._processes, initializer=_typesetter, context=context)
                self._pool.schedule(_typesetter)
                atexit.register(self.stop)
            return self._pool

    def stop(self) -> None:
        """End the processes at once."""
        with self._lock:
            if self._pool:
                atexit.unregister(self.stop)
                self._pool.stop()
                self._pool.join()
                self._pool = None

    def typeset(self, paper: Paper) -> bytes:
        """The PDF of a letter, a poster or a sheet for a stall. Raises PressBusy, PressFailed or TooManyPages."""
        return self._do(_typeset, paper, LONGEST_WAIT)

    def pictures(self, letter: Letter) -> list[bytes]:
        """The pages of the letter's PDF, a PNG each. Raises PressBusy, PressFailed or TooManyPages."""
        return self._do(_pictures, letter, LONGEST_WAIT)

    def proof(self, letter: Letter) -> Proof:
        """What the letter comes to on paper. Raises PressBusy or PressFailed."""
        return Proof(1) if _is_plainly_short(letter) else self._do(_proof, letter, LONGEST_WAIT_FOR_PROOF)

    def _do(self, work: Callable[[P], T], paper: P, longest_wait: float) -> T:
        if not self._places.acquire(blocking=False):
            raise PressBusy
        try:
            return self._done(work, paper, longest_wait, TRIES)
        except TooManyPages:
            raise
        except TooSlow:
            raise PressFailed("took too long") from None
        except ProcessExpired as error:
            raise PressFailed(f"the process ended with {error.exitcode}") from None
        except Exception as error:  # noqa: BLE001
            # Whatever WeasyPrint raised may quote the letter, so only its kind is passed on.
            raise PressFailed(type(error).__name__) from None
        finally:
            self._places.release()

    def _done(self, work: Callable[[P], T], paper: P, longest_wait: float, tries: int) -> T:
        try:
            return _wait_for(self.start().schedule(work, [paper], timeout=SECONDS_A_LETTER), longest_wait)
        except ProcessExpired:
            if tries == 1:
                raise
            return self._done(work, paper, longest_wait, tries - 1)


def _is_plainly_short(letter: Letter) -> bool:
    """Whether a letter fits a page and prints, as far as can be told without trying."""
    return not UNUSUAL.search(f"{letter.subject}{letter.body}") and plainly_fits_a_page(letter)


def _wait_for(printing: ProcessFuture[T], seconds: float) -> T:
    try:
        return printing.result(seconds)
    except TooSlow:
        printing.cancel()
        raise


_SPECIMEN = Letter(
    sender=Sender("A. Constituent", ("1 High Street",), "Town", "SW1A 1AA"),
    recipient=("A. Member MP", *HOUSE_OF_COMMONS),
    email="",
    date=date(2026, 1, 1),
    subject="Subject",
    body="Dear A. Member,\n\nText.\n\n- One\n- Two\n\nYours sincerely,\n\nA. Constituent",
)

# What follows runs in the press's processes. They alone load WeasyPrint, which takes a second and 50 MB.


@cache
def _typesetter() -> "Typesetter":
    from app.letters.pdf import Typesetter  # noqa: PLC0415

    typesetter = Typesetter()
    typesetter.typeset(_SPECIMEN)  # the first letter of a process takes three times as long as the next
    return typesetter


def _typeset(paper: Paper) -> bytes:
    with _memory_given_back():
        return _typesetter().typeset(paper)


def _pictures(letter: Letter) -> list[bytes]:
    from app.letters.pictures import pictures  # noqa: PLC0415  # most sites never need PDFium's 7 MB

    with _memory_given_back():
        return pictures(_typesetter().typeset(letter))


def _proof(letter: Letter) -> Proof:
    with _memory_given_back():
        return _typesetter().proof(letter)


@contextmanager
def _memory_given_back() -> Iterator[None]:
    """Hands what a letter took back to the system: one in Chinese takes 40 MB, which the allocator would keep."""
    try:
        yield
    finally:
        with suppress(OSError, AttributeError):  # only glibc has it
            CDLL(None).malloc_trim(0)
