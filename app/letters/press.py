"""A few warm processes that make PDFs, each killed when a letter takes too long, behind a short queue."""

import atexit
import multiprocessing
from concurrent.futures import TimeoutError as TooSlow
from datetime import date
from functools import cache
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from app.letters.letter import Letter, Sender
from app.mp.people import HOUSE_OF_COMMONS

if TYPE_CHECKING:
    from app.letters.pdf import Typesetter

SECONDS_A_LETTER = 10.0
LONGEST_WAIT = 20.0  # seconds, its turn in the queue included
WAITING_A_PROCESS = 8  # a letter takes a twentieth of a second: nobody in the queue waits for one


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

    def typeset(self, letter: Letter) -> bytes:
        """The letter's PDF. Raises PressBusy or PressFailed."""
        pool = self.start()
        if not self._places.acquire(blocking=False):
            raise PressBusy
        try:
            return _wait_for(pool.schedule(_typeset, [letter], timeout=SECONDS_A_LETTER))
        except TooSlow:
            raise PressFailed("took too long") from None
        except ProcessExpired as error:
            raise PressFailed(f"the process ended with {error.exitcode}") from None
        except Exception as error:  # noqa: BLE001
            # Whatever WeasyPrint raised may quote the letter, so only its kind is passed on.
            raise PressFailed(type(error).__name__) from None
        finally:
            self._places.release()


def _wait_for(printing: ProcessFuture[bytes]) -> bytes:
    try:
        return printing.result(LONGEST_WAIT)
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


def _typeset(letter: Letter) -> bytes:
    return _typesetter().typeset(letter)
