"""Storages for counts of requests: for the whole site, under marks that nobody can turn back into a client."""

import hmac
import time
from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from limits.storage import MovingWindowSupport, RedisStorage, Storage
from redis import Redis, RedisError

from app.storage.redis_link import PREFIX, RedisLink
from app.storage.shared_table import SharedTable
from app.web.http.salts import Salts, SaltsInRedis, SharedSalts

T = TypeVar("T")


class SharedStorage(Storage, MovingWindowSupport):
    """A storage of the library ``limits`` for all processes of a machine. To be made before they are forked."""

    STORAGE_SCHEME = None

    def __init__(self, table: SharedTable) -> None:
        super().__init__()
        self._table = table

    @property
    def base_exceptions(self) -> type[Exception]:
        """An exception that it never raises."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count, in a window that begins with the first that is counted."""
        with self._table.held():
            return self._table.increase(key, amount, expiry)

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count, unless that makes more than the limit in the time up to now. Each takes a record of the key's row."""
        if limit > self._table.records:
            raise ValueError("a row of the table holds fewer than the limit")
        with self._table.held():
            is_room = self._table.count(key).number + amount <= limit
            if is_room:
                self._table.add(key, amount, expiry)
            return is_room

    def get(self, key: str) -> int:
        """Return how many were counted."""
        return self._table.count(key).number

    def get_expiry(self, key: str) -> float:
        """Return when the first of them is forgotten."""
        return time.time() + self._table.count(key).first_ends

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:  # noqa: ARG002
        """Return when the first of them was counted, and how many were."""
        counted = self._table.count(key)
        began = counted.first_ends - expiry if counted.number else 0.0
        return time.time() + began, counted.number

    def check(self) -> bool:
        """Say yes: memory is always there."""
        return True

    def clear(self, key: str) -> None:
        """Forget what was counted under a key."""
        with self._table.held():
            self._table.forget(key)

    def reset(self) -> None:
        """Forget everything."""
        with self._table.held():
            self._table.forget_all()


Known = SharedStorage | RedisStorage


class SiteStorage(Storage, MovingWindowSupport):
    """Redis for all machines of a site, and while it does not answer, or there is none, this machine's memory.

    A key is kept only as a hash with the random bytes of its stretch of time. So its window is that stretch; and a
    window that moves goes over two of them.
    """

    STORAGE_SCHEME = None

    def __init__(self, link: RedisLink | None, table: SharedTable, seconds: int, *, is_moving: bool = False) -> None:
        super().__init__()
        self._link = link
        self._memory, self._salts = SharedStorage(table), SharedSalts(table.lock, seconds, 1 + is_moving)
        self._salts_in_redis = SaltsInRedis(seconds, 1 + is_moving)
        self._redis: RedisStorage | None = None
        self._seconds = seconds

    @property
    def base_exceptions(self) -> type[Exception]:
        """The exception of Redis, which does not come out of here."""
        return RedisError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count in the window of this moment."""
        return self._ask(lambda known, salts: known.incr(_hidden(key, salts[0]), expiry, amount))

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count, unless that makes more than the limit in the time up to now."""

        def acquire(known: Known, salts: Salts) -> bool:
            earlier = sum(_number(known, _hidden(key, salt), limit, expiry) for salt in salts[1:])
            return known.acquire_entry(_hidden(key, salts[0]), max(0, limit - earlier), expiry, amount)

        return self._ask(acquire)

    def get(self, key: str) -> int:
        """Return how many were counted in the window of this moment."""
        return self._ask(lambda known, salts: known.get(_hidden(key, salts[0])))

    def get_expiry(self, key: str) -> float:  # noqa: ARG002
        """Return when the window ends."""
        ends = self._link.ask(self._salts_in_redis.ends, 0.0) if self._link else 0.0
        return ends or self._salts.ends()

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the first was counted of all in the time up to now, and how many were."""

        def look(known: Known, salts: Salts) -> tuple[float, int]:
            found = [known.get_moving_window(_hidden(key, salt), limit, expiry) for salt in salts]
            began = [start for start, number in found if number]
            return min(began, default=time.time()), sum(number for _, number in found)

        return self._ask(look)

    def check(self) -> bool:
        """Say yes: there is always somewhere to count."""
        return True

    def clear(self, key: str) -> None:
        """Forget what was counted under a key."""

        def clear(known: Known, salts: Salts) -> None:
            for salt in salts:
                known.clear(_hidden(key, salt))

        self._ask(clear)
        if self._link:
            clear(self._memory, self._salts.now())

    def reset(self) -> None:
        """Forget what this machine has counted."""
        self._memory.reset()

    def _ask(self, question: Callable[[Known, Salts], T]) -> T:
        def in_redis(client: Redis) -> tuple[T]:
            redis = self._redis = self._redis or _storage_of(client)
            return (question(redis, self._salts_in_redis.now(client)),)

        answer = self._link.ask(in_redis, None) if self._link else None
        return answer[0] if answer else question(self._memory, self._salts.now())


def _storage_of(client: Redis) -> RedisStorage:
    return RedisStorage("redis://", connection_pool=client.connection_pool, key_prefix=f"{PREFIX}count")


def _number(known: Known, key: str, limit: int, expiry: int) -> int:
    return known.get_moving_window(key, limit, expiry)[1]


def _hidden(key: str, salt: bytes) -> str:
    return hmac.digest(salt, key.encode(), sha256).hex()
