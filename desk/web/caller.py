"""The caller: where a request came from, as tries are counted by."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request

#: Of an IPv6 address, so many bits say whose line it is; the rest the caller chooses.
_LINE = 64


def caller_of(request: Request) -> str:
    """Return where a request came from; where a proxy on this machine hands it on, what that proxy says.

    A proxy writes what it saw last, in a line of its own or at the end of the one that came: all before it is the
    caller's to choose.
    """
    peer = request.client.host if request.client else ""
    handed_on = ",".join(request.headers.getlist("x-forwarded-for")).rpartition(",")[2].strip()
    return _line_of(handed_on if handed_on and _is_here(peer) else peer)


def _line_of(address: str) -> str:
    """Return one name for all the addresses of a caller's line: an IPv4 address, or the network of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found.packed, _LINE), strict=False))


def _is_here(peer: str) -> bool:
    try:
        return ip_address(peer).is_loopback
    except ValueError:
        return False
