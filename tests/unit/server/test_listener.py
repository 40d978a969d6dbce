"""When an address has room for another connection."""

import socket
from collections.abc import Iterator
from typing import Any, cast

import pytest

from app.server.capacity import MOST_QUEUED
from app.server.dispatcher import Dispatcher
from app.server.listener import Listener, adjustments
from app.server.reaper import Process

MOST = 3


@pytest.fixture
def listener() -> Iterator[Listener]:
    own = socket.create_server(("127.0.0.1", 0))
    listener = Listener(cast("Any", None), {}, own, Dispatcher(), adjustments(1, 1), Process(), MOST)
    yield listener
    listener.close()


@pytest.mark.parametrize(
    ("connections", "queued", "is_room"),
    [(MOST - 1, MOST_QUEUED - 1, True), (MOST, 0, False), (0, MOST_QUEUED, False)],
)
def test_there_is_room_below_both_limits_only(listener: Listener, connections: int, queued: int, is_room: bool) -> None:
    listener.active_channels.update(dict.fromkeys(range(connections), cast("Any", None)))
    listener.task_dispatcher.queue.extend(range(queued))
    assert listener.readable() is is_room
    listener.active_channels.clear()
