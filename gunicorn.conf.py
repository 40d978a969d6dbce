"""Settings of gunicorn for ``make run``: web processes, and PDF processes beside each. See docs/operating.md."""

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
# At most 20 threads wait for Parliament and 9 for a PDF (call_limiter.py, pdf_pool.py): some are always free.
threads = 32
worker_connections = 1000
backlog = 2048
keepalive = 5
timeout = 60  # seconds after which a process is ended if its main loop does not turn
graceful_timeout = 30
# New processes bound the effect of a memory leak. The jitter keeps them from being replaced all at once.
max_requests = 20_000
max_requests_jitter = 5_000
# Processes are forked from one that has loaded the app. They share its memory, and the circuit breaker in it.
preload_app = True
control_socket_disable = True
# In memory, because the disk may be full or read-only.
worker_tmp_dir = next((folder for folder in ("/dev/shm",) if os.access(folder, os.W_OK)), None)  # noqa: S108
# Other limits on connections and requests are in app/server/capacity.py: gunicorn's parser is not used.
# app/web/http/request_log.py logs requests, without anything personal.
logger_class = "app.server.logs.GunicornLogger"
logconfig_dict = logging_config(_settings.log_format)

# A core file would hold letters; and each visitor takes a file descriptor.
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
_soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
_wanted = 4 * worker_connections
resource.setrlimit(
    resource.RLIMIT_NOFILE, (max(_soft, _wanted if _hard == resource.RLIM_INFINITY else min(_wanted, _hard)), _hard)
)

_FOLDER, _PREFIX = "PROMETHEUS_MULTIPROC_DIR", "dear-mp-metrics-"
if _settings.metrics_token.get_secret_value() and _FOLDER not in os.environ:
    # The folder in which processes add up their metrics. The name must be set before the app loads, and only once,
    # although this file is read again at each reload.
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix=_PREFIX)


def on_exit(server: Arbiter) -> None:  # noqa: ARG001
    """Delete our folder of metrics when the server ends."""
    folder = Path(os.environ.get(_FOLDER, ""))
    if folder.name.startswith(_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def when_ready(server: Arbiter) -> None:  # noqa: ARG001
    """Load pages and campaigns once the address is bound, before web processes are forked."""
    import wsgi  # noqa: PLC0415

    wsgi.get_ready()
    logging.getLogger("gunicorn.error").info("Dear MP is at http://localhost:%d", _settings.port)


def post_worker_init(worker: Worker) -> None:  # noqa: ARG001
    """Start the PDF processes of a web process."""
    import wsgi  # noqa: PLC0415

    wsgi.warm_up()


def child_exit(server: Arbiter, worker: Worker) -> None:  # noqa: ARG001
    """Remove the metrics of a web process that has ended."""
    if _settings.metrics_token.get_secret_value():
        from prometheus_client import multiprocess  # noqa: PLC0415

        multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
