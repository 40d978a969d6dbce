"""What the pages work with, one set for each app."""

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
    """The rooms before this one, ready for use."""

    settings: Settings
    parliament: ParliamentClient
    cached_parliament: CachedParliament
    redis: RedisLink | None
    house: House
    finder: MPFinder
    campaigns: CampaignLibrary
    pdf_pool: PdfPool
    private: Callable[[str], str]
    """A mark that tells nobody what it stands for: see ``app.mp.parliament.cache``."""


def services() -> Services:
    """The desk of the app that answers this request."""
    found: Services = current_app.extensions["services"]
    return found


def campaign_or_404(slug: str) -> Campaign:
    """The campaign, in the page’s language where it is to be had in that; or the page that says there is none."""
    return services().campaigns.get(slug, current_locale().code) or abort(404)
