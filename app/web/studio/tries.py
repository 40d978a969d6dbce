"""Limits to trying the Studio's password: for one network, and for all together, so that many are no help."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from app.storage.redis_link import RedisLink
from app.storage.shared_lock import SharedLock
from app.storage.shared_table import SharedTable
from app.web.http.client import client
from app.web.http.limit_storage import SiteStorage

_MINUTES = 15
TRIES = RateLimitItemPerMinute(5, _MINUTES)
TRIES_OF_ALL = RateLimitItemPerMinute(100, _MINUTES)
_RECORDS = 512  # in one row: more than there can be, so that none is forgotten early
_OF_ONE, _OF_ALL = "tries", "all tries"


class Doorkeeper:
    """Counts who tries the password, for the whole site."""

    def __init__(self, link: RedisLink | None, lock: SharedLock) -> None:
        table = SharedTable(lock, rows=1, records=_RECORDS)
        self._tries = MovingWindowRateLimiter(SiteStorage(link, table, TRIES.get_expiry(), is_moving=True))

    def admits(self) -> bool:
        """Count a try of the client that asks, and tell if it may have it."""
        return self._tries.hit(TRIES, _OF_ONE, client()) and self._tries.hit(TRIES_OF_ALL, _OF_ALL)

    def forget(self) -> None:
        """Forget the tries of the client that asks: who knows the password has not been guessing."""
        self._tries.clear(TRIES, _OF_ONE, client())

    def seconds_to_wait(self) -> int:
        """Return the seconds that the client has to wait for its next try."""
        of_one = self._tries.get_window_stats(TRIES, _OF_ONE, client())
        of_all = self._tries.get_window_stats(TRIES_OF_ALL, _OF_ALL)
        waits = [window.reset_time - time.time() for window in (of_one, of_all) if window.remaining <= 0]
        return max(1, math.ceil(max(waits, default=1.0)))
