"""The names that the site answers to: links in its pages begin with the name it was asked by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Flask, abort, request
from werkzeug.sansio.utils import host_is_trusted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_WRONG = "dear_mp.wrong_host"


@dataclass(frozen=True, slots=True)
class OwnNames:
    """Takes another name out of a request, so that not even the page that refuses it can repeat it."""

    app: WSGIApplication
    names: tuple[str, ...]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not host_is_trusted(environ.get("HTTP_HOST", "").lower(), self.names):
            environ |= {"HTTP_HOST": _LOCAL[0], _WRONG: True}
        return self.app(environ, start_response)


def init_app(app: Flask, names: Iterable[str]) -> None:
    """Answer to these names and to the machine's own; to any, if there are none."""
    own = tuple(names)
    if own:
        app.wsgi_app = OwnNames(app.wsgi_app, (*own, *_LOCAL))  # type: ignore[method-assign]
        app.before_request(_refuse)


def _refuse() -> None:
    if _WRONG in request.environ:
        abort(400)
