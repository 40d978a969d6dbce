"""The app as ``make run`` serves it: slow clients, a rush, a reload, a process that dies."""

import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import psutil
import pytest
import requests

from tests.conftest import WRITER
from tests.redis_server import until
from tests.served import Served, served

pytestmark = pytest.mark.system

PATIENCE = 60.0
"""Seconds that a test waits for what should come at once, on a busy machine."""
SLOW_CLIENTS = 150
"""Many more than there are threads, in all processes together."""


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    with served() as site:
        yield site


def connect(site: Served) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", site.port), timeout=PATIENCE)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return connection


def answer(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def request(path: str, body: bytes = b"", *headers: str) -> bytes:
    method = "POST" if body else "GET"
    own = (f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", *headers)
    return "\r\n".join((*own, "", "")).encode() + body


FORM = "Content-Type: application/x-www-form-urlencoded"
BODY = b"postcode=SW1A+1AA&name=" + b"a" * 2_000
SLOW = {
    "nothing": b"",
    "half a request line": b"GET /c/uygh",
    "headers without an end": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
    "half of a body": request("/c/uyghurs/write", BODY, FORM)[:-1_000],
    "a chunk and no end": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
}


@pytest.mark.parametrize("beginning", SLOW.values(), ids=SLOW)
def test_clients_that_do_not_go_on_keep_nobody_waiting(site: Served, beginning: bytes) -> None:
    with ExitStack() as slow:
        for _ in range(SLOW_CLIENTS):
            slow.enter_context(connect(site)).sendall(beginning)
        come_and_go(site)


def come_and_go(site: Served) -> None:
    """Twenty visitors, one after the other. One who is told to come again in a moment does."""
    seen = 0
    until(lambda: requests.get(f"{site.url}/c/uyghurs", timeout=PATIENCE).status_code == 200)
    while seen < 20:
        answered = requests.post(f"{site.url}/c/uyghurs/write", data=WRITER, timeout=PATIENCE).status_code
        assert answered in (200, 503)
        seen += answered == 200


def test_clients_that_do_not_read_keep_nobody_waiting(site: Served) -> None:
    with ExitStack() as slow:
        for _ in range(SLOW_CLIENTS):
            slow.enter_context(connect(site)).sendall(request("/static/style.css") * 3)
        come_and_go(site)


def test_a_client_that_has_its_answer_and_stays_keeps_nobody_waiting(site: Served) -> None:
    with ExitStack() as slow:
        for _ in range(SLOW_CLIENTS):
            slow.enter_context(connect(site)).sendall(request("/privacy", b"", "Connection: close"))
        come_and_go(site)


def test_a_request_in_small_pieces_is_answered(site: Served) -> None:
    whole = request("/c/uyghurs/write", b"postcode=SW1A+1AA", FORM, "Connection: close")
    with connect(site) as connection:
        for n in range(0, len(whole), 40):
            connection.sendall(whole[n : n + 40])
            time.sleep(0.01)
        assert b"Write to Rachel Blake" in answer(connection)


def test_a_request_in_chunks_is_answered(site: Served) -> None:
    head = request("/c/uyghurs/write", b"", FORM, "Connection: close", "Transfer-Encoding: chunked")
    head = head.replace(b"GET", b"POST").replace(b"Content-Length: 0\r\n", b"")
    with connect(site) as connection:
        connection.sendall(head + b"9\r\npostcode=\r\n")
        connection.sendall(b"8\r\nSW1A 1AA\r\n0\r\n\r\n")
        assert b"Write to Rachel Blake" in answer(connection)


def test_requests_one_behind_the_other_are_answered_in_turn(site: Served) -> None:
    first, last = request("/readyz"), request("/nowhere", b"", "Connection: close")
    with connect(site) as connection:
        connection.sendall(first * 2 + last[:20])
        time.sleep(0.2)
        connection.sendall(last[20:])
        answers = answer(connection)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answers) == [b"200", b"200", b"404"]


def test_a_client_that_asks_first_is_told_to_go_on(site: Served) -> None:
    whole = request("/c/uyghurs/write", b"postcode=SW1A+1AA", FORM, "Connection: close", "Expect: 100-continue")
    head, _, body = whole.partition(b"\r\n\r\n")
    with connect(site) as connection:
        connection.sendall(head + b"\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 100 Continue")
        connection.sendall(body)
        assert b"Write to Rachel Blake" in answer(connection)


@pytest.mark.parametrize("length", [300_000, 5_000_000, 10**15])
def test_what_is_too_long_is_refused_and_the_answer_arrives(site: Served, length: int) -> None:
    head = request("/c/uyghurs/letter", b"x", FORM).replace(
        b"Content-Length: 1\r\n", f"Content-Length: {length}\r\n".encode()
    )
    with connect(site) as connection:
        connection.sendall(head)
        if length < 10**6:
            connection.sendall(b"x" * length)
        received = connection.recv(65_536)
        assert received.startswith(b"HTTP/1.1 413")


def test_a_head_without_an_end_is_refused(site: Served) -> None:
    with connect(site) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + b"X: 1\r\n" * 8_000)
        assert connection.recv(1_000).startswith(b"HTTP/1.1 431")


