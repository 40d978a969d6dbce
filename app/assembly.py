"""The parts of the app, put together: a table of contents."""

from flask import Flask
from jinja2 import StrictUndefined

from app import cli
from app.campaigns.library import CampaignLibrary
from app.letters.paper.pdf_pool import PdfPool
from app.mp.dissolution import Dissolution
from app.mp.finder import MPFinder
from app.mp.house import House
from app.mp.parliament.cache import make_cache
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.call_limiter import CallLimiter
from app.mp.parliament.circuit_breaker import CircuitBreaker
from app.mp.parliament.client import ParliamentClient
from app.mp.snapshot.snapshot import LatestSnapshot
from app.storage.redis_link import RedisLink
from app.storage.shared_lock import SharedLock
from app.web import branding, pages, text_filters
from app.web.http import (
    assets,
    busy,
    errors,
    field_limits,
    hosts,
    limits,
    locale_routing,
    origin,
    request_log,
    security,
)
from app.web.http.page_cache import PageCache
from app.web.http.proxies import BehindProxies
from app.web.http.request_log import DearMP
from app.web.journey import views as journey
from app.web.recent_portraits import RecentPortraits
from app.web.services import Services
from app.web.share import views as share
from app.web.studio import log_in, publish
from app.web.studio import views as studio
from config import ROOT, Settings


def assemble(settings: Settings, latest: LatestSnapshot | None = None) -> Flask:
    """Assemble the app. Reads the snapshot, and does without damaged parts of it; starts no process and makes no call.

    Several apps in one process may share a snapshot, which takes longest to read.
    """
    app = DearMP("app", template_folder=str(ROOT / "templates"))
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}

    app.url_map.strict_slashes = False
    services = app.extensions["services"] = _services(settings, latest or LatestSnapshot(settings.data_dir))
    app.extensions |= {"page_cache": PageCache(), "recent_portraits": RecentPortraits()}
    lock = SharedLock()  # made here, before web processes are forked
    for part in (request_log, security, errors, locale_routing, assets, text_filters, origin, field_limits, busy, cli):
        part.init_app(app)
    log_in.init_app(app, services, lock)
    for blueprint in (journey.bp, share.bp, branding.bp, pages.bp, studio.bp, publish.bp):
        app.register_blueprint(blueprint)
    limits.init_app(app, settings, services.redis, lock)
    hosts.init_app(app, settings.hosts)
    app.wsgi_app = BehindProxies.from_networks(app.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    return app


def _services(settings: Settings, latest: LatestSnapshot) -> Services:
    redis = RedisLink(str(settings.redis_url)) if settings.redis_url else None
    client = ParliamentClient(str(settings.parliament_api_url), settings.contact)
    dissolution = Dissolution.parse(settings.parliament_dissolved)
    memory = make_cache(redis, settings.cache_secret.get_secret_value())
    cached_parliament = CachedParliament(
        client, CallLimiter(CircuitBreaker(redis), settings.web_concurrency), memory, dissolution
    )
    house = House(
        cached_parliament if settings.lookup != "snapshot" else None,
        latest,
        dissolution,
    )
    return Services(
        settings=settings,
        parliament=client,
        cached_parliament=cached_parliament,
        redis=redis,
        house=house,
        finder=MPFinder(house, snapshot_answers=settings.lookup != "live"),
        campaigns=CampaignLibrary(settings.campaigns_dir, lambda: house.latest_snapshot().seats),
        pdf_pool=PdfPool(settings.pdf_processes),
        keyed_hash=memory.keyed_hash,
    )
