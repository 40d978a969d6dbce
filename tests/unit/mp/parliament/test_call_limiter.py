"""Good manners towards Parliament: four calls at a time, one a question, and none while it is to be left alone."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Lock, Semaphore
from typing import Any

import pytest

from app.mp.parliament.call_limiter import MOST_AT_ONCE, MOST_FAILURES, SECONDS_DOWN, CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import Blocked, NoAnswer, Silent
from app.storage.redis_link import RedisLink
from config import MOST_WEB_PROCESSES
from tests.redis_server import RedisServer, until

LONG = 20.0  # seconds that nothing here takes
BLOCK = 3123.0
NO_REDIS = "redis://127.0.0.1:9/0"


class Clock:
    """The time as circuit breakers see it: it stands still unless told."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Question:
    """What is asked: counts its calls, and answers once it is let."""

    def __init__(self, answer: object = "yes", *, held: bool = False) -> None:
        self.answer = answer
        self.calls = self.now = self.most = 0
        self.let = Event()
        self._lock = Lock()
        if not held:
            self.let.set()

    def __call__(self) -> object:
        with self._lock:
            self.calls, self.now = self.calls + 1, self.now + 1
            self.most = max(self.most, self.now)
        self.let.wait(LONG)
        with self._lock:
            self.now -= 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def call(call_limiter: CallLimiter, name: str | None, question: Callable[[], object], seconds: float = LONG) -> object:
    return call_limiter.call(name, question, time.monotonic() + seconds)


def error_of(
    call_limiter: CallLimiter, name: str, question: Callable[[], object], seconds: float = LONG
) -> Exception | None:
    with ThreadPoolExecutor() as pool:
        error = pool.submit(call, call_limiter, name, question, seconds).exception()
    assert error is None or isinstance(error, Exception)
    return error


def settle(call_limiter: CallLimiter) -> None:
    """Wait until the limiter has done with every call: that is a moment after its answer is there."""
    until(lambda: not call_limiter._pending)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.mp.parliament.circuit_breaker.time", clock)
    return clock


@pytest.fixture
def call_limiter() -> CallLimiter:
    return CallLimiter(CircuitBreaker())


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as pool:
        yield pool


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Semaphore:
    """Released by each who has come to wait for an answer, be it to a call of their own."""
    waiting = Semaphore(0)

    class Watched(Future[Any]):
        def result(self, timeout: float | None = None) -> Any:
            waiting.release()
            return super().result(timeout)

    monkeypatch.setattr("app.mp.parliament.call_limiter.Future", Watched)
    return waiting


class Together(CircuitBreaker):
    """Holds up everybody who looks for a moment, so that two or more have looked before any goes on."""

    def __init__(self, visitors: int) -> None:
        super().__init__()
        self.visitors = Barrier(visitors)

    def is_half_open(self) -> bool:
        found = super().is_half_open()
        with suppress(BrokenBarrierError):  # where only one comes so far at a time
            self.visitors.wait(0.3)
        return found


@pytest.mark.parametrize("answer", ["yes", NoAnswer("nonsense")])
def test_who_asks_the_same_at_the_same_time_shares_one_call(
    pool: ThreadPoolExecutor, waiting: Semaphore, answer: object
) -> None:
    call_limiter, question = CallLimiter(Together(20)), Question(answer, held=True)
    asked = [pool.submit(call, call_limiter, "same", question) for _ in range(20)]
    all_wait = all(waiting.acquire(timeout=LONG) for _ in asked)
    question.let.set()
    assert [each.exception() or each.result() for each in asked] == [answer] * 20
    assert all_wait
    assert question.calls == 1


def test_a_question_without_a_name_is_shared_with_nobody(call_limiter: CallLimiter, pool: ThreadPoolExecutor) -> None:
    question = Question(held=True)
    asked = [pool.submit(call, call_limiter, None, question) for _ in range(3)]
    until(lambda: question.now == 3)
    question.let.set()
    assert [each.result() for each in asked] == ["yes"] * 3
    assert question.calls == 3
    settle(call_limiter)


