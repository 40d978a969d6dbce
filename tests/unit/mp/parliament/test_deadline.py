"""A call comes to an end in time, whichever part of the answer the server sends a byte at a time."""

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from threading import Thread

import pytest
import requests

from app.mp.parliament.client import ParliamentClient, Silent
from app.mp.parliament.deadline import DeadlineAdapter, time_limit
from app.mp.postcode import Postcode
from tests.redis_server import until
from tests.stand_in import DRIPS, Fault, StandIn

CHORLEY = Postcode.parse("PR7 1DP")
SECONDS = 0.4
LONG = 15.0  # seconds; the stand-in drips for thirty


def client(stand_in: StandIn) -> ParliamentClient:
    return ParliamentClient(stand_in.url, call_seconds=SECONDS)


@pytest.mark.parametrize("part", DRIPS)
def test_a_call_ends_in_time_whatever_is_dripped(stand_in: StandIn, part: str) -> None:
    stand_in.fault = Fault(DRIPS[part])
    began = time.monotonic()
    with pytest.raises(Silent) as error:
        client(stand_in).find_seats(CHORLEY)
    assert time.monotonic() - began < LONG
    assert len(stand_in.calls) <= 1, "no second try, for which there is no time"
    assert "PR7" not in str(error.value)


@pytest.mark.parametrize("part", ["size of a chunk", "trailers", "headers"])
def test_so_does_a_call_over_a_connection_that_is_used_again(stand_in: StandIn, part: str) -> None:
    asking = ParliamentClient(stand_in.url, call_seconds=20)
    assert asking.find_seats(CHORLEY)
    stand_in.fault, asking._call_seconds = Fault(DRIPS[part]), SECONDS
    began = time.monotonic()
    with pytest.raises(Silent):
        asking.find_seats(CHORLEY)
    assert time.monotonic() - began < LONG


def test_after_it_the_next_call_has_all_its_time(stand_in: StandIn) -> None:
    asking = client(stand_in)
    for _ in range(2):
        stand_in.fault = Fault(DRIPS["size of a chunk"])
        with pytest.raises(Silent):
            asking.find_seats(CHORLEY)
        stand_in.fault = Fault()
        asking._call_seconds = 20
        assert asking.find_seats(CHORLEY)
        asking._call_seconds = SECONDS


def test_a_call_in_time_leaves_its_connection_to_the_next() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with time_limit(1.0) as limit:
            limit.watch(ours)
        time.sleep(1.2)
        theirs.sendall(b"x")
        assert ours.recv(1) == b"x"
        assert not limit.has_passed


def test_a_connection_made_after_the_end_is_shut_down_at_once() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, time_limit(0.0) as limit:
        until(lambda: limit.has_passed)
        limit.watch(ours)
        assert theirs.recv(1) == b""


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Accepts connections, and drips bytes before any handshake is done."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(LONG)

        def serve() -> None:
            connection, _ = listening.accept()
            with closing(connection):
                end = time.monotonic() + LONG
                try:
                    connection.sendall(b"\x16\x03\x03\x40\x00")  # a TLS record of 16,384 bytes
                    while time.monotonic() < end:
                        connection.sendall(b"\x02")
                        time.sleep(0.05)
                except OSError:
                    return

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(2 * LONG)
        assert not thread.is_alive()


def test_the_handshake_of_https_is_within_the_limit(silent_server: int) -> None:
    began = time.monotonic()
    with pytest.raises(Silent):
        ParliamentClient(f"https://127.0.0.1:{silent_server}", call_seconds=SECONDS).find_seats(CHORLEY)
    assert time.monotonic() - began < LONG / 2


def test_a_call_through_a_proxy_is_within_the_limit(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in.fault = Fault(DRIPS["headers"])
    monkeypatch.setenv("http_proxy", stand_in.url)
    monkeypatch.setenv("no_proxy", "")
    began = time.monotonic()
    with pytest.raises(Silent):
        ParliamentClient("http://members-api.example", call_seconds=SECONDS).find_seats(CHORLEY)
    assert time.monotonic() - began < LONG
    assert stand_in.calls


def test_no_connection_is_made_when_the_time_is_over(stand_in: StandIn) -> None:
    session = requests.Session()
    session.mount("http://", DeadlineAdapter())
    with time_limit(0.0), pytest.raises(requests.ConnectTimeout):
        session.get(stand_in.url, timeout=(5, 5))
    assert stand_in.calls == []
