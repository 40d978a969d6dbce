"""Clients that try to hold all of a site, and visitors who come meanwhile: the app as ``make run`` serves it."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from benchmarks.attacks import probes
from benchmarks.attacks.attackers import Address, attacking
from benchmarks.attacks.kinds import KINDS
from benchmarks.attacks.probes import probe
from tests.redis_server import until
from tests.served import Served, served

pytestmark = pytest.mark.system

ATTACKERS = 90
"""More than there are threads, in all processes together."""


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have visitors wait for longer than people would, on a busy machine."""
    monkeypatch.setattr(probes, "PATIENCE", 60.0)


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with served(WEB_CONCURRENCY="2") as site:
        yield site


def check_visitors(site: Served, seconds: float = 1) -> None:
    """All get a page; and one at least the page they asked for, not the one that asks them to come again."""
    found = probe(Address(site.port), seconds)
    assert found.failures == []
    assert found.served


@pytest.mark.parametrize("kind", KINDS)
def test_visitors_are_answered_while_attackers_hold_on(site: Served, kind: str) -> None:
    with attacking(Address(site.port), [kind], ATTACKERS):
        check_visitors(site)


def test_more_connections_than_there_may_be_keep_nobody_out(site: Served) -> None:
    with attacking(Address(site.port), ["half a head", "bodies, a byte at a time"], 1_100):
        check_visitors(site)


def test_what_is_not_read_is_not_kept_in_memory(site: Served) -> None:
    """Each of 90 clients asks for an answer of megabytes, or for 1,700 pages, and reads none of it."""
    with attacking(Address(site.port), ["long answers not read", "1,700 requests in one go"], ATTACKERS):
        check_visitors(site, seconds=3)
        assert sum(worker.memory_info().rss for worker in site.workers()) < 800_000_000


def test_attackers_leave_nothing_behind(site: Served) -> None:
    """Their connections are closed, and nothing of theirs is in the log."""
    until(lambda: sum(len(connections(worker)) for worker in site.workers()) == 0, 90)
    _, _, log = site.log.partition("Dear MP is at")
    for text in ("Traceback", "Error", "failed", "127.0.0.1", "SW1A", "/c/"):
        assert text not in log


def connections(worker: psutil.Process) -> list[object]:
    return [each for each in worker.net_connections("tcp") if each.status != psutil.CONN_LISTEN]


def test_urgent_data_does_not_keep_the_main_loop_turning(site: Served) -> None:
    with socket.create_connection(("127.0.0.1", site.port), 60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n")
        connection.send(b"x", socket.MSG_OOB)
        with suppress(ConnectionResetError):
            assert connection.recv(1_000) == b""


def test_a_refused_request_is_answered_before_the_rest_has_come(site: Served) -> None:
    with socket.create_connection(("127.0.0.1", site.port), 60) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + b"x" * 256)
        connection.sendall(b"\n")
        assert connection.recv(1_000).startswith(b"HTTP/1.1 400 ")
