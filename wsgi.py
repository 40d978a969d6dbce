"""The WSGI application, for ``gunicorn wsgi:app``."""

import gc
from threading import Thread

from app import create_app
from app.web.services import Services
from config import load_settings

app = create_app(load_settings())


def get_ready() -> None:
    """Load campaigns and templates once, before processes are forked: they know the campaigns even if a file breaks."""
    services: Services = app.extensions["services"]
    services.campaigns.all()
    for page in app.jinja_env.list_templates(filter_func=lambda name: not name.startswith("letter/")):
        app.jinja_env.get_template(page)
    gc.collect()
    gc.freeze()  # otherwise the collector would copy this memory into each process


def warm_up() -> None:
    """Start the PDF processes before the first visitor needs one, without delaying pages."""
    services: Services = app.extensions["services"]
    Thread(target=services.pdf_pool.start, daemon=True).start()