@pytest.mark.parametrize("sent", [request("/"), b"nothing\r\n\r\n"], ids=["a page", "a refusal"])
def test_an_answer_does_not_say_what_serves_it(site: Served, sent: bytes) -> None:
    with connect(site) as connection:
        connection.sendall(sent)
        head = connection.recv(65_536).partition(b"\r\n\r\n")[0].lower()
    assert b"\r\ndate: " in head
    for told in (b"\r\nserver:", b"waitress", b"gunicorn"):
        assert told not in head


def test_a_process_that_comes_later_knows_what_was_sound(tmp_path: Path) -> None:
    """A campaign that broke before the first visitor came goes on as it was when the site was started."""
    campaign = tmp_path / "bees.md"
    campaign.write_text("---\ntitle: Bees\nsubject: Bees\n---\nWill you help them?\n")
    with served(CAMPAIGNS_DIR=str(tmp_path), WEB_CONCURRENCY="1") as site:
        (worker,) = site.workers()
        campaign.write_text("broken")
        worker.kill()
        until(lambda: [other.pid for other in site.workers()] not in ([], [worker.pid]))
        until(site.answers)
        page = requests.get(f"{site.url}/c/bees", timeout=30)
        health = requests.get(f"{site.url}/healthz", timeout=30).json()
    assert "<h1>Bees</h1>" in page.text
    assert "Visitors see the version before it." in health["problems"][0]


def reload(site: Served) -> None:
    gone = {worker.pid for worker in site.workers()}
    site.process.send_signal(signal.SIGHUP)
    until(lambda: not gone & {worker.pid for worker in site.workers()})


def test_a_reload_renews_every_process_and_drops_no_request() -> None:
    with served() as site, ThreadPoolExecutor(2) as visitors:
        before = {worker.pid for worker in site.workers()}
        stop, number = threading.Event(), count()

        def come() -> list[int]:
            seen = []
            with requests.Session() as session:
                while not stop.is_set():
                    client = session if next(number) % 2 else requests  # on a kept connection, and on a new one
                    seen.append(client.post(f"{site.url}/c/uyghurs/letter", data=WRITER, timeout=PATIENCE).status_code)
            return seen

        coming = [visitors.submit(come) for _ in range(2)]
        for _ in range(2):
            reload(site)
        stop.set()
        statuses = [status for visits in coming for status in visits.result()]
        after = {worker.pid for worker in site.workers()}
    assert not before & after
    assert set(statuses) <= {200, 503}
    assert statuses.count(200) > 20


def refuses(site: Served) -> bool:
    try:
        connect(site).close()
    except ConnectionRefusedError:
        return True
    return False


def test_who_waits_at_a_stop_is_answered_and_who_comes_later_may_go_elsewhere() -> None:
    slow = request("/c/uyghurs/write", b"postcode=SW1A+1AA", FORM, "Connection: close")
    with served(WEB_CONCURRENCY="1") as site, ExitStack() as open_until_then:
        last = open_until_then.enter_context(connect(site))
        last.sendall(slow[:-5])
        (worker,) = site.workers()
        worker.suspend()
        waiting = [open_until_then.enter_context(connect(site)) for _ in range(20)]
        for connection in waiting:
            connection.sendall(slow)
        site.process.terminate()
        worker.resume()
        assert [b"Write to Rachel Blake" in answer(connection) for connection in waiting] == [True] * 20
        until(lambda: refuses(site))
        last.sendall(slow[-5:])
        assert b"Write to Rachel Blake" in answer(last)


def test_processes_that_have_answered_enough_are_renewed_and_drop_no_request() -> None:
    with served(GUNICORN_CMD_ARGS="--max-requests 30 --max-requests-jitter 10") as site, requests.Session() as session:
        before = {worker.pid for worker in site.workers()}
        for number in range(200):
            client = session if number % 2 else requests  # on a kept connection, and on a new one
            assert client.get(f"{site.url}/readyz", timeout=PATIENCE).status_code == 200
        until(lambda: not before & {worker.pid for worker in site.workers()})


def test_a_process_that_hangs_is_replaced() -> None:
    with served(GUNICORN_CMD_ARGS="--timeout 1", WEB_CONCURRENCY="1") as site:
        (worker,) = site.workers()
        worker.suspend()
        until(lambda: worker.pid not in {other.pid for other in site.workers()})
        until(site.answers)


def test_processes_end_when_gunicorn_has_gone() -> None:
    with served() as site:
        workers = site.workers()
        site.process.kill()
        site.process.wait()
        gone, alive = psutil.wait_procs(workers, PATIENCE)
        assert not alive
        assert len(gone) == len(workers)
