"""The current sessions of the Studio. A cookie of any other session is worthless."""

import secrets
from collections.abc import Callable

from app.storage.redis_link import PREFIX, RedisLink
from app.storage.shared_counts import SharedCounts
from app.storage.shared_lock import SharedLock

_RECORDS = 256  # sessions in two hours; more end the oldest
_KEY = f"{PREFIX}session:"
_ENDED = "ended "


class SessionStore:
    """Sessions in Redis, for all machines; without Redis, in memory that this machine's processes share.

    Only the browser has the session's id, a long random text. The store has its hash.
    """

    def __init__(
        self, link: RedisLink | None, lock: SharedLock, seconds: int, keyed_hash: Callable[[str], str]
    ) -> None:
        """A session lasts ``seconds``."""
        self._link = link
        self._counts = SharedCounts(lock, rows=1, records=_RECORDS)
        self._seconds = seconds
        self._keyed_hash = keyed_hash

    def begin(self) -> str:
        """Begin a session, and return its id for the cookie."""
        session = secrets.token_urlsafe(32)
        record = self._keyed_hash(session)
        if not (self._link and self._link.ask(lambda client: client.set(_KEY + record, 1, ex=self._seconds), None)):
            with self._counts.held():
                self._counts.add(record, 1, self._seconds)
        return session

    def is_live(self, session: str) -> bool:
        """Return whether the session has begun, and neither ended nor expired."""
        record = self._keyed_hash(session)
        if self._counts.get(_ENDED + record).number:
            return False
        is_in_memory = self._counts.get(record).number > 0  # Redis did not answer when it began
        return is_in_memory or bool(self._link and self._link.ask(lambda client: client.exists(_KEY + record), None))

    def end(self, session: str) -> None:
        """End a session, even if Redis does not answer now and still has it later."""
        record = self._keyed_hash(session)
        with self._counts.held():
            self._counts.forget(record)
            self._counts.add(_ENDED + record, 1, self._seconds)
        if self._link:
            self._link.ask(lambda client: client.delete(_KEY + record), None)
