"""HTTP connections that hang up on a server that never finishes its headers.

The time limits of ``requests`` begin anew with every byte: headers that come drop by drop could hold a call for ever.
"""

import socket
from contextlib import suppress
from threading import Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

SECONDS_TO_HEADERS = 10.0


class _Prompt(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's own differs likewise
        timer = Timer(SECONDS_TO_HEADERS, _hang_up, [self.sock])
        timer.daemon = True
        timer.start()
        try:
            return super().getresponse()
        finally:
            timer.cancel()


class _PromptSecure(HTTPSConnection, _Prompt):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Prompt


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _PromptSecure


class PromptAdapter(HTTPAdapter):
    """For a session to use."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Called by ``requests`` as it makes the adapter."""
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}


def _hang_up(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
