"""No thread of the app ever waits for a client, whatever clients do: only the main loop reads from them."""

from typing import Any

import pytest
import requests

from benchmarks.attacks import probes
from benchmarks.attacks.attackers import Address, attacking
from benchmarks.attacks.kinds import KINDS
from benchmarks.attacks.probes import probe
from tests.conftest import WRITER
from tests.served import Served, served

pytestmark = pytest.mark.system

PATIENCE = 60.0


def recorded(site: Served, path: str = "/recorded") -> dict[str, Any]:
    found: dict[str, Any] = requests.get(site.url + path, timeout=PATIENCE).json()
    return found


def visit(site: Served) -> None:
    """Write a letter, and have it made into a PDF."""
    for path in ("write", "letter", "letter.pdf"):
        answer = requests.post(f"{site.url}/c/uyghurs/{path}", data=WRITER, timeout=PATIENCE)
        assert answer.status_code in (200, 503), path


def test_no_thread_waits_for_a_client(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "PATIENCE", PATIENCE)
    with served("tests.security.recording:app", WEB_CONCURRENCY="1") as site:
        with attacking(Address(site.port), list(KINDS), 30):
            visit(site)
            assert probe(Address(site.port), seconds=6).failures == []
            visit(site)
        seen = recorded(site)
        assert (seen["waits"], seen["reads"]) == ([], [])
        assert seen["sent"] > 20

        seen = recorded(site, "/wait")
        assert seen["waits"] == ["accept", "connect", "poll", "recv", "select", "selector", "sendall"]
        assert seen["reads"] == ["recv"]
