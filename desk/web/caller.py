"""The caller: where a request came from, as tries are counted by."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network

from fastapi import Request

#: The names by which this machine calls itself.
LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
#: Of an IPv6 address, so many bits say whose line it is; the rest the caller chooses.
_LINE = 64
_HANDED_ON = "x-forwarded-for"
#: What proxies add to a request that they hand on, one this, another that.
ADDED_BY_PROXIES = (_HANDED_ON, "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "forwarded", "via")


def caller_of(request: Request) -> str:
    """Return where a request came from; where a proxy on this machine hands it on, what that proxy says.

    A proxy writes what it saw last, in a line of its own or at the end of the one that came: all before it is the
    caller's to choose.
    """
    peer = _peer_of(request)
    handed_on = ",".join(request.headers.getlist(_HANDED_ON)).rpartition(",")[2].strip()
    return _line_of(handed_on if handed_on and _is_here(peer) else peer)


def is_handed_on(request: Request) -> bool:
    """Tell whether a proxy on this machine hands a request on, and so may say more of it."""
    return _HANDED_ON in request.headers and _is_here(_peer_of(request))


def is_from_here(request: Request) -> bool:
    """Tell whether somebody on this machine asks, by a name of this machine, and no proxy hands the request on."""
    name = request.url.hostname or ""
    is_ours = name in LOCAL or f"[{name}]" in LOCAL
    return is_ours and _is_here(_peer_of(request)) and not any(one in request.headers for one in ADDED_BY_PROXIES)


def _peer_of(request: Request) -> str:
    return request.client.host if request.client else ""


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
