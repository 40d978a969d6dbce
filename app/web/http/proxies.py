"""The client's address behind a proxy: only the site's own proxies are trusted to report it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


_WITH_PORT = re.compile(r"([\d.]+):\d{1,5}|\[([\da-fA-F:.]+)\](?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class BehindProxies:
    """Middleware that replaces the proxy's address and scheme with the client's."""

    app: WSGIApplication
    trusted: tuple[IPv4Network | IPv6Network, ...]

    @classmethod
    def from_networks(cls, app: WSGIApplication, networks: Iterable[str]) -> BehindProxies:
        """Trust the proxies in ``networks``, such as ``10.0.0.0/8`` or ``::1``."""
        return cls(app, tuple(map(ip_network, networks)))

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if self._is_trusted(environ.get("REMOTE_ADDR", "")):
            environ["REMOTE_ADDR"] = self._client(environ)
            if environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower() == "https":
                environ["wsgi.url_scheme"] = "https"
        return self.app(environ, start_response)

    def _client(self, environ: WSGIEnvironment) -> str:
        """Return the last address that is not a proxy of ours: each proxy adds its client's address at the end."""
        hops = [hop.strip() for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        client: str = environ["REMOTE_ADDR"]
        while hops and self._is_trusted(client):
            client = _without_port(hops.pop())
        return client

    def _is_trusted(self, address: str) -> bool:
        try:
            parsed = ip_address(address)
        except ValueError:
            return False
        parsed = getattr(parsed, "ipv4_mapped", None) or parsed
        return any(parsed in network for network in self.trusted)


def _without_port(hop: str) -> str:
    """Return the address of ``203.0.113.9:51234``, ``[2001:db8::1]:51234`` or ``[2001:db8::1]``.

    Some proxies add the port, which is another one for each connection. Anything else is returned unchanged.
    """
    found = _WITH_PORT.fullmatch(hop)
    return (found[1] or found[2]) if found else hop
