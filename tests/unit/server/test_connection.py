"""A connection, without a main loop: what it reads, sends and closes, one step after another."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from app.server.capacity import BYTES_SENT_AT_ONCE, LONGEST_BODY
from app.server.connection import Connection, ConnectionState
from app.server.listener import adjustments
from app.server.reaper import Process
from app.server.waiting import seconds_waited

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LONG = 10_000_000
App = Callable[..., list[bytes]]


def answering(body: bytes) -> App:
    def app(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]

    return app


def failing(environ: "WSGIEnvironment", start_response: "StartResponse") -> list[bytes]:
    raise OSError("SW1A 1AA")


HELLO = answering(b"hello")


@dataclass
class Wire:
    """A connection, the client's end of it, and how often a thread was asked for."""

    app: App
    process: Process = field(default_factory=Process)
    tasks: list[Connection] = field(default_factory=list)
    ends: list[bool] = field(default_factory=list)
    """One for each costly request that was answered."""

    def __post_init__(self) -> None:
        own, self.client = socket.socketpair()
        self.client.settimeout(20)
        adj = adjustments(threads=1, backlog=1)
        self.listener: Any = SimpleNamespace(
            adj=adj,
            application=self.app,
            process=self.process,
            active_channels={},
            add_task=self.tasks.append,
            task_dispatcher=SimpleNamespace(note_end_of_costly=lambda: self.ends.append(True)),
            pull_trigger=lambda: None,
            effective_port=80,
            server_name="localhost",
        )
        self.connection = Connection(self.listener, own, ("192.0.2.1", 1), adj, map={})

    def arrive(self, data: bytes) -> None:
        self.client.sendall(data)
        while self.connection.readable():
            try:
                self.connection.socket.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)  # type: ignore[union-attr]
            except BlockingIOError:
                return
            self.connection.handle_read_event()

    def answer(self) -> None:
        self.tasks.pop(0).service()

    def receive(self) -> bytes:
        """Read all that can be had, while the main loop sends."""
        received = b""
        self.client.setblocking(False)
        while True:
            if self.connection.connected and self.connection.writable():
                self.connection.handle_write_event()
            try:
                piece = self.client.recv(1 << 20)
            except BlockingIOError:
                if not self.connection.total_outbufs_len:
                    return received
                continue
            if not piece:
                return received
            received += piece


@pytest.fixture
def wire() -> Iterator[Callable[..., Wire]]:
    wires: list[Wire] = []

    def make(app: App = HELLO, **details: Any) -> Wire:
        wires.append(Wire(app, **details))
        return wires[-1]

    yield make
    for each in wires:
        each.connection.handle_close()
        each.client.close()


Make = Callable[..., Wire]


def test_a_request_goes_to_a_thread_when_all_of_it_has_arrived(wire: Make) -> None:
    one = wire()
    one.arrive(GET[:-1])
    assert (one.connection.state, one.tasks) == (ConnectionState.ARRIVING, [])
    one.arrive(GET[-1:])
    assert (one.connection.state, one.tasks) == (ConnectionState.ANSWERING, [one.connection])
    assert not one.connection.readable()
    one.answer()
    assert one.receive().endswith(b"\r\n\r\nhello")
    assert (one.connection.state, one.connection.bytes_held) == (ConnectionState.IDLE, 0)
    assert seconds_waited.get() > 0


def test_a_thread_does_not_wait_for_a_client_that_does_not_read(wire: Make) -> None:
    one = wire(answering(b"x" * LONG))
    one.arrive(GET)
    one.answer()
    assert one.connection.state is ConnectionState.LEAVING
    assert one.connection.bytes_held > LONG / 2


def test_memory_is_given_back_as_a_client_reads(wire: Make) -> None:
    one = wire(answering(b"x" * LONG))
    one.arrive(GET)
    one.answer()
    before = len(one.connection.outbufs)
    assert one.client.recv(LONG // 100)
    one.connection.handle_write_event()
    assert len(one.connection.outbufs) <= before
    assert all(len(buffer.getfile().getbuffer()) <= 2 * BYTES_SENT_AT_ONCE for buffer in one.connection.outbufs)
    assert len(one.receive()) > LONG / 2
    (buffer,) = one.connection.outbufs
    assert len(buffer.getfile().getbuffer()) == 0


def test_the_next_answer_is_made_when_the_one_before_it_has_been_sent(wire: Make) -> None:
    one = wire(answering(b"x" * LONG))
    one.arrive(GET * 3)
    for _ in range(3):
        assert len(one.tasks) == 1
        one.answer()
        assert not one.tasks
        one.receive()
    assert one.connection.state is ConnectionState.IDLE
    assert len(one.ends) == 2, "all but the first leave threads free for others"


def test_an_answer_that_came_before_the_rest_of_a_request_is_read(wire: Make) -> None:
    one = wire()
    one.arrive(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\nabc" % (LONGEST_BODY + 1))
    one.answer()
    answer = one.receive()
    assert answer.endswith(b"hello")
    assert b"Connection: close" in answer
    assert one.connection.state is ConnectionState.PARTING
    one.arrive(b"x" * 100_000)
    assert one.connection.connected
    one.client.close()
    one.connection.handle_read_event()
    assert not one.connection.connected


@pytest.mark.parametrize("process", [Process(is_stopping=True), Process(is_crowded=True)])
def test_a_connection_closes_after_its_answer_in_a_process_that_stops_or_is_crowded(
    wire: Make, process: Process
) -> None:
    one = wire(process=process)
    one.arrive(GET)
    one.answer()
    assert b"Connection: close" in one.receive()
    assert not one.connection.connected


@pytest.mark.parametrize("header", [b"", b"Expect: 100-continue\r\n"])
def test_a_client_is_told_to_continue_once_and_in_its_turn(wire: Make, header: bytes) -> None:
    one = wire()
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n" + header + b"\r\n"
    one.arrive(GET + head)
    assert one.connection.total_outbufs_len == 0
    one.answer()
    assert one.receive().count(b"100 Continue") == bool(header)
    one.arrive(b"abc")
    one.answer()
    assert b"100 Continue" not in one.receive()


def test_an_error_of_the_app_is_answered_and_logged_without_the_client(
    wire: Make, caplog: pytest.LogCaptureFixture
) -> None:
    one = wire(failing)
    one.arrive(GET)
    one.answer()
    answer = one.receive()
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"SW1A" not in answer
    assert [record.getMessage() for record in caplog.records] == ["A request failed"]
    assert "192.0.2" not in repr(one.connection)


def test_an_error_in_the_main_loop_closes_one_connection_and_names_nobody(
    wire: Make, caplog: pytest.LogCaptureFixture
) -> None:
    one = wire()
    try:
        int("SW1A 1AA")
    except ValueError:
        one.connection.handle_error()
    assert not one.connection.connected
    assert [record.getMessage() for record in caplog.records] == ["A connection failed"]


def test_no_more_of_a_body_is_read_while_too_much_is_held(wire: Make) -> None:
    one = wire()
    one.arrive(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")
    one.process.is_full = True
    assert not one.connection.readable()
    one.process.is_full = False
    assert one.connection.readable()


def test_a_client_that_goes_while_it_is_answered_disturbs_nobody(wire: Make) -> None:
    one = wire(answering(b"x" * LONG))
    one.arrive(GET * 2)
    one.client.close()
    one.answer()
    assert one.connection.writable()
    one.connection.handle_write_event()
    assert not one.connection.connected
    assert not one.tasks
