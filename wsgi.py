"""What a web server runs: ``gunicorn wsgi:app``."""

from app import create_app
from app.web.desk import Desk
from config import load_settings

app = create_app(load_settings())


def warm_up() -> None:
    """Start the processes that make PDFs before the first visitor wants one."""
    desk: Desk = app.extensions["desk"]
    desk.press.start()
