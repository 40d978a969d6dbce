"""The names that the site answers to: links in its pages begin with the name it was asked by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from flask import Flask, abort, request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_NAME = 253  # characters of a name that can be looked up; what is longer fits no QR code either
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_WRONG = "dear_mp.wrong_host"
_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[(?P<address>[0-9a-f:.]+)\])(?::(?P<port>[1-9][0-9]{0,4}))?", re.ASCII)
# Underscores are in no name of a site, but in those of containers.
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_FOREIGN = "xn--"


@dataclass(frozen=True, slots=True)
class OwnNames:
    """Takes a wrong name out of a request: nothing trips over it, and the page that refuses it cannot repeat it."""

    app: WSGIApplication
    names: tuple[str, ...]
    """The names to answer to; any, if there are none."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        host = environ.get("HTTP_HOST")
        if host is not None and not self._is_ours(name_in(host)):
            environ |= {"HTTP_HOST": _LOCAL[0], _WRONG: True}
        return self.app(environ, start_response)

    def _is_ours(self, name: str) -> bool:
        return bool(name) and (not self.names or any(_is_under(own, name) for own in self.names))


def init_app(app: Flask, names: Iterable[str]) -> None:
    """Answer to these names and to the machine's own; to any that is a name, if there are none."""
    own = tuple(name.lower() for name in names)
    app.wsgi_app = OwnNames(app.wsgi_app, (*own, *_LOCAL) if own else ())  # type: ignore[method-assign]
    app.before_request(_refuse)


def name_in(host: str) -> str:
    """The name or address in a ``Host`` header, in small letters and without its port; empty where there is none."""
    found = _HOST.fullmatch(host.lower())
    if not found or int(found["port"] or 1) > 65_535:
        return ""
    is_right = _is_address(found["address"]) if found["address"] else _is_name(found["name"])
    return found["name"] if is_right else ""


def _is_address(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _is_name(text: str) -> bool:
    labels = text.removesuffix(".").split(".")
    return len(text) <= LONGEST_NAME and all(_LABEL.fullmatch(label) and _can_be_read(label) for label in labels)


def _can_be_read(label: str) -> bool:
    """Tell if a label in the alphabet of another language is right, as Flask will have to read it."""
    if not label.startswith(_FOREIGN):
        return True
    try:
        label.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return True


def _is_under(own: str, name: str) -> bool:
    """Tell if a name is one of the site's: ``.example.org`` is that name and all that end with it."""
    return name == own.removeprefix(".") or (own.startswith(".") and name.endswith(own))


def _refuse() -> None:
    if _WRONG in request.environ:
        abort(400)
