"""Rate limits for each client on requests that cost a PDF, much time, or a call to Parliament.

Each view names its kind: ``@limited(LimitKind.DOWNLOADS)``. The counts are for the whole site: see
``rate_limit_storage``.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItemPerMinute
from limits.strategies import FixedWindowRateLimiter

from app.i18n.translate import gettext as _
from app.storage.redis_link import RedisLink
from app.storage.shared_counts import SharedCounts
from app.storage.shared_lock import SharedLock
from app.web.http.errors import retry_page
from app.web.http.metrics import count_refused
from app.web.http.rate_limit_storage import RedisOrMemoryStorage
from app.web.services import services
from config import Settings

_ROWS = 8192  # of eight clients each; in a full row, the first clients are forgotten
_CUSTOMER_BITS = 64  # a customer with one IPv6 address has all that begin with the same 64 bits

View = Callable[..., ResponseReturnValue]
V = TypeVar("V", bound=View)


class LimitKind(StrEnum):
    """A kind of request, with a limit of its own."""

    LOOKUPS = "look-ups"
    DOWNLOADS = "downloads"
    PORTRAITS = "portraits"
    TRIES = "tries of the password"
    """Counted in ``app.web.studio.password_tries``."""


_KINDS: dict[Callable[..., object], LimitKind] = {}
"""The kind that each limited view counts as."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a site, and the counts of its clients."""

    maximums: dict[LimitKind, RateLimitItemPerMinute]
    """The most requests of a client in a minute, by kind."""
    limiter: FixedWindowRateLimiter

    def hit(self, kind: LimitKind) -> bool:
        """Count a request of this client, and return whether it is within the limit."""
        return self.limiter.hit(self.maximums[kind], kind, client_key())

    def seconds_to_wait(self, kind: LimitKind) -> int:
        """Return the number of seconds until this client can ask for more."""
        ends = self.limiter.get_window_stats(self.maximums[kind], kind, client_key()).reset_time
        return max(1, math.ceil(ends - time.time()))


def init_app(app: Flask, settings: Settings, link: RedisLink | None, lock: SharedLock) -> None:
    """Count requests, if the settings have limits."""
    if not settings.limits_a_minute:
        return
    lookups, downloads = map(RateLimitItemPerMinute, settings.limits_a_minute)
    storage = RedisOrMemoryStorage(link, SharedCounts(lock, _ROWS), seconds=lookups.get_expiry())
    maximums = {LimitKind.LOOKUPS: lookups, LimitKind.DOWNLOADS: downloads, LimitKind.PORTRAITS: lookups}
    app.extensions["limits"] = Limits(maximums, FixedWindowRateLimiter(storage))


def limited(
    kind: LimitKind, *, unless: Callable[..., bool] | None = None, refusal: Callable[[], Response] | None = None
) -> Callable[[V], V]:
    """Limit a view: count each request as one of a kind, ``unless`` its response costs nothing.

    ``refusal`` makes the response beyond the limit, for views that send no pages.
    """

    def decorate(view: V) -> V:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            limits: Limits | None = current_app.extensions.get("limits")
            if limits is None or (unless and unless(*args, **kwargs)) or limits.hit(kind):
                return view(*args, **kwargs)
            count_refused("limit")
            return _refuse(refusal() if refusal else _limit_page(), limits.seconds_to_wait(kind))

        _KINDS[counted] = kind
        return cast("V", counted)

    return decorate


def counted_as(kind: LimitKind) -> Callable[[V], V]:
    """Record the kind of a view that does its own counting."""

    def record(view: V) -> V:
        _KINDS[view] = kind
        return view

    return record


def limit_kind(view: Callable[..., object]) -> LimitKind | None:
    """Return the kind that a view counts as; None if it is not limited."""
    return _KINDS.get(view)


def client_key() -> str:
    """Return a keyed hash of the client's address, so that no store holds the address itself."""
    return services().keyed_hash(f"client {_customer_network(request.remote_addr or '')}")


def _customer_network(address: str) -> str:
    """Return an IPv4 address, or the network of an IPv6 address that belongs to one customer.

    All invalid addresses count as one.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if not parsed.ipv4_mapped:
            return str(ip_network((int(parsed), _CUSTOMER_BITS), strict=False))
        parsed = parsed.ipv4_mapped
    return str(parsed)


def _refuse(answer: Response, seconds: int) -> Response:
    answer.status_code = 429
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _limit_page() -> Response:
    return retry_page(
        429,
        _("Too many requests at once"),
        _(
            "More came from your internet connection in a minute than we let one have; others may be using it too. "
            "Wait a minute, then try again."
        ),
        60,
    )
