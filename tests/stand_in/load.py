"""How many requests the stand-in has in hand."""

import threading


class Load:
    """Counts the requests being answered, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now = 0
        self.most = 0
        """The most there were at the same moment."""

    def begin(self) -> None:
        """A request has come in."""
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)

    def end(self) -> None:
        """A request is answered; to be told before the client can know, whose next one would count beside it."""
        with self._lock:
            self._now -= 1
