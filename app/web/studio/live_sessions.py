"""The log-ins to the Studio that count at this moment: a cookie of any other is worth nothing."""

import secrets
from collections.abc import Callable

from app.storage.redis_link import PREFIX, RedisLink
from app.storage.shared_lock import SharedLock
from app.storage.shared_table import SharedTable

_RECORDS = 256  # log-ins in two hours, beyond which the oldest end
_KEY = f"{PREFIX}session:"
_ENDED = "ended "


class LiveSessions:
    """Kept in Redis where there is one, for all machines, else in memory that this machine's processes share.

    A session is known by a long random text that its browser alone has. What is kept is a hash of that.
    """

    def __init__(self, link: RedisLink | None, lock: SharedLock, seconds: int, private: Callable[[str], str]) -> None:
        """``private`` makes a keyed hash; a session lasts ``seconds``."""
        self._link = link
        self._table = SharedTable(lock, rows=1, records=_RECORDS)
        self._seconds = seconds
        self._private = private

    def begin(self) -> str:
        """Begin one, and return what its browser is to know it by."""
        session = secrets.token_urlsafe(32)
        record = self._private(session)
        if not (self._link and self._link.ask(lambda client: client.set(_KEY + record, 1, ex=self._seconds), None)):
            with self._table.held():
                self._table.add(record, 1, self._seconds)
        return session

    def is_live(self, session: str) -> bool:
        """Tell if somebody began it, not long ago, and has not ended it."""
        record = self._private(session)
        if self._table.count(_ENDED + record).number:
            return False
        is_here = self._table.count(record).number > 0  # where Redis did not answer when it began
        return is_here or bool(self._link and self._link.ask(lambda client: client.exists(_KEY + record), None))

    def end(self, session: str) -> None:
        """End it, even where Redis does not answer just now and comes back knowing it."""
        record = self._private(session)
        with self._table.held():
            self._table.forget(record)
            self._table.add(_ENDED + record, 1, self._seconds)
        if self._link:
            self._link.ask(lambda client: client.delete(_KEY + record), None)
