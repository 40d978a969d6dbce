"""A few warm processes that make PDFs, each killed when a letter takes too long, behind a short queue."""

import gc
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from ctypes import CDLL
from datetime import date
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, TypeVar

from app.letters.letter import Letter, Proof, Sender, TooManyPages
from app.letters.paper.estimate import plainly_fits_a_page
from app.letters.paper.kinds import Paper
from app.letters.paper.pdf_worker import Failed, PdfWorker, TooSlow, WorkerDied
from app.letters.text import UNUSUAL
from app.mp.people import HOUSE_OF_COMMONS

if TYPE_CHECKING:
    from app.letters.paper.pdf_renderer import PdfRenderer

# On a machine that is busy beyond measure; a letter takes a twentieth of a second. Whatever takes longer is no letter.
SECONDS_A_LETTER = 10.0
TRIES = 3  # where a process ends meanwhile: that may be for want of memory, or somebody's doing
LONGEST_WAIT = 20.0  # seconds, its turn in the queue included
LONGEST_WAIT_FOR_PROOF = 3.0  # a page is not held up by what it can do without
WAITING_A_PROCESS = 8  # a letter takes a twentieth of a second: nobody in the queue waits for one

P = TypeVar("P", bound=Paper)
T = TypeVar("T")


class PdfPoolBusy(Exception):
    """Too many letters are waiting: try again in a moment."""


class PdfFailed(Exception):
    """This letter could not be made into a PDF."""


class PdfPool:
    """Makes PDFs in other processes: WeasyPrint does not run in threads, and only a process can be stopped."""

    def __init__(self, processes: int) -> None:
        self._places = BoundedSemaphore(processes * (1 + WAITING_A_PROCESS))
        self._line = ThreadPoolExecutor(processes, "press")
        """A thread for each process, which take what is to be done in the order in which it came."""
        self._idle: deque[PdfWorker | None] = deque([None] * processes)
        """The processes that have nothing to do; None for one that is still to be started."""

    def start(self) -> None:
        """Start the processes; done early, the first letter need not wait for them."""
        self._with_each(self._started)

    def stop(self) -> None:
        """End the processes. Whoever has a letter after that starts new ones."""
        self._with_each(self._ended)

    def processes(self) -> list[int]:
        """The numbers of those that have nothing to do."""
        return [worker.pid for worker in list(self._idle) if worker and worker.pid]

    def typeset(self, paper: Paper) -> bytes:
        """The PDF of a letter, a poster or a sheet for a stall. Raises PdfPoolBusy, PdfFailed or TooManyPages."""
        return self._do(_typeset, paper, LONGEST_WAIT)

    def pictures(self, letter: Letter) -> list[bytes]:
        """The pages of the letter's PDF, a PNG each. Raises PdfPoolBusy, PdfFailed or TooManyPages."""
        return self._do(_pictures, letter, LONGEST_WAIT)

    def proof(self, letter: Letter) -> Proof:
        """Return how a letter comes out on paper, for a page, which does not wait. Raises PdfPoolBusy, PdfFailed."""
        return Proof(1) if _is_plainly_short(letter) else self._do(_proof, letter, LONGEST_WAIT_FOR_PROOF)

    def patient_proof(self, letter: Letter) -> Proof:
        """Return the same for a command, which waits as long as for a PDF. Raises PdfPoolBusy, PdfFailed."""
        return Proof(1) if _is_plainly_short(letter) else self._do(_proof, letter, LONGEST_WAIT)

    def _do(self, work: Callable[[P], T], paper: P, longest_wait: float) -> T:
        if not self._places.acquire(blocking=False):
            raise PdfPoolBusy
        doing = self._line.submit(self._done, work, paper)
        doing.add_done_callback(lambda _: self._places.release())
        try:
            return doing.result(longest_wait)
        except (TimeoutError, WorkerDied, TooSlow):  # no letter's fault, but that of a machine with far too much to do
            raise PdfPoolBusy from None
        except Failed as failure:
            kind = str(failure)
            raise (TooManyPages if kind == TooManyPages.__name__ else PdfFailed(kind)) from None
        finally:
            doing.cancel()  # if its turn has not come; what is being made may be finished

    def _done(self, work: Callable[[P], T], paper: P) -> T:
        for _ in range(TRIES):
            with suppress(WorkerDied), self._one() as worker:
                return worker.do(work, paper, SECONDS_A_LETTER)
        raise WorkerDied

    @contextmanager
    def _one(self) -> Iterator[PdfWorker]:
        """An idle process, a new one if it has ended. Raises Ended. For threads of the line, who never find none."""
        worker = self._idle.popleft()
        try:
            if worker is None or not worker.is_alive:
                worker = PdfWorker(_renderer)
            yield worker
        finally:
            self._idle.append(worker)

    def _with_each(self, work: Callable[[], None]) -> None:
        wait([self._line.submit(work) for _ in range(len(self._idle))])

    def _started(self) -> None:
        with suppress(WorkerDied), self._one():
            pass

    def _ended(self) -> None:
        worker = self._idle.popleft()
        if worker:
            worker.end()
        self._idle.append(None)


def _is_plainly_short(letter: Letter) -> bool:
    """Whether a letter fits a page and prints, as far as can be told without trying."""
    return not UNUSUAL.search(f"{letter.subject}{letter.body}") and plainly_fits_a_page(letter)


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
def _renderer() -> "PdfRenderer":
    from app.letters.paper.pdf_renderer import PdfRenderer  # noqa: PLC0415

    renderer = PdfRenderer()
    renderer.typeset(_SPECIMEN)  # the first letter of a process takes three times as long as the next
    # A letter is thousands of objects, which are let go together: to look for garbage among them is mostly in vain.
    gc.freeze()
    gc.set_threshold(10_000)
    return renderer


def _typeset(paper: Paper) -> bytes:
    with _memory_given_back():
        return _renderer().typeset(paper)


def _pictures(letter: Letter) -> list[bytes]:
    from app.letters.paper.pictures import pictures  # noqa: PLC0415  # most sites never need PDFium's 7 MB

    with _memory_given_back():
        return pictures(_renderer().typeset(letter))


def _proof(letter: Letter) -> Proof:
    with _memory_given_back():
        return _renderer().proof(letter)


@contextmanager
def _memory_given_back() -> Iterator[None]:
    """Hands what a letter took back to the system: one in Chinese takes 40 MB, which the allocator would keep."""
    try:
        yield
    finally:
        with suppress(OSError, AttributeError):  # only glibc has it
            CDLL(None).malloc_trim(0)
