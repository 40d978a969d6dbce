"""A pool of a few warm processes that make PDFs, behind a short queue. One that takes too long is killed."""

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

# For very busy machines: a letter takes a twentieth of a second. Nothing that takes longer is a letter.
SECONDS_A_LETTER = 10.0
TRIES = 3  # if a process ends meanwhile, which may be for lack of memory
LONGEST_WAIT = 20.0  # seconds, the time in the queue included
LONGEST_WAIT_FOR_PROOF = 3.0  # a page can do without a proof
QUEUED_PER_PROCESS = 8  # which takes half a second

P = TypeVar("P", bound=Paper)
T = TypeVar("T")


class PdfPoolBusy(Exception):
    """Too many letters are waiting. Try again in a moment."""


class PdfFailed(Exception):
    """This letter could not be made into a PDF."""


class PdfPool:
    """Makes PDFs in other processes: WeasyPrint does not run in threads, and only a process can be stopped."""

    def __init__(self, processes: int) -> None:
        self._slots = BoundedSemaphore(processes * (1 + QUEUED_PER_PROCESS))
        self._queue = ThreadPoolExecutor(processes, "pdf-pool")
        """A thread for each process. They take work in the order in which it came."""
        self._idle: deque[PdfWorker | None] = deque([None] * processes)
        """The idle processes; None for one that is not started yet."""

    def start(self) -> None:
        """Start the processes, so that the first letter does not wait for them."""
        self._with_each(self._start_one)

    def stop(self) -> None:
        """End the processes. The next letter starts new ones."""
        self._with_each(self._end_one)

    def processes(self) -> list[int]:
        """Return the ids of idle processes."""
        return [worker.pid for worker in list(self._idle) if worker and worker.pid]

    def typeset(self, paper: Paper) -> bytes:
        """Return the PDF of a letter, poster or sheet for a stall. Raises PdfPoolBusy, PdfFailed or TooManyPages."""
        return self._do(_typeset, paper, LONGEST_WAIT)

    def page_images(self, letter: Letter) -> list[bytes]:
        """Return a PNG for each page of a letter's PDF. Raises PdfPoolBusy, PdfFailed or TooManyPages."""
        return self._do(_page_images, letter, LONGEST_WAIT)

    def proof(self, letter: Letter) -> Proof:
        """Return how a letter comes out on paper, for a page, which does not wait. Raises PdfPoolBusy, PdfFailed."""
        return self._proof_within(letter, LONGEST_WAIT_FOR_PROOF)

    def patient_proof(self, letter: Letter) -> Proof:
        """Return the same for a command, which waits as long as for a PDF. Raises PdfPoolBusy, PdfFailed."""
        return self._proof_within(letter, LONGEST_WAIT)

    def _proof_within(self, letter: Letter, longest_wait: float) -> Proof:
        return Proof(1) if _is_plainly_short(letter) else self._do(_proof, letter, longest_wait)

    def _do(self, work: Callable[[P], T], paper: P, longest_wait: float) -> T:
        if not self._slots.acquire(blocking=False):
            raise PdfPoolBusy
        doing = self._queue.submit(self._try, work, paper)
        doing.add_done_callback(lambda _doing: self._slots.release())
        try:
            return doing.result(longest_wait)
        except (
            TimeoutError,
            WorkerDied,
            TooSlow,
        ):  # not because of the letter, but because the machine has far too much to do
            raise PdfPoolBusy from None
        except Failed as failure:
            kind = str(failure)
            raise (TooManyPages if kind == TooManyPages.__name__ else PdfFailed(kind)) from None
        finally:
            doing.cancel()  # if its turn has not come; work that has begun may be finished

    def _try(self, work: Callable[[P], T], paper: P) -> T:
        for _attempt in range(TRIES):
            with suppress(WorkerDied), self._borrowed() as worker:
                return worker.do(work, paper, SECONDS_A_LETTER)
        raise WorkerDied

    @contextmanager
    def _borrowed(self) -> Iterator[PdfWorker]:
        """Borrow an idle process, or start one. Only for the queue's threads, which are as many. Raises WorkerDied."""
        worker = self._idle.popleft()
        try:
            if worker is None or not worker.is_alive:
                worker = PdfWorker(_renderer)
            yield worker
        finally:
            self._idle.append(worker)

    def _with_each(self, work: Callable[[], None]) -> None:
        wait([self._queue.submit(work) for _process in range(len(self._idle))])

    def _start_one(self) -> None:
        with suppress(WorkerDied), self._borrowed():
            pass

    def _end_one(self) -> None:
        worker = self._idle.popleft()
        if worker:
            worker.end()
        self._idle.append(None)


def _is_plainly_short(letter: Letter) -> bool:
    """Return whether a letter fits a page and has no unusual character, which can be told without trying."""
    return not UNUSUAL.search(f"{letter.subject}{letter.body}") and plainly_fits_a_page(letter)


_SPECIMEN = Letter(
    sender=Sender("A. Constituent", ("1 High Street",), "Town", "SW1A 1AA"),
    recipient=("A. Member MP", *HOUSE_OF_COMMONS),
    email="",
    date=date(2026, 1, 1),
    subject="Subject",
    body="Dear A. Member,\n\nText.\n\n- One\n- Two\n\nYours sincerely,\n\nA. Constituent",
)

# The rest of this file runs in the pool's processes. Only they load WeasyPrint, which takes a second and 50 MB.


@cache
def _renderer() -> "PdfRenderer":
    from app.letters.paper.pdf_renderer import PdfRenderer  # noqa: PLC0415

    renderer = PdfRenderer()
    renderer.typeset(_SPECIMEN)  # the first letter of a process takes three times as long as the next
    # A letter is thousands of objects, which are freed together: there is hardly ever garbage among them.
    gc.freeze()
    gc.set_threshold(10_000)
    return renderer


def _typeset(paper: Paper) -> bytes:
    with _memory_returned():
        return _renderer().typeset(paper)


def _page_images(letter: Letter) -> list[bytes]:
    from app.letters.paper.page_images import page_images  # noqa: PLC0415  # most sites never need PDFium's 7 MB

    with _memory_returned():
        return page_images(_renderer().typeset(letter))


def _proof(letter: Letter) -> Proof:
    with _memory_returned():
        return _renderer().proof(letter)


@contextmanager
def _memory_returned() -> Iterator[None]:
    """Return memory to the system: a letter in Chinese takes 40 MB, which the allocator would keep."""
    try:
        yield
    finally:
        with suppress(OSError, AttributeError):  # only glibc has it
            CDLL(None).malloc_trim(0)
