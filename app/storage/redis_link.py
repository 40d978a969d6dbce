"""Redis, for sites of several processes or machines: what one has learnt, all know."""

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from redis import Redis, RedisError

log = logging.getLogger(__name__)

PREFIX = "dear-mp:"
SECONDS_TO_ANSWER = 0.5
SECONDS_TO_LEAVE_ALONE = 10.0  # after it did not answer, so that no page waits for it again and again

T = TypeVar("T")


class RedisLink:
    """Asks Redis where it answers. Where it does not, nothing breaks and hardly anything waits."""

    def __init__(self, url: str) -> None:
        self._client = Redis.from_url(url, socket_timeout=SECONDS_TO_ANSWER, socket_connect_timeout=SECONDS_TO_ANSWER)
        self._leave_alone_until = 0.0

    def ask(self, question: Callable[[Redis], T], otherwise: T) -> T:
        """The answer to a question, or ``otherwise`` where Redis has none to give."""
        if time.monotonic() < self._leave_alone_until:
            return otherwise
        try:
            return question(self._client)
        except RedisError as error:
            log.warning("Redis: %s", type(error).__name__)
            self._leave_alone_until = time.monotonic() + SECONDS_TO_LEAVE_ALONE
            return otherwise

    def answers(self) -> bool:
        """Whether it is there just now."""
        return self.ask(lambda client: bool(client.ping()), otherwise=False)
