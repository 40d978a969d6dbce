"""Which connections are closed, and when."""

import time
from dataclasses import dataclass
from typing import cast

import pytest

from app.server.capacity import MOST_BYTES_HELD
from app.server.connection import Connection, ConnectionState
from app.server.reaper import Process, Reaper

MOST = 10
SECONDS_IDLE = 7.0


@dataclass
class FakeConnection:
    """Waits for the same for as long as it is told to."""

    state: ConnectionState = ConnectionState.IDLE
    seconds: float = 0.0
    bytes_held: int = 0
    waiting_since: float = 0.0
    connected: bool = True

    def look(self, now: float) -> tuple[ConnectionState, float]:
        return self.state, self.seconds

    def handle_close(self) -> None:
        self.connected = False


def open_after(connections: list[FakeConnection], process: Process | None = None) -> list[FakeConnection]:
    """Return the connections that a reaper leaves open."""

    def still_open() -> list[Connection]:
        return cast("list[Connection]", [each for each in connections if each.connected])

    Reaper(process or Process(), still_open, most_connections=MOST, seconds_idle=SECONDS_IDLE).reap()
    return cast("list[FakeConnection]", still_open())


@pytest.mark.parametrize(
    ("state", "running", "stopping"),
    [
        (ConnectionState.IDLE, SECONDS_IDLE, 2),
        (ConnectionState.ARRIVING, 30, 5),
        (ConnectionState.LEAVING, 60, 60),
        (ConnectionState.PARTING, 2, 2),
    ],
)
def test_a_client_has_so_much_time_in_all(state: ConnectionState, running: float, stopping: float) -> None:
    for process, seconds in ((Process(), running), (Process(is_stopping=True), stopping)):
        in_time, late = FakeConnection(state, seconds - 0.1), FakeConnection(state, seconds + 0.1)
        assert open_after([in_time, late], process) == [in_time]


def test_a_client_that_waits_for_an_answer_has_as_much_as_that_takes() -> None:
    waiting = FakeConnection(ConnectionState.ANSWERING, 1_000, bytes_held=2 * MOST_BYTES_HELD)
    assert open_after([waiting]) == [waiting]


def test_where_there_are_too_many_those_go_that_have_waited_longest() -> None:
    busy = [FakeConnection(ConnectionState.ANSWERING) for _ in range(4)]
    waiting = [FakeConnection(ConnectionState.ARRIVING, waiting_since=since) for since in range(10)]
    assert open_after([*waiting, *busy]) == [*waiting[4:], *busy]


def test_a_connection_that_was_just_made_is_not_closed_for_others() -> None:
    fresh = [FakeConnection(ConnectionState.IDLE, waiting_since=time.monotonic()) for _ in range(3 * MOST)]
    assert open_after(fresh) == fresh


def test_where_there_are_many_a_process_is_crowded() -> None:
    process = Process()
    open_after([FakeConnection() for _ in range(MOST // 2)], process)
    assert not process.is_crowded
    open_after([FakeConnection() for _ in range(MOST // 2 + 1)], process)
    assert process.is_crowded


def test_where_too_much_is_held_those_go_that_have_held_it_longest() -> None:
    idle = FakeConnection(ConnectionState.IDLE)
    holding = [
        FakeConnection(state, bytes_held=MOST_BYTES_HELD // 2, waiting_since=since)
        for since, state in enumerate(
            (ConnectionState.LEAVING, ConnectionState.ARRIVING, ConnectionState.LEAVING), start=1
        )
    ]
    process = Process()
    assert open_after([idle, *holding], process) == [idle, *holding[1:]]
    assert not process.is_full


def test_where_all_that_is_held_waits_for_answers_no_more_bodies_are_read() -> None:
    process = Process()
    answering = FakeConnection(ConnectionState.ANSWERING, bytes_held=MOST_BYTES_HELD + 1)
    arriving = FakeConnection(ConnectionState.ARRIVING, bytes_held=1)
    assert open_after([answering, arriving], process) == [answering]
    assert process.is_full
    answering.bytes_held = 0
    open_after([answering], process)
    assert not process.is_full
