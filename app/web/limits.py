"""How much one client may ask for in a minute: what costs us a PDF, or Parliament an answer.

Counted in Redis where there is one, for all machines together; in each process while Redis does not answer.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response
from flask_limiter import Limiter, RequestLimit

from app.language.speaking import gettext as _
from app.mp.redis_link import PREFIX, SECONDS_TO_ANSWER
from app.web.again import again_page
from app.web.client import client
from app.web.counts import count_refused
from config import Settings

LOOKUPS, DOWNLOADS = "look-ups", "downloads"
_KINDS: Mapping[str, str] = {
    "supporter.write": LOOKUPS,
    "supporter.constituency": LOOKUPS,
    "supporter.by_hand": LOOKUPS,
    "supporter.letter": LOOKUPS,
    "supporter.follow_up": LOOKUPS,
    "supporter.download": DOWNLOADS,
    "share.poster": DOWNLOADS,
    "share.stall": DOWNLOADS,
    "studio.check": DOWNLOADS,
    "studio.letter_pdf": DOWNLOADS,
}
"""What is counted, and as what."""
SECONDS_TO_COME_AGAIN = 20
# Passed on to Redis' client, which takes parts of seconds too.
_IN_TIME: dict[str, Any] = {"socket_timeout": SECONDS_TO_ANSWER, "socket_connect_timeout": SECONDS_TO_ANSWER}


def init_app(app: Flask, settings: Settings) -> None:
    """Count, unless there are no limits."""
    if not settings.limits_a_minute:
        return
    most = dict(zip((LOOKUPS, DOWNLOADS), settings.limits_a_minute, strict=True))
    redis = str(settings.redis_url) if settings.redis_url else ""
    limiter = Limiter(
        client,
        storage_uri=redis or "memory://",
        storage_options=_IN_TIME if redis else {},
        key_prefix=PREFIX,
        in_memory_fallback_enabled=bool(redis),
        on_breach=_refuse,
    )
    limiter.init_app(app)
    for endpoint, kind in _KINDS.items():
        limited = limiter.shared_limit(f"{most[kind]}/minute", scope=kind)
        view: Callable[..., Any] = app.view_functions[endpoint]
        app.view_functions[endpoint] = limited(view)


def _refuse(limit: RequestLimit) -> Response:  # noqa: ARG001
    count_refused("limit")
    return again_page(
        429,
        _("Too many requests at once"),
        _("More came from your connection in a minute than one person needs. Wait a minute, then try again."),
        SECONDS_TO_COME_AGAIN,
    )
