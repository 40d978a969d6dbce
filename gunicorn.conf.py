"""How ``make run`` serves: web processes with threads, each with PDF processes beside it. See docs/operating.md."""

import logging
import os
import resource
import shutil
import tempfile
from pathlib import Path

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker

from app.server.logs import logging_config
from config import load_settings

_settings = load_settings()

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.web_concurrency
worker_class = "app.server.worker.WaitressWorker"
# At most 20 wait for Parliament and 9 for a PDF (call_limiter.py, pdf_pool.py): some are always free.
threads = 32
worker_connections = 1000
backlog = 2048
keepalive = 5
timeout = 60  # seconds in which a process whose main loop does not turn is ended
graceful_timeout = 30
# Whatever leaks, does not for long. Not all at the same moment.
max_requests = 20_000
max_requests_jitter = 5_000
# All processes are copies of one that has the app: they share its memory, and when Parliament may be called again.
preload_app = True
control_socket_disable = True
# No file on disk, which may be full or for reading only.
worker_tmp_dir = next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)  # noqa: S108
# Other limits on connections and requests are in app/server/capacity.py: gunicorn's parser is not used.
# A line for each request comes from app/web/http/request_log.py, which knows what may be known.
logger_class = "app.server.logs.Journalist"
logconfig_dict = logging_config(_settings.log_format)

# A core file would hold letters; and each visitor takes a file descriptor.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
_wanted = 4 * worker_connections
resource.setrlimit(
    resource.RLIMIT_NOFILE, (max(_soft, _wanted if _hard == resource.RLIM_INFINITY else min(_wanted, _hard)), _hard)
)

_COUNTS, _OURS = "PROMETHEUS_MULTIPROC_DIR", "dear-mp-metrics-"
if _settings.metrics_token.get_secret_value() and _COUNTS not in os.environ:
    # Where the processes add up what they count. Named before the app loads, which is when it is looked for; and once,
    # though this file is read again at each reload.
    os.environ[_COUNTS] = tempfile.mkdtemp(prefix=_OURS)


def on_exit(server: Arbiter) -> None:  # noqa: ARG001
    """Called when all is over."""
    folder = Path(os.environ.get(_COUNTS, ""))
    if folder.name.startswith(_OURS):
        shutil.rmtree(folder, ignore_errors=True)


def when_ready(server: Arbiter) -> None:  # noqa: ARG001
    """Called once the address is taken, before there are web processes."""
    import wsgi  # noqa: PLC0415

    wsgi.get_ready()
    logging.getLogger("gunicorn.error").info("Dear MP is at http://localhost:%d", _settings.port)


def post_worker_init(worker: Worker) -> None:  # noqa: ARG001
    """Called in each web process once it has the app."""
    import wsgi  # noqa: PLC0415

    wsgi.warm_up()


def child_exit(server: Arbiter, worker: Worker) -> None:  # noqa: ARG001
    """Called when a web process has ended."""
    if _settings.metrics_token.get_secret_value():
        from prometheus_client import multiprocess  # noqa: PLC0415

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
