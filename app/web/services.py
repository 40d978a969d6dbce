"""The services that the pages use, one set for each app."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import abort, current_app

from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.i18n.translate import current_locale
from app.letters.paper.pdf_pool import PdfPool
from app.mp.finder import MPFinder
from app.mp.house import House
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.client import ParliamentClient
from app.storage.redis_link import RedisLink
from config import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """Members, campaigns and letters, ready for use."""

    settings: Settings
    parliament: ParliamentClient
    cached_parliament: CachedParliament
    redis: RedisLink | None
    house: House
    finder: MPFinder
    campaigns: CampaignLibrary
    pdf_pool: PdfPool
    keyed_hash: Callable[[str], str]
    """Hashes a text with the site's secret: see ``app.mp.parliament.cache.Cache``."""


def services() -> Services:
    """Return the services of the app that answers this request."""
    found: Services = current_app.extensions["services"]
    return found


def campaign_or_404(slug: str) -> Campaign:
    """Return the campaign, in the page’s language if it is available in that. Raises NotFound."""
    return services().campaigns.get(slug, current_locale().code) or abort(404)
