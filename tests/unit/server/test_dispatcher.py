"""Threads: costly requests leave some of them free."""

import threading
from dataclasses import dataclass, field
from typing import Any

import pytest

from app.server.capacity import MOST_COSTLY_AT_ONCE
from app.server.dispatcher import Dispatcher

PATIENCE = 20.0


@dataclass
class FakeConnection:
    """Takes as long to answer as it is told to."""

    dispatcher: Dispatcher
    is_costly: bool
    began: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def service(self) -> None:
        self.began.set()
        self.may_end.wait(PATIENCE)
        if self.is_costly:
            self.dispatcher.note_end_of_costly()


def test_costly_requests_leave_threads_free_and_are_all_answered(caplog: pytest.LogCaptureFixture) -> None:
    dispatcher = Dispatcher()
    dispatcher.set_thread_count(MOST_COSTLY_AT_ONCE + 1)
    costly: list[Any] = [FakeConnection(dispatcher, is_costly=True) for _ in range(3 * MOST_COSTLY_AT_ONCE)]
    quick: Any = FakeConnection(dispatcher, is_costly=False)
    for each in (*costly, quick):
        dispatcher.add_task(each)
    assert quick.began.wait(PATIENCE)
    assert sum(each.began.is_set() for each in costly) <= MOST_COSTLY_AT_ONCE
    for each in (*costly, quick):
        each.may_end.set()
    assert all(each.began.wait(PATIENCE) for each in costly)
    dispatcher.shutdown(timeout=1)
    assert not caplog.records
