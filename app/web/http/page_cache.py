"""A cache of pages that are the same for everybody."""

from collections.abc import Hashable
from threading import Lock

from cachetools import LRUCache

_MAX_PAGES = 64  # of about 100 kB each, in each process


class PageCache:
    """The pages used last. The key of a page is everything that it depends on."""

    def __init__(self) -> None:
        self._pages: LRUCache[Hashable, bytes] = LRUCache(_MAX_PAGES)
        self._lock = Lock()

    def get(self, key: Hashable) -> bytes | None:
        with self._lock:
            return self._pages.get(key)

    def put(self, key: Hashable, page: bytes) -> None:
        with self._lock:
            self._pages[key] = page
