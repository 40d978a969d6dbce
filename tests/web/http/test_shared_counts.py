"""Counts in memory that processes share: none is lost, their number is bounded, and no process can hang the others."""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable

import pytest
from limits import RateLimitItemPerSecond
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

from app.storage.shared_counts import SharedCounts
from app.storage.shared_lock import SharedLock
from app.web.http import rotating_salts
from app.web.http.rate_limit_storage import RedisOrMemoryStorage, SharedMemoryStorage
from app.web.http.rotating_salts import MemorySalts

forks = multiprocessing.get_context("fork")
LONG = 600


@pytest.fixture
def table() -> SharedCounts:
    return SharedCounts(SharedLock(), rows=16)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Puts the clocks forward."""
    moved = 0.0
    real, real_monotonic = time.time, time.monotonic
    monkeypatch.setattr(time, "time", lambda: real() + moved)
    monkeypatch.setattr(time, "monotonic", lambda: real_monotonic() + moved)

    def forward(seconds: float) -> None:
        nonlocal moved
        moved += seconds

    return forward


def in_other_processes(what: Callable[[], None], number: int = 3) -> None:
    """Do it in so many forked processes at once."""
    others = [forks.Process(target=what) for _ in range(number)]
    for other in others:
        other.start()
    for other in others:
        other.join()
        assert other.exitcode == 0


def test_what_processes_count_adds_up(table: SharedCounts) -> None:
    storage = SharedMemoryStorage(table)

    def count() -> None:
        for _ in range(200):
            storage.incr("a", LONG)

    in_other_processes(count)
    assert storage.get("a") == 600


def test_of_processes_that_ask_at_once_no_more_than_the_limit_get_through() -> None:
    table = SharedCounts(SharedLock(), rows=2, records=64)
    limiter = MovingWindowRateLimiter(RedisOrMemoryStorage(None, table, LONG, is_moving=True))
    limit = RateLimitItemPerSecond(50, LONG)

    def ask() -> None:
        for _ in range(40):
            if limiter.hit(limit, "a"):
                SharedMemoryStorage(table).incr("got through", LONG)

    in_other_processes(ask)
    assert SharedMemoryStorage(table).get("got through") == 50


def test_a_count_is_forgotten_when_its_time_is_over(table: SharedCounts, clock: Callable[[float], None]) -> None:
    storage = SharedMemoryStorage(table)
    assert [storage.incr("a", 10), storage.incr("a", 10), storage.incr("b", 30)] == [1, 2, 1]
    assert 9 < storage.get_expiry("a") - time.time() <= 10
    clock(11)
    assert [storage.get("a"), storage.get("b"), storage.incr("a", 10)] == [0, 1, 1]
    storage.clear("b")
    assert storage.get("b") == 0
    storage.reset()
    assert storage.get("a") == 0


def test_however_many_keys_there_are_the_memory_is_the_same_and_the_latest_count(table: SharedCounts) -> None:
    storage = SharedMemoryStorage(table)
    for n in range(5_000):
        assert storage.incr(f"client {n}", 60) == 1
        assert storage.get(f"client {n}") == 1
    assert sum(storage.get(f"client {n}") for n in range(5_000)) <= 16 * 8


def test_more_than_a_row_holds_cannot_be_counted_one_by_one(table: SharedCounts) -> None:
    with pytest.raises(ValueError, match="fewer records than the limit"):
        SharedMemoryStorage(table).acquire_entry("a", 9, 60)


def test_a_key_is_not_kept_as_it_is(table: SharedCounts) -> None:
    site = RedisOrMemoryStorage(None, table, 60)
    site.incr("look-ups/192.0.2.1", 60)
    plain = SharedMemoryStorage(table)
    assert plain.get("look-ups/192.0.2.1") == 0
    assert site.get("look-ups/192.0.2.1") == 1


def test_a_process_that_dies_with_the_lock_leaves_it_to_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.shared_lock.LONGEST_WAIT", 60.0)
    lock = SharedLock()

    def die() -> None:
        with lock.held():
            os.kill(os.getpid(), signal.SIGKILL)

    other = forks.Process(target=die)
    other.start()
    other.join()
    begin = time.monotonic()
    with lock.held():
        assert time.monotonic() - begin < 30, "it did not have to wait until its patience was over"


def test_a_process_that_stops_with_the_lock_holds_nobody_up_for_long(table: SharedCounts) -> None:
    held = forks.Event()

    def hold() -> None:
        with table.held():
            held.set()
            time.sleep(LONG)

    other = forks.Process(target=hold)
    other.start()
    try:
        assert held.wait(60)
        assert SharedMemoryStorage(table).incr("a", LONG) == 1
        assert other.is_alive(), "it had the lock all the while"
    finally:
        other.kill()
        other.join()


@pytest.mark.parametrize("is_moving", [False, True])
def test_a_limit_is_a_limit(table: SharedCounts, clock: Callable[[float], None], is_moving: bool) -> None:
    storage = RedisOrMemoryStorage(None, table, 60, is_moving=is_moving)
    limiter = (MovingWindowRateLimiter if is_moving else FixedWindowRateLimiter)(storage)
    limit = RateLimitItemPerSecond(3, 60)
    assert [limiter.hit(limit, "a") for _ in range(4)] == [True, True, True, False]
    assert limiter.hit(limit, "b")
    assert 0 < limiter.get_window_stats(limit, "a").reset_time - time.time() <= 60
    clock(61)
    assert [limiter.hit(limit, "a") for _ in range(4)] == [True, True, True, False]
    limiter.clear(limit, "a")
    assert limiter.hit(limit, "a")


def test_a_window_that_moves_goes_over_two_stretches_of_time(
    table: SharedCounts, clock: Callable[[float], None]
) -> None:
    limiter = MovingWindowRateLimiter(RedisOrMemoryStorage(None, table, 60, is_moving=True))
    limit = RateLimitItemPerSecond(3, 60)
    limiter.hit(limit, "somebody who begins the first stretch")
    clock(50)
    assert [limiter.hit(limit, "a") for _ in range(3)] == [True, True, True]
    clock(20)
    assert not limiter.hit(limit, "a"), "the three of the last stretch are 20 seconds old"
    assert 39 < limiter.get_window_stats(limit, "a").reset_time - time.time() <= 40
    clock(45)
    assert limiter.hit(limit, "a"), "they are 65 seconds old"


@pytest.mark.parametrize("kept", [1, 2])
def test_the_random_bytes_of_a_stretch_of_time_are_forgotten(clock: Callable[[float], None], kept: int) -> None:
    ours = MemorySalts(SharedLock(), 60, kept)
    first, *_ = ours.now()
    assert ours.now()[0] == first
    for n in range(1, 4):
        clock(60)
        assert (first in ours.now()) == (n < kept)
        assert len(set(ours.now())) == kept
    assert all(len(salt) == rotating_salts._SIZE for salt in ours.now())


def test_processes_agree_on_the_random_bytes() -> None:
    ours, told = MemorySalts(SharedLock(), LONG, 1), forks.SimpleQueue()
    in_other_processes(lambda: told.put(ours.now()))
    assert {told.get() for _ in range(3)} == {ours.now()}
