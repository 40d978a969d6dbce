"""Pages that are the same for all, kept as they were made until what they are made of changes."""

from collections.abc import Hashable
from threading import Lock

from cachetools import LRUCache

_MOST = 64  # of some 100 kB each, in each process


class KeptPages:
    """The latest used pages, each under all that it depends on."""

    def __init__(self) -> None:
        self._pages: LRUCache[Hashable, bytes] = LRUCache(_MOST)
        self._lock = Lock()

    def get(self, made_of: Hashable) -> bytes | None:
        """The page that was made of this, if it is still there."""
        with self._lock:
            return self._pages.get(made_of)

    def put(self, made_of: Hashable, page: bytes) -> None:
        """Keep a page."""
        with self._lock:
            self._pages[made_of] = page
