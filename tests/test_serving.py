"""The app as ``make run`` serves it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import requests

from config import ROOT


def test_a_process_that_comes_later_knows_what_was_sound(tmp_path: Path) -> None:
    """A campaign that broke before the first visitor came goes on as it was when the site was started."""
    campaign = tmp_path / "bees.md"
    campaign.write_text("---\ntitle: Bees\nsubject: Bees\n---\nWill you help them?\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PORT": str(port), "LOOKUP": "snapshot", "CAMPAIGNS_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "gunicorn", "wsgi:app"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        try:
            next(line for line in server.stderr if "Dear MP is at" in line)
            campaign.write_text("broken")
            page = requests.get(f"http://127.0.0.1:{port}/c/bees", timeout=30)
            health = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=30).json()
        finally:
            server.terminate()
            server.communicate(timeout=30)
    assert "<h1>Bees</h1>" in page.text
    assert "The version before it goes on serving." in health["problems"][0]
