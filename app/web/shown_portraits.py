"""The portraits that this process passed on in the last day, and so remembers: they cost Parliament nothing more."""

from threading import Lock

from cachetools import TTLCache

from app.mp.parliament.cache import FRESH_SECONDS

_MOST = 2_000  # three times as many as there are members


class ShownPortraits:
    """Keeps the numbers of their constituencies and members."""

    def __init__(self) -> None:
        self._shown: TTLCache[tuple[int, int], bool] = TTLCache(_MOST, FRESH_SECONDS)
        self._lock = Lock()

    def add(self, constituency_id: int, member_id: int) -> None:
        """Note that one was passed on."""
        with self._lock:
            self._shown.setdefault((constituency_id, member_id), True)

    def has(self, constituency_id: int, member_id: int) -> bool:
        """Tell if one was passed on."""
        with self._lock:
            return (constituency_id, member_id) in self._shown
