"""Who a client is, for counting and no more: a mark that tells one from another and names nobody."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request

from app.web.services import services

_NETWORK_OF_ONE = 64  # bits: whoever has one IPv6 address has all that begin alike


def client() -> str:
    """The mark of whoever asks: a keyed hash of the address, so that no store holds the address itself."""
    return services().private(f"client {network_of(request.remote_addr or '')}")


def network_of(address: str) -> str:
    """An IPv4 address as it is; of an IPv6 one the network that one customer has. Anything else counts as one."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, IPv6Address):
        if not found.ipv4_mapped:
            return str(ip_network((int(found), _NETWORK_OF_ONE), strict=False))
        found = found.ipv4_mapped
    return str(found)