def test_no_more_than_four_calls_are_out_at_once(
    call_limiter: CallLimiter, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mp.parliament.call_limiter.SECONDS_FOR_A_SLOT", LONG)
    question = Question(held=True)
    asked = [pool.submit(call, call_limiter, str(n), question) for n in range(20)]
    until(lambda: question.now >= 4)
    time.sleep(0.2)  # time for a fifth
    question.let.set()
    assert [each.result() for each in asked] == ["yes"] * 20
    assert (question.most, question.calls) == (4, 20)


@pytest.mark.parametrize("processes", range(1, MOST_WEB_PROCESSES + 1))
def test_all_processes_of_a_machine_stay_below_what_brought_a_block(processes: int) -> None:
    at_once = processes * CallLimiter(CircuitBreaker(), processes).slots
    assert at_once <= max(MOST_AT_ONCE, processes) <= 16


def test_who_gets_no_slot_in_time_has_no_answer_and_nobody_rests(
    call_limiter: CallLimiter, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mp.parliament.call_limiter.SECONDS_FOR_A_SLOT", 0.1)
    held, fifth = Question(held=True), Question()
    asked = [pool.submit(call, call_limiter, str(n), held) for n in range(4)]
    until(lambda: held.now == 4)
    error = error_of(call_limiter, "fifth", fifth)
    held.let.set()
    assert [each.result() for each in asked] == ["yes"] * 4
    assert type(error) is NoAnswer
    assert (fifth.calls, call_limiter.circuit_breaker.seconds_left()) == (0, 0)
    settle(call_limiter)
    assert call(call_limiter, "fifth", fifth) == "yes"


def test_while_blocked_nobody_calls(call_limiter: CallLimiter, clock: Clock) -> None:
    assert isinstance(error_of(call_limiter, "first", Question(Blocked(BLOCK))), Blocked)
    other = Question()
    for left in (BLOCK, 60.0, 1.0):
        clock.now += call_limiter.circuit_breaker.seconds_left() - left
        error = error_of(call_limiter, "other", other)
        assert isinstance(error, Blocked)
        assert error.seconds == left
    assert other.calls == 0
    clock.now += 1
    assert call(call_limiter, "other", other) == "yes"


def test_after_silence_one_call_tries_it_for_all(
    call_limiter: CallLimiter, clock: Clock, pool: ThreadPoolExecutor
) -> None:
    assert isinstance(error_of(call_limiter, "first", Question(Silent("no answer"))), Silent)
    assert call_limiter.circuit_breaker.seconds_left() == SECONDS_DOWN
    clock.now += SECONDS_DOWN
    trial, other = Question(held=True), Question()
    trying = pool.submit(call, call_limiter, "trial", trial)
    until(lambda: trial.now == 1)
    error = error_of(call_limiter, "other", other)
    trial.let.set()
    assert isinstance(error, Blocked)
    assert (trying.result(), trial.calls, other.calls) == ("yes", 1, 0)
    settle(call_limiter)
    assert [call(call_limiter, name, other) for name in ("other", "another")] == ["yes", "yes"]


@pytest.mark.parametrize(("error", "rest"), [(Silent("no"), SECONDS_DOWN), (Blocked(BLOCK), BLOCK), (Blocked(5), 5)])
def test_when_the_trial_fails_the_rest_begins_again(
    call_limiter: CallLimiter, clock: Clock, error: Exception, rest: float
) -> None:
    error_of(call_limiter, "first", Question(Silent("no answer")))
    clock.now += SECONDS_DOWN
    assert error_of(call_limiter, "trial", Question(error)) is error
    settle(call_limiter)
    other = Question()
    assert isinstance(error_of(call_limiter, "other", other), Blocked)
    assert call_limiter.circuit_breaker.seconds_left() >= rest
    clock.now += call_limiter.circuit_breaker.seconds_left()
    assert call_limiter.circuit_breaker.is_half_open()
    assert (call(call_limiter, "other", other), other.calls) == ("yes", 1)


def test_two_who_come_at_once_after_a_rest_make_one_trial_call(clock: Clock, pool: ThreadPoolExecutor) -> None:
    call_limiter, question = CallLimiter(Together(2)), Question(held=True)
    call_limiter.circuit_breaker.open(1)
    clock.now += 1
    asked = [pool.submit(call, call_limiter, name, question) for name in ("one", "two")]
    until(lambda: question.now == 2 or any(each.done() for each in asked))
    question.let.set()
    assert sorted(type(each.exception()).__name__ for each in asked) == ["Blocked", "NoneType"]
    assert question.calls == 1


def test_whoever_made_the_trial_call_can_ask_more_at_once(clock: Clock) -> None:
    class Slow(CircuitBreaker):
        def close(self) -> None:
            time.sleep(0.2)
            super().close()

    call_limiter = CallLimiter(Slow())
    call_limiter.circuit_breaker.open(1)
    clock.now += 1
    assert [call(call_limiter, name, Question()) for name in ("seat", "contact")] == ["yes", "yes"]


def test_who_waits_in_vain_is_told_so_and_then_nobody_calls(
    call_limiter: CallLimiter, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mp.parliament.call_limiter.SECONDS_FOR_AN_ANSWER", 0.1)
    hangs, other = Question(held=True), Question()
    error = error_of(call_limiter, "hangs", hangs, seconds=0.2)
    blocked = error_of(call_limiter, "other", other)
    clock.now += SECONDS_DOWN
    same = error_of(call_limiter, "hangs", other)
    hangs.let.set()
    assert isinstance(error, Silent)
    assert isinstance(blocked, Blocked)
    assert blocked.seconds == SECONDS_DOWN
    assert same is None, "it waits for no call that may never end"
    assert (hangs.calls, other.calls) == (1, 1)


def test_who_waited_for_a_slot_does_not_call_if_meanwhile_nobody_may(
    call_limiter: CallLimiter, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mp.parliament.call_limiter.SECONDS_FOR_A_SLOT", LONG)
    held, fifth = Question(held=True), Question()
    asked = [pool.submit(call, call_limiter, str(n), held) for n in range(4)]
    until(lambda: held.now == 4)
    late = pool.submit(call, call_limiter, "fifth", fifth)
    until(lambda: "fifth" in call_limiter._pending)
    call_limiter.circuit_breaker.open(BLOCK)
    held.let.set()
    assert isinstance(late.exception(), Blocked)
    assert [each.result() for each in asked] == ["yes"] * 4
    assert fifth.calls == 0


def test_who_is_in_a_hurry_closes_the_door_to_nobody(call_limiter: CallLimiter) -> None:
    slow = Question(held=True)
    assert isinstance(error_of(call_limiter, "slow", slow, seconds=0.05), Silent)
    assert call_limiter.circuit_breaker.seconds_left() == 0
    slow.let.set()
    assert call(call_limiter, "slow", slow) == "yes"


def test_an_error_nobody_thought_of_is_no_answer_and_quotes_nothing(
    call_limiter: CallLimiter, caplog: pytest.LogCaptureFixture
) -> None:
    error = error_of(call_limiter, "odd", Question(ZeroDivisionError("PR7 1DP")))
    assert isinstance(error, NoAnswer)
    assert "ZeroDivisionError" in caplog.text
    assert "PR7" not in caplog.text
    settle(call_limiter)
    assert call(call_limiter, "odd", Question()) == "yes"


def test_nonsense_keeps_nobody_from_calling_unless_it_comes_again_and_again(
    call_limiter: CallLimiter, clock: Clock
) -> None:
    for right in (True, True, False):
        for n in range(MOST_FAILURES):
            assert call_limiter.circuit_breaker.seconds_left() == 0
            answer = "yes" if right and n == MOST_FAILURES - 1 else NoAnswer("nonsense")
            error_of(call_limiter, "same", Question(answer))
            settle(call_limiter)
    assert call_limiter.circuit_breaker.seconds_left() == SECONDS_DOWN


def test_a_pause_is_never_shortened(clock: Clock) -> None:
    circuit_breaker = CircuitBreaker()
    for seconds, left in ((100, 100), (10, 100), (200, 200)):
        circuit_breaker.open(seconds)
        assert circuit_breaker.seconds_left() == left
    circuit_breaker.close()
    assert circuit_breaker.seconds_left() == 0
    assert not circuit_breaker.is_half_open()


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_processes_share_a_pause() -> None:
    circuit_breaker = CircuitBreaker()
    child = os.fork()
    if not child:
        try:
            circuit_breaker.open(BLOCK)
        finally:
            os._exit(0)
    assert os.waitpid(child, 0) == (child, 0)
    assert circuit_breaker.seconds_left() == BLOCK


def test_machines_share_a_pause_through_redis(redis: RedisServer) -> None:
    one, other = (CircuitBreaker(RedisLink(redis.url)) for _ in range(2))
    one.open(BLOCK)
    assert other.seconds_left() == pytest.approx(BLOCK, abs=100)
    one.close()
    assert other.seconds_left() == 0


def test_no_machine_shortens_what_another_was_told(redis: RedisServer) -> None:
    one, other, third = (CircuitBreaker(RedisLink(redis.url)) for _ in range(3))
    one.open(BLOCK)
    other.open(SECONDS_DOWN)
    assert third.seconds_left() == pytest.approx(BLOCK, abs=100)


def test_without_redis_each_machine_goes_by_itself(redis: RedisServer) -> None:
    one, other = (CircuitBreaker(RedisLink(redis.url)) for _ in range(2))
    one.open(BLOCK)
    redis.kill()
    assert (one.seconds_left(), other.seconds_left()) == (BLOCK, 0)
    other.open(10)
    assert other.seconds_left() == 10
    never = CircuitBreaker(RedisLink(NO_REDIS))
    never.open(10)
    assert never.seconds_left() == 10
