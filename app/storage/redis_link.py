"""Redis, in which the processes and machines of a site share data."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from redis import Redis, RedisError

log = logging.getLogger(__name__)

PREFIX = "dear-mp:"
SECONDS_TO_ANSWER = 0.5
SECONDS_WITHOUT_CALLS = 10.0  # after a failure, so that pages do not all wait for the next one

T = TypeVar("T")


class RedisLink:
    """A connection to Redis. If Redis fails, callers get a default, and hardly wait."""

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(url, socket_timeout=SECONDS_TO_ANSWER, socket_connect_timeout=SECONDS_TO_ANSWER)
        self._no_calls_until = 0.0

    def ask(self, question: Callable[[Redis], T], otherwise: T) -> T:
        """Return the answer to a question; ``otherwise`` if Redis fails, or did a moment ago."""
        if time.monotonic() < self._no_calls_until:
            return otherwise
        try:
            return question(self._client)
        except RedisError as error:
            log.warning("Redis: %s", type(error).__name__)
            self._no_calls_until = time.monotonic() + SECONDS_WITHOUT_CALLS
            return otherwise

    def is_reachable(self) -> bool:
        return self.ask(lambda client: bool(client.ping()), otherwise=False)
