"""How long the request in hand waited for a thread: what tells that a process has more to do than it can."""

from contextvars import ContextVar

seconds_waited: ContextVar[float] = ContextVar("seconds_waited", default=0.0)
"""Since all of the request was there; 0 where the server does not tell."""
