"""What the pages work with, one set for each app."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask import abort, current_app

from app.campaigns.campaign import Campaign
from app.campaigns.library import CampaignLibrary
from app.letters.press import Press
from app.mp.finder import MPFinder
from app.mp.snapshot import Snapshot
from config import Settings

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Desk:
    """The rooms before this one, ready for use."""

    settings: Settings
    snapshot: Snapshot
    finder: MPFinder
    campaigns: CampaignLibrary
    press: Press


def desk() -> Desk:
    """The desk of the app that answers this request."""
    found: Desk = current_app.extensions["desk"]
    return found


def campaign_or_404(slug: str) -> Campaign:
    """The campaign, or the page that says there is none."""
    return desk().campaigns.get(slug) or abort(404)


def today() -> date:
    """The date in London, where the letters go."""
    return datetime.now(LONDON).date()
