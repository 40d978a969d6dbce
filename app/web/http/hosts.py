"""The host names of the site. Its links begin with the name in the request, so wrong names are refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from typing import TYPE_CHECKING

from flask import Flask, abort, request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_NAME = 253  # characters of a name in DNS; longer ones would not fit into a QR code either
_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_WRONG_HOST = "dear_mp.wrong_host"
_HOST = re.compile(r"(?P<name>[a-z0-9._-]+|\[(?P<address>[0-9a-f:.]+)\])(?::(?P<port>[1-9][0-9]{0,4}))?", re.ASCII)
# Names of sites have no underscores, but names of containers do.
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_PUNYCODE = "xn--"


@dataclass(frozen=True, slots=True)
class HostCheck:
    """Middleware that replaces a wrong host name, so that no code fails on it and no page repeats it."""

    app: WSGIApplication
    names: tuple[str, ...]
    """The site's names; if empty, any name is right."""

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST")
        if host is not None and not self._is_ours(parse_host(host)):
            environ |= {"HTTP_HOST": _LOCAL[0], _WRONG_HOST: True}
        return self.app(environ, start_response)

    def _is_ours(self, name: str) -> bool:
        return bool(name) and (not self.names or any(_matches(own, name) for own in self.names))


def init_app(app: Flask, names: Iterable[str]) -> None:
    """Answer to these names and to the machine's own; if there are none, to any valid name."""
    own = tuple(name.lower() for name in names)
    app.wsgi_app = HostCheck(app.wsgi_app, (*own, *_LOCAL) if own else ())  # type: ignore[method-assign]
    app.before_request(_refuse_wrong_host)


def parse_host(host: str) -> str:
    """Return the name or address in a ``Host`` header, in lower case and without the port; empty if it is invalid."""
    found = _HOST.fullmatch(host.lower())
    if not found or int(found["port"] or 1) > 65_535:
        return ""
    is_valid = _is_address(found["address"]) if found["address"] else _is_name(found["name"])
    return found["name"] if is_valid else ""


def _is_address(text: str) -> bool:
    try:
        IPv6Address(text)
    except ValueError:
        return False
    return True


def _is_name(text: str) -> bool:
    labels = text.removesuffix(".").split(".")
    return len(text) <= LONGEST_NAME and all(_LABEL.fullmatch(label) and _is_decodable(label) for label in labels)


def _is_decodable(label: str) -> bool:
    """Return whether a label in another alphabet can be decoded, since Flask will decode it."""
    if not label.startswith(_PUNYCODE):
        return True
    try:
        label.encode("ascii").decode("idna")
    except UnicodeError:
        return False
    return True


def _matches(own: str, name: str) -> bool:
    """Return whether a name is one of the site's: ``.example.org`` is that name and all its subdomains."""
    return name == own.removeprefix(".") or (own.startswith(".") and name.endswith(own))


def _refuse_wrong_host() -> None:
    if _WRONG_HOST in request.environ:
        abort(400)
