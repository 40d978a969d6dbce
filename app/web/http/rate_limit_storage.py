"""Storage of request counts for the whole site, under hashes that nobody can turn back into a client."""

import hmac
import time
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from limits.storage import MovingWindowSupport, RedisStorage, Storage
from redis import Redis, RedisError

from app.storage.redis_link import PREFIX, RedisLink
from app.storage.shared_counts import SharedCounts
from app.web.http.rotating_salts import MemorySalts, RedisSalts, Salts

T = TypeVar("T")


class SharedMemoryStorage(Storage, MovingWindowSupport):
    """A storage for the library ``limits`` that all processes share. Create it before they are forked."""

    STORAGE_SCHEME = None

    def __init__(self, counts: SharedCounts) -> None:
        super().__init__()
        self._counts = counts

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return an exception, as the library demands; none is raised."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, in a window that begins with the first request, and return the new number."""
        with self._counts.held():
            return self._counts.increase(key, amount, expiry)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count, if that stays within the limit, and return whether it does.

        Each call takes a record in the key's row. Raises ValueError if a row has fewer records than the limit.
        """
        if limit > self._counts.records:
            raise ValueError("a row of the table has fewer records than the limit")
        with self._counts.held():
            is_within = self._counts.get(key).number + amount <= limit
            if is_within:
                self._counts.add(key, amount, expiry)
            return is_within

    def get(self, key: str) -> int:
        return self._counts.get(key).number

    def get_expiry(self, key: str) -> float:
        """Return when the first count expires (``time.time``)."""
        return time.time() + self._counts.get(key).first_ends

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Return the time of the first count, and the number."""
        counted = self._counts.get(key)
        began = counted.first_ends - expiry if counted.number else 0.0
        return time.time() + began, counted.number

    def check(self) -> bool:
        return True

    def clear(self, key: str) -> None:
        with self._counts.held():
            self._counts.forget(key)

    def reset(self) -> None:
        with self._counts.held():
            self._counts.forget_all()


Backend = SharedMemoryStorage | RedisStorage


class RedisOrMemoryStorage(Storage, MovingWindowSupport):
    """A storage in Redis, for all machines; without Redis, or while it does not answer, in this machine's memory.

    Keys are hashed with the salt of the current period. So a fixed window is a period, and a moving window covers two.
    """

    STORAGE_SCHEME = None

    def __init__(self, link: RedisLink | None, counts: SharedCounts, seconds: int, *, is_moving: bool = False) -> None:
        super().__init__()
        self._link = link
        self._memory, self._salts = SharedMemoryStorage(counts), MemorySalts(counts.lock, seconds, 1 + is_moving)
        self._salts_in_redis = RedisSalts(seconds, 1 + is_moving)
        self._redis: RedisStorage | None = None
        self._seconds = seconds

    @property
    def base_exceptions(self) -> type[Exception]:
        """Return an exception, as the library demands; none is raised."""
        return RedisError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count in the current window, and return the new number."""
        return self._ask(lambda backend, salts: backend.incr(_hash_key(key, salts[0]), expiry, amount))

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count, if that stays within the limit, and return whether it does."""

        def acquire(backend: Backend, salts: Salts) -> bool:
            earlier = sum(_count_in_window(backend, _hash_key(key, salt), limit, expiry) for salt in salts[1:])
            return backend.acquire_entry(_hash_key(key, salts[0]), max(0, limit - earlier), expiry, amount)

        return self._ask(acquire)

    def get(self, key: str) -> int:
        return self._ask(lambda backend, salts: backend.get(_hash_key(key, salts[0])))

    def get_expiry(self, key: str) -> float:  # noqa: ARG002
        """Return the end of the current window (``time.time``)."""
        ends = self._link.ask(self._salts_in_redis.ends, 0.0) if self._link else 0.0
        return ends or self._salts.ends()

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return the time of the first count in both periods, and the number."""

        def read_windows(backend: Backend, salts: Salts) -> tuple[float, int]:
            found = [backend.get_moving_window(_hash_key(key, salt), limit, expiry) for salt in salts]
            began = [start for start, number in found if number]
            return min(began, default=time.time()), sum(number for _, number in found)

        return self._ask(read_windows)

    def check(self) -> bool:
        return True

    def clear(self, key: str) -> None:
        def clear(backend: Backend, salts: Salts) -> None:
            for salt in salts:
                backend.clear(_hash_key(key, salt))

        self._ask(clear)
        if self._link:
            clear(self._memory, self._salts.now())

    def reset(self) -> None:
        """Forget the counts of this machine, but not those in Redis."""
        self._memory.reset()

    def _ask(self, question: Callable[[Backend, Salts], T]) -> T:
        def ask_redis(client: Redis) -> tuple[T]:
            redis = self._redis = self._redis or _redis_storage(client)
            return (question(redis, self._salts_in_redis.now(client)),)

        answer = self._link.ask(ask_redis, None) if self._link else None
        return answer[0] if answer else question(self._memory, self._salts.now())


def _redis_storage(client: Redis) -> RedisStorage:
    return RedisStorage("redis://", connection_pool=client.connection_pool, key_prefix=f"{PREFIX}count")


def _count_in_window(backend: Backend, key: str, limit: int, expiry: int) -> int:
    return backend.get_moving_window(key, limit, expiry)[1]


def _hash_key(key: str, salt: bytes) -> str:
    return hmac.digest(salt, key.encode(), sha256).hex()
