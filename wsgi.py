"""What a web server runs: ``gunicorn wsgi:app``."""

import gc
from threading import Thread

from app import create_app
from app.web.services import Services
from config import load_settings

app = create_app(load_settings())


def get_ready() -> None:
    """Do once what every process would do: read the campaigns, known to all then should a file break, and the pages."""
    services: Services = app.extensions["services"]
    services.campaigns.all()
    for page in app.jinja_env.list_templates(filter_func=lambda name: not name.startswith("letter/")):
        app.jinja_env.get_template(page)
    gc.collect()
    gc.freeze()  # what is here stays, and collecting would copy it into each process


def warm_up() -> None:
    """Start the processes that make PDFs before the first visitor wants one; pages need not wait for them."""
    services: Services = app.extensions["services"]
    Thread(target=services.pdf_pool.start, daemon=True).start()
