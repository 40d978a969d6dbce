"""Portraits that this process passed on in the last day. It still has them, so they cost no call to Parliament."""

from threading import Lock

from cachetools import TTLCache

from app.mp.parliament.cache import FRESH_SECONDS

_MAX_ENTRIES = 2_000  # three times the number of members


class RecentPortraits:
    """The numbers of their constituencies and members."""

    def __init__(self) -> None:
        self._entries: TTLCache[tuple[int, int], bool] = TTLCache(_MAX_ENTRIES, FRESH_SECONDS)
        self._lock = Lock()

    def add(self, constituency_id: int, member_id: int) -> None:
        with self._lock:
            self._entries.setdefault((constituency_id, member_id), True)

    def has(self, constituency_id: int, member_id: int) -> bool:
        with self._lock:
            return (constituency_id, member_id) in self._entries
