"""Limits on calls to Parliament: how many at once, how long a visitor waits for one, and how many visitors wait."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, TypeVar

from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import Blocked, NoAnswer, ParliamentError, Silent

log = logging.getLogger(__name__)

# Calls at once of a machine with up to four web processes; with more, each makes one. config.py allows 16 processes,
# because about 24 calls at once have brought a block of 52 minutes.
MOST_AT_ONCE = 4
MOST_WAITING = 20  # threads of a process, so that some are free for pages that need no call
SECONDS_FOR_AN_ANSWER = 3.0  # after which the server counts as down
SECONDS_FOR_A_SLOT = 2.0
SECONDS_DOWN = 30.0  # without calls to a server that cannot be reached
MOST_FAILURES = 3  # in a row, of any kind, after which the server counts as down
SECONDS_HALF_OPEN = 10.0  # for one call to test the server after a pause, while all others are refused

T = TypeVar("T")


class CallLimiter:
    """Makes one call for all who ask the same at the same time, in one of a few slots, if the circuit breaker allows.

    Calls run in threads of their own, because none of our time limits holds if a name server hangs.
    """

    def __init__(self, circuit_breaker: CircuitBreaker, processes: int = 1) -> None:
        """Divide the slots of a machine among its ``processes``; each has at least one."""
        self.circuit_breaker = circuit_breaker
        self.slots = max(1, MOST_AT_ONCE // processes)
        self._free_slots = BoundedSemaphore(self.slots)
        self._free_waits = BoundedSemaphore(MOST_WAITING)
        self._pending: dict[object, Future[Any]] = {}
        self._failures = 0
        self._lock = Lock()

    def call(self, key: str | None, ask: Callable[[], T], deadline: float) -> T:
        """Return what ``ask`` returns, or the result of a pending call with the same ``key``.

        Without a key the call is not shared, so its duration tells nothing about other visitors. ``deadline`` is a
        time of ``time.monotonic``. Raises ParliamentError.
        """
        if not self._free_waits.acquire(blocking=False):
            raise NoAnswer("too many wait")  # Parliament may be well: the visitor gets another source's answer
        try:
            return self._wait_for_result(object() if key is None else key, ask, deadline)
        finally:
            self._free_waits.release()

    def _wait_for_result(self, key: object, ask: Callable[[], T], deadline: float) -> T:
        began = time.monotonic()
        is_probe = self._admit()
        with self._lock:
            result = self._pending.get(key)
            is_first = result is None
            if result is None:
                result = self._pending[key] = Future()
        if is_first:
            self._start(key, ask, result, deadline, is_probe)
        try:
            value: T = result.result(timeout=max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            if time.monotonic() - began >= SECONDS_FOR_AN_ANSWER:  # otherwise only our own deadline was short
                self.circuit_breaker.open(SECONDS_DOWN)
                self._remove(key, result)  # so that the next visitor does not wait for a call that may never end
            raise Silent("no answer in time") from None
        return value

    def _start(self, key: object, ask: Callable[[], T], result: "Future[T]", deadline: float, is_probe: bool) -> None:
        has_slot = self._free_slots.acquire(timeout=max(0.0, min(SECONDS_FOR_A_SLOT, deadline - time.monotonic())))
        left = 0.0 if is_probe else self.circuit_breaker.seconds_left()  # it may have opened during the wait for a slot
        if has_slot and not left:
            Thread(target=self._run, args=(key, ask, result, is_probe), daemon=True).start()
            return
        if has_slot:
            self._free_slots.release()
        self._remove(key, result)
        failure = Blocked(left) if left else NoAnswer("too many calls at once")
        if not left:  # all slots hang: after three times in a row the server counts as down
            self.circuit_breaker.open(self._pause_after(failure))
        result.set_exception(failure)

    def _remove(self, key: object, result: "Future[Any]") -> None:
        with self._lock:
            if self._pending.get(key) is result:
                del self._pending[key]

    def _admit(self) -> bool:
        """Return whether this call is the one that tests the server after a pause. Raises Blocked."""
        self._raise_if_open()
        if not self.circuit_breaker.is_half_open():
            return False
        with self._lock:
            self._raise_if_open()  # another visitor may have begun the test meanwhile
            self.circuit_breaker.open(SECONDS_HALF_OPEN)
        return True

    def _raise_if_open(self) -> None:
        left = self.circuit_breaker.seconds_left()
        if left:
            raise Blocked(left)

    def _run(self, key: object, ask: Callable[[], T], result: "Future[T]", is_probe: bool) -> None:
        value: T | None = None
        failure: ParliamentError | None = None
        try:
            value = ask()
        except ParliamentError as error:
            failure = error
        except Exception as error:  # noqa: BLE001  # its message is dropped, because it may quote a postcode
            failure = NoAnswer(f"unexpected {type(error).__name__}")
        pause = self._pause_after(failure)
        self.circuit_breaker.open(pause)
        if not pause and is_probe and self.circuit_breaker.seconds_left() <= SECONDS_HALF_OPEN:
            self.circuit_breaker.close()
        self._remove(key, result)
        self._free_slots.release()
        if failure:
            result.set_exception(failure)
        else:
            result.set_result(value)  # type: ignore[arg-type]  # None only if that is a T

    def _pause_after(self, failure: ParliamentError | None) -> float:
        """Count failures in a row, and return for how many seconds not to call now."""
        if failure is None:
            self._failures = 0
            return 0.0
        log.warning("Members API: %s", failure)
        self._failures += 1
        if isinstance(failure, Blocked):
            return failure.seconds
        return SECONDS_DOWN if isinstance(failure, Silent) or self._failures >= MOST_FAILURES else 0.0
