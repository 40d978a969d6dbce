"""What a web server runs: ``gunicorn wsgi:app``."""

from app import create_app
from app.web.desk import Desk
from config import load_settings

app = create_app(load_settings())


def read_campaigns() -> None:
    """Read the campaigns: processes made later then know what goes on when a file breaks."""
    desk: Desk = app.extensions["desk"]
    desk.campaigns.all()


def warm_up() -> None:
    """Start the processes that make PDFs before the first visitor wants one."""
    desk: Desk = app.extensions["desk"]
    desk.press.start()
