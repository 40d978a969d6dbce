"""The environment that tests run in: a developer's settings, language and proxies have no say in them.

Imported first, by ``tests.conftest``. The processes that tests start inherit what is left.
"""

import os
import time
from collections.abc import Iterable, Iterator

from hypothesis import HealthCheck, settings

from config import Settings

GUNICORN = ("GUNICORN_CMD_ARGS", "PROMETHEUS_MULTIPROC_DIR", "LISTEN_FDS", "LISTEN_PID", "NOTIFY_SOCKET")
"""What gunicorn and its configuration file read beside our settings."""
PYTHON = ("PYTHONDONTWRITEBYTECODE", "PYTHONOPTIMIZE", "PYTHONWARNINGS", "PYTHONASYNCIODEBUG", "PYTHONDEVMODE")
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
TERMINAL = ("COLUMNS", "LINES", "FORCE_COLOR", "NO_COLOR", "LANGUAGE")
FORGOTTEN = frozenset(
    name.lower() for name in (*Settings.model_fields, *GUNICORN, *PYTHON, *PROXIES, *TERMINAL)
)  # settings and proxies count in small letters too
PREFIXES = ("flask_", "lc_", "werkzeug_")
FIXED = {"LANG": "C.UTF-8", "TZ": "UTC"}


# A busy machine is slow, and no fault: pytest-timeout ends what hangs.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def forgotten(names: Iterable[str]) -> Iterator[str]:
    """The variables that no test may see."""
    return (name for name in names if name.lower() in FORGOTTEN or name.lower().startswith(PREFIXES))


def forget() -> None:
    """Leave an environment that is the same everywhere."""
    for name in list(forgotten(os.environ)):
        del os.environ[name]
    os.environ |= FIXED
    time.tzset()


forget()
