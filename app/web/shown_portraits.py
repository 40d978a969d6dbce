"""Which portraits this process has passed on in the last day, and so remembers: they cost Parliament nothing more."""

from threading import Lock

from cachetools import TTLCache

from app.mp.cache import FRESH_SECONDS

_MOST = 2_000  # three times as many as there are members


class ShownPortraits:
    """By the numbers of constituency and member."""

    def __init__(self) -> None:
        self._shown: TTLCache[tuple[int, int], bool] = TTLCache(_MOST, FRESH_SECONDS)
        self._lock = Lock()

    def add(self, constituency_id: int, member_id: int) -> None:
        """It was passed on."""
        with self._lock:
            self._shown.setdefault((constituency_id, member_id), True)

    def has(self, constituency_id: int, member_id: int) -> bool:
        """Whether it was."""
        with self._lock:
            return (constituency_id, member_id) in self._shown
