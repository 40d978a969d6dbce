"""How ``make run`` serves: one process with threads, its own PDF processes beside it. See docs/operating.md."""

import logging
import sys

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from app.mp.members_table import TableUnreadable
from app.mp.postcode_index import IndexUnreadable
from app.mp.snapshot import Snapshot
from config import load_settings

_settings = load_settings()
try:
    Snapshot.load(_settings.data_dir)
except (IndexUnreadable, TableUnreadable) as error:
    sys.exit(f"Setting DATA_DIR={str(_settings.data_dir)!r}: {error}")

bind = f"{_settings.host}:{_settings.port}"
worker_class = "gthread"
threads = 8
graceful_timeout = 10
control_socket_disable = True
# No access log: it would hold visitors' addresses.


def when_ready(server: Arbiter) -> None:  # noqa: ARG001
    """Called once the address is taken."""
    logging.getLogger("gunicorn.error").info("Dear MP is at http://localhost:%d", _settings.port)


def post_worker_init(worker: Worker) -> None:  # noqa: ARG001
    """Called in each web process once the app is loaded."""
    import wsgi  # noqa: PLC0415

    wsgi.warm_up()
