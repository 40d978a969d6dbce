"""A cache for Parliament's answers, in memory, or in Redis for sites with several processes or machines."""

import hashlib
import hmac
import secrets
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from threading import Lock
from typing import Generic, Protocol, TypeVar

from cachetools import TTLCache
from pydantic import TypeAdapter, ValidationError
from redis import Redis

from app.mp.dissolution import LONDON
from app.storage.redis_link import PREFIX, RedisLink

FRESH_SECONDS = 24 * 3600
KEPT_SECONDS = 7 * 24 * 3600  # for days without an answer; shorter than any election campaign
MOST_BYTES = 32_000_000  # of a process's memory
_OVERHEAD = 400  # bytes of an entry besides its value
_TIME = struct.Struct(">d")
_KEYS = f"{PREFIX}said:"
_KEYS_AT_ONCE = 1000
_SECRET_KEY = f"{PREFIX}secret"

T = TypeVar("T")


class Store(Protocol):
    """A store of bytes by key. It may drop an entry at any time."""

    def get(self, key: str) -> bytes | None: ...
    def put(self, key: str, content: bytes) -> None: ...
    def clear(self, everywhere: bool) -> None: ...


class MemoryStore:
    """The most recently used entries, in the memory of this process."""

    def __init__(self) -> None:
        self._entries: TTLCache[str, bytes] = TTLCache(MOST_BYTES, KEPT_SECONDS, getsizeof=_entry_size)
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        with self._lock:
            return self._entries.get(key)

    def put(self, key: str, content: bytes) -> None:
        with self._lock:
            self._entries[key] = content

    def clear(self, everywhere: bool) -> None:  # noqa: ARG002  # only Redis is elsewhere
        with self._lock:
            self._entries.clear()


def _entry_size(content: bytes) -> int:
    return len(content) + _OVERHEAD


class RedisStore(MemoryStore):
    """Entries that processes and machines share; while Redis does not answer, those of this process."""

    def __init__(self, link: RedisLink) -> None:
        super().__init__()
        self._link = link

    def get(self, key: str) -> bytes | None:
        answer = self._link.ask(lambda client: (_as_bytes(client.get(_KEYS + key)),), None)
        return answer[0] if answer else super().get(key)

    def put(self, key: str, content: bytes) -> None:
        super().put(key, content)
        self._link.ask(lambda client: client.set(_KEYS + key, content, ex=KEPT_SECONDS), None)

    def clear(self, everywhere: bool) -> None:
        super().clear(everywhere)
        if everywhere:
            self._link.ask(_delete_all, None)


def _delete_all(client: Redis) -> None:
    keys = client.scan_iter(f"{_KEYS}*", _KEYS_AT_ONCE)
    while some := list(islice(keys, _KEYS_AT_ONCE)):
        client.unlink(*some)


def _as_bytes(content: object) -> bytes | None:
    return content if isinstance(content, bytes) else None


@dataclass(frozen=True, slots=True)
class CacheEntry(Generic[T]):
    """A value, and the time at which it was cached, in seconds since 1970."""

    value: T
    at: float

    @property
    def is_fresh(self) -> bool:
        return 0 <= time.time() - self.at < FRESH_SECONDS

    @property
    def day(self) -> date:
        return datetime.fromtimestamp(self.at, LONDON).date()


class Cache:
    """Caches values by key, and holds the secret of the site's keyed hashes."""

    def __init__(self, store: Store, secret: Callable[[], bytes]) -> None:
        self._store = store
        self._secret = secret

    def keyed_hash(self, text: str) -> str:
        """Return the keyed hash of a text, in hexadecimal. Only code that knows the secret can make or check it."""
        return hmac.digest(self._secret(), text.encode(), hashlib.sha256).hex()

    def get(self, key: str, kind: TypeAdapter[T]) -> CacheEntry[T] | None:
        """Return the entry of a key; None if there is none, or if it is more than a week old or of another ``kind``."""
        content = self._store.get(key)
        if content is None:
            return None
        try:
            (at,) = _TIME.unpack_from(content)
            value = kind.validate_json(content[_TIME.size :])
        except (struct.error, ValidationError):  # written by another version of the app
            return None
        return CacheEntry(value, at) if abs(time.time() - at) < KEPT_SECONDS else None

    def put(self, key: str, kind: TypeAdapter[T], value: T) -> None:
        self._store.put(key, _TIME.pack(time.time()) + kind.dump_json(value))

    def clear(self, *, everywhere: bool = False) -> None:
        """Empty the cache of this process, or of all processes that share a Redis."""
        self._store.clear(everywhere)


def make_cache(link: RedisLink | None, secret: str = "") -> Cache:
    """Return a cache in Redis if there is one, otherwise in memory.

    Without a ``secret`` from the settings one is made up: in memory at each start, in Redis once for all machines.
    """
    if link and not secret:
        return Cache(RedisStore(link), _SecretInRedis(link))
    secret_bytes = secret.encode() or secrets.token_bytes(32)
    return Cache(RedisStore(link) if link else MemoryStore(), lambda: secret_bytes)


class _SecretInRedis:
    """The secret that the first machine of a site makes up, and that all use."""

    def __init__(self, link: RedisLink) -> None:
        self._link = link
        self._own = secrets.token_bytes(32)
        self._agreed: bytes | None = None

    def __call__(self) -> bytes:
        self._agreed = self._agreed or self._link.ask(self._agree, None)
        return self._agreed or self._own

    def _agree(self, client: Redis) -> bytes | None:
        client.set(_SECRET_KEY, self._own, nx=True)
        return _as_bytes(client.get(_SECRET_KEY))
