"""What somebody has set for themselves reaches no test, and no process that a test starts."""

import json
import os
import subprocess
import sys

import pytest

from config import ROOT, Settings
from tests.environment import FIXED, FORGOTTEN, forgotten

SEEN = "import json, os, tests.conftest, config; config.Settings(_env_file=None); print(json.dumps(dict(os.environ)))"


def test_this_run_sees_nothing_of_it() -> None:
    assert list(forgotten(os.environ)) == []
    assert os.environ | FIXED == os.environ


@pytest.mark.system
def test_whatever_is_set_the_tests_find_the_same() -> None:
    """Values that would stop a start."""
    names = [name.upper() for name in Settings.model_fields] + ["http_proxy", "LC_ALL", "FLASK_DEBUG"]
    run = subprocess.run(
        [sys.executable, "-c", SEEN],
        cwd=ROOT,
        env=os.environ | dict.fromkeys(names, "wrong") | {"TZ": "Pacific/Kiritimati", "LANG": "cy_GB", "MINE": "kept"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert {name.lower() for name in names} - FORGOTTEN == {"lc_all", "flask_debug"}
    assert list(forgotten(seen)) == []
    assert (seen["LANG"], seen["TZ"], seen["MINE"]) == ("C.UTF-8", "UTC", "kept")
