"""Dear MP: helps somebody write to their own MP."""

from flask import Flask
from jinja2 import StrictUndefined

from app import cli
from app.campaigns.library import CampaignLibrary
from app.letters.press import Press
from app.mp.finder import MPFinder
from app.mp.parliament import ParliamentClient
from app.mp.snapshot import Snapshot
from app.web import errors, pages, security, supporter, text_filters
from app.web.desk import Desk
from config import ROOT, Settings


def create_app(settings: Settings) -> Flask:
    """The app. Reads the snapshot, which raises if it is damaged; starts no process and calls nobody."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"))
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}

    app.url_map.strict_slashes = False
    app.extensions["desk"] = _desk(settings)
    for room in (security, errors, text_filters, cli):
        room.init_app(app)
    for blueprint in (supporter.bp, pages.bp):
        app.register_blueprint(blueprint)
    return app


def _desk(settings: Settings) -> Desk:
    snapshot = Snapshot.load(settings.data_dir)
    parliament = ParliamentClient(str(settings.parliament_api_url), settings.contact)
    return Desk(
        settings=settings,
        snapshot=snapshot,
        finder=MPFinder(
            parliament if settings.lookup != "snapshot" else None,
            snapshot,
            snapshot_answers=settings.lookup != "live",
        ),
        campaigns=CampaignLibrary(settings.campaigns_dir),
        press=Press(settings.pdf_processes),
    )
