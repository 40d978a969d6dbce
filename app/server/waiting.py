"""The time that a request waited for a thread, which tells pages that the process is overloaded.

A module of its own, because ``app.server.answering`` would have pages import waitress.
"""

from contextvars import ContextVar

seconds_waited: ContextVar[float] = ContextVar("seconds_waited", default=0.0)
"""Seconds since the whole request had arrived; 0 with a server that does not measure it."""
