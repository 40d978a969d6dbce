"""Limits on what one client may ask for in a minute: what costs us a PDF or much time, or Parliament an answer.

Each view says what it counts as: ``@limited(DOWNLOADS)``. Counted for the whole site: see ``limit_storage``.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter

from app.i18n.translate import gettext as _
from app.storage.redis_link import RedisLink
from app.storage.shared_lock import SharedLock
from app.storage.shared_table import SharedTable
from app.web.http.client import client
from app.web.http.limit_storage import SiteStorage
from app.web.http.metrics import count_refused
from app.web.http.retry_page import retry_page
from config import Settings

LOOKUPS, DOWNLOADS, PORTRAITS = "look-ups", "downloads", "portraits"
TRIES = "tries of the password"
"""Counted in ``app.web.studio.tries``."""
_ROWS = 8192  # of eight clients each, beyond which the ones that came first in their row are forgotten

View = Callable[..., ResponseReturnValue]
V = TypeVar("V", bound=View)

_KINDS: dict[Callable[..., object], str] = {}
"""The kind that each limited view counts as."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Counts what clients ask for."""

    most: dict[str, RateLimitItemPerMinute]
    """The most that a client may have in a minute, by kind."""
    limiter: FixedWindowRateLimiter

    def admits(self, kind: str) -> bool:
        """Count one more for the client that asks, and tell if it may have it."""
        return self.limiter.hit(self.most[kind], kind, client())

    def seconds_to_wait(self, kind: str) -> int:
        """Return the seconds that the client has to wait for more."""
        ends = self.limiter.get_window_stats(self.most[kind], kind, client()).reset_time
        return max(1, math.ceil(ends - time.time()))


def init_app(app: Flask, settings: Settings, link: RedisLink | None, lock: SharedLock) -> None:
    """Count, unless there are no limits."""
    if not settings.limits_a_minute:
        return
    lookups, downloads = map(RateLimitItemPerMinute, settings.limits_a_minute)
    storage = SiteStorage(link, SharedTable(lock, _ROWS), seconds=lookups.get_expiry())
    most = {LOOKUPS: lookups, DOWNLOADS: downloads, PORTRAITS: lookups}
    app.extensions["limits"] = Limits(most, FixedWindowRateLimiter(storage))


def limited(
    kind: str, *, unless: Callable[..., bool] | None = None, refusal: Callable[[], Response] | None = None
) -> Callable[[V], V]:
    """Count each request for a view as one of a kind, ``unless`` its answer costs nothing.

    ``refusal`` makes the answer in the place of our page, where no page was asked for.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            limits: Limits | None = current_app.extensions.get("limits")
            if limits is None or (unless and unless(*args, **kwargs)) or limits.admits(kind):
                return view(*args, **kwargs)
            count_refused("limit")
            return _refused(refusal() if refusal else _page(), limits.seconds_to_wait(kind))

        _KINDS[counted] = kind
        return cast("V", counted)

    return decorate


def noted_as(kind: str) -> Callable[[V], V]:
    """Note the kind of a view that does its own counting."""

    def note(view: V) -> V:
        _KINDS[view] = kind
        return view

    return note


def kind_of(view: Callable[..., object]) -> str | None:
    """The kind that a view counts as; None where it is not limited."""
    return _KINDS.get(view)


def _refused(answer: Response, seconds: int) -> Response:
    answer.status_code = 429
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _page() -> Response:
    return retry_page(
        429,
        _("Too many requests at once"),
        _(
            "More came from your internet connection in a minute than we let one have; others may be using it too. "
            "Wait a minute, then try again."
        ),
        60,
    )
