"""Gives requests to threads."""

from collections import deque
from typing import TYPE_CHECKING, Any

from waitress.task import ThreadedTaskDispatcher

from app.server.capacity import MOST_COSTLY_AT_ONCE

if TYPE_CHECKING:
    from app.server.answering import AnsweringChannel


class Dispatcher(ThreadedTaskDispatcher):
    """Gives costly requests to a few threads only, so that the others are free for everybody else."""

    queue: deque[Any]

    def __init__(self) -> None:
        super().__init__()
        self._costly: deque[AnsweringChannel] = deque()
        """Costly requests that wait until another one is done."""
        self._costly_in_hand = 0

    def add_task(self, task: "AnsweringChannel") -> None:  # type: ignore[override]  # it has a task's methods
        """Have a thread answer the first request of a connection."""
        with self.lock:
            if task.is_costly:
                self._costly.append(task)
                self._admit_costly()
            else:
                self._admit(task)

    def note_end_of_costly(self) -> None:
        """Let the next costly request go to a thread."""
        with self.lock:
            self._costly_in_hand -= 1
            self._admit_costly()

    def _admit_costly(self) -> None:
        while self._costly and self._costly_in_hand < MOST_COSTLY_AT_ONCE:
            self._costly_in_hand += 1
            self._admit(self._costly.popleft())

    def _admit(self, task: "AnsweringChannel") -> None:
        self.queue.append(task)
        self.queue_cv.notify()
