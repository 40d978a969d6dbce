"""Good manners: who may call Parliament now, how long anybody waits for it, and how many wait."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, TypeVar

from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import Blocked, NoAnswer, ParliamentError, Silent

log = logging.getLogger(__name__)

MOST_AT_ONCE = 4  # calls of a machine; about 24 have brought a block of 52 minutes
MOST_WAITING = 20  # of a process’s threads, so that pages that ask nothing need not wait for one
SECONDS_OF_PATIENCE = 3.0  # to wait for an answer before the server counts as down
SECONDS_FOR_A_LINE = 2.0  # to wait for one of the four
SECONDS_DOWN = 30.0  # to leave a server alone that cannot be reached
MOST_FAILURES = 3  # in a row, of whatever kind, that count as being down
SECONDS_ON_TRIAL = 10.0  # in which one call, after a wait, tries it for all

T = TypeVar("T")


class CallLimiter:
    """Lets through four calls at a time, one for each question that may be shared, and none while Parliament is to be
    left alone.

    Calls run in threads of their own: no time limit of ours holds against a name server that hangs.
    """

    def __init__(self, circuit_breaker: CircuitBreaker, processes: int = 1) -> None:
        """``processes`` share what calls a machine may make at a time; each has one at least."""
        self.circuit_breaker = circuit_breaker
        self._lines = BoundedSemaphore(max(1, MOST_AT_ONCE // processes))
        self._places = BoundedSemaphore(MOST_WAITING)
        self._out: dict[object, Future[Any]] = {}
        self._failures = 0
        self._lock = Lock()

    def call(self, question: str | None, ask: Callable[[], T], deadline: float) -> T:
        """What ``ask`` returns, or what it does for somebody who asked the same a moment ago.

        Without a ``question`` the call is shared with nobody: the time it takes then says nothing of other people.
        ``deadline`` is the moment (``time.monotonic``) after which nobody waits. Raises ParliamentError.
        """
        if not self._places.acquire(blocking=False):
            raise NoAnswer("too many wait")  # which says nothing of Parliament: another source answers them
        try:
            return self._answer(object() if question is None else question, ask, deadline)
        finally:
            self._places.release()

    def _answer(self, question: object, ask: Callable[[], T], deadline: float) -> T:
        began = time.monotonic()
        on_trial = self._admit()
        with self._lock:
            answer = self._out.get(question)
            is_first = answer is None
            if answer is None:
                answer = self._out[question] = Future()
        if is_first:
            self._start(question, ask, answer, deadline, on_trial)
        try:
            value: T = answer.result(timeout=max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            if time.monotonic() - began >= SECONDS_OF_PATIENCE:  # else it was our own hurry
                self.circuit_breaker.start(SECONDS_DOWN)
                self._close(question, answer)  # whoever asks next need not wait for a call that may never end
            raise Silent("no answer in time") from None
        return value

    def _start(
        self, question: object, ask: Callable[[], T], answer: "Future[T]", deadline: float, on_trial: bool
    ) -> None:
        has_line = self._lines.acquire(timeout=max(0.0, min(SECONDS_FOR_A_LINE, deadline - time.monotonic())))
        left = 0.0 if on_trial else self.circuit_breaker.left()  # which may have begun during the wait for a line
        if has_line and not left:
            Thread(target=self._run, args=(question, ask, answer, on_trial), daemon=True).start()
            return
        if has_line:
            self._lines.release()
        self._close(question, answer)
        trouble = Blocked(left) if left else NoAnswer("too many calls at once")
        if not left:  # nothing comes back: three times in a row, and the server counts as down
            self.circuit_breaker.start(self._rest_after(trouble))
        answer.set_exception(trouble)

    def _close(self, question: object, answer: "Future[Any]") -> None:
        with self._lock:
            if self._out.get(question) is answer:
                del self._out[question]

    def _admit(self) -> bool:
        """Raise Blocked where no call is welcome; else whether this call is the one that tries for all."""
        self._raise_if_blocked()
        if not self.circuit_breaker.on_trial():
            return False
        with self._lock:
            self._raise_if_blocked()  # by somebody who came at the same moment
            self.circuit_breaker.start(SECONDS_ON_TRIAL)
        return True

    def _raise_if_blocked(self) -> None:
        left = self.circuit_breaker.left()
        if left:
            raise Blocked(left)

    def _run(self, question: object, ask: Callable[[], T], answer: "Future[T]", on_trial: bool) -> None:
        value: T | None = None
        trouble: ParliamentError | None = None
        try:
            value = ask()
        except ParliamentError as error:
            trouble = error
        except Exception as error:  # noqa: BLE001  # an answer so odd that nobody thought of it; it may quote a postcode
            trouble = NoAnswer(f"unexpected {type(error).__name__}")
        rest = self._rest_after(trouble)
        self.circuit_breaker.start(rest)
        if not rest and on_trial and self.circuit_breaker.left() <= SECONDS_ON_TRIAL:
            self.circuit_breaker.end()
        self._close(question, answer)
        self._lines.release()
        if trouble:
            answer.set_exception(trouble)
        else:
            answer.set_result(value)  # type: ignore[arg-type]  # None is a T where it was told

    def _rest_after(self, trouble: ParliamentError | None) -> float:
        """Seconds to leave Parliament alone after a call."""
        if trouble is None:
            self._failures = 0
            return 0.0
        log.warning("Members API: %s", trouble)
        self._failures += 1
        if isinstance(trouble, Blocked):
            return trouble.seconds
        return SECONDS_DOWN if isinstance(trouble, Silent) or self._failures >= MOST_FAILURES else 0.0
