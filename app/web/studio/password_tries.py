"""Limits on tries of the Studio's password: for each network, and for all together, so that having many is no help."""

import math
import time

from limits import RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter

from app.storage.redis_link import RedisLink
from app.storage.shared_counts import SharedCounts
from app.storage.shared_lock import SharedLock
from app.web.http.limits import client_key
from app.web.http.rate_limit_storage import RedisOrMemoryStorage

_MINUTES = 15
_LIMIT = RateLimitItemPerMinute(5, _MINUTES)
_LIMIT_FOR_ALL = RateLimitItemPerMinute(100, _MINUTES)
_RECORDS = 512  # in one row: more than there can be, so that none is forgotten early
_ONE_KEY, _ALL_KEY = "tries", "all tries"


class PasswordTries:
    """Counts tries of the password, for the whole site."""

    def __init__(self, link: RedisLink | None, lock: SharedLock) -> None:
        counts = SharedCounts(lock, rows=1, records=_RECORDS)
        self._tries = MovingWindowRateLimiter(RedisOrMemoryStorage(link, counts, _LIMIT.get_expiry(), is_moving=True))

    def hit(self) -> bool:
        """Count a try of this client, and return whether it is within the limits."""
        return self._tries.hit(_LIMIT, _ONE_KEY, client_key()) and self._tries.hit(_LIMIT_FOR_ALL, _ALL_KEY)

    def forget(self) -> None:
        """Forget the tries of this client: somebody who knows the password was not guessing."""
        self._tries.clear(_LIMIT, _ONE_KEY, client_key())

    def seconds_to_wait(self) -> int:
        """Return the number of seconds until this client can try again."""
        own = self._tries.get_window_stats(_LIMIT, _ONE_KEY, client_key())
        everybody = self._tries.get_window_stats(_LIMIT_FOR_ALL, _ALL_KEY)
        waits = [window.reset_time - time.time() for window in (own, everybody) if window.remaining <= 0]
        return max(1, math.ceil(max(waits, default=1.0)))
