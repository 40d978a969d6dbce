"""How ``make run`` serves: one process with threads, its own PDF processes beside it. See docs/operating.md."""

import logging

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from config import load_settings

_settings = load_settings()

bind = f"{_settings.host}:{_settings.port}"
worker_class = "gthread"
threads = 8
graceful_timeout = 10
# All processes are copies of one that has the app: they share what it says of when Parliament may be called again.
preload_app = True
control_socket_disable = True
# No access log: it would hold visitors' addresses.


def when_ready(server: Arbiter) -> None:  # noqa: ARG001
    """Called once the address is taken, before there are web processes."""
    import wsgi  # noqa: PLC0415

    wsgi.read_campaigns()
    logging.getLogger("gunicorn.error").info("Dear MP is at http://localhost:%d", _settings.port)


def post_worker_init(worker: Worker) -> None:  # noqa: ARG001
    """Called in each web process once it has the app."""
    import wsgi  # noqa: PLC0415

    wsgi.warm_up()
