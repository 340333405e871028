"""Hosts: where letters may be carried to. A name is judged by every address it resolves to.

The rule that keeps a webhook from being turned on the operator's own network, and a training record's letters
on this machine.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address

Resolve = Callable[[str], Sequence[str]]
Address = IPv4Address | IPv6Address

_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)


class Forbidden(Exception):
    """Letters are not carried to this host."""


class NotResolved(Exception):
    """The name stands for no address at the moment."""


class NetworkReach(StrEnum):
    """How far letters may go."""

    LOOPBACK = "loopback"  # this machine alone: a training record, or mail in clear
    PUBLIC = "public"  # no loopback, link-local or private address
    ANY = "any"  # the operator said so: their own mail server, or allow_private


@dataclass(frozen=True, slots=True)
class Hosts:
    """The rule, with the resolver it asks."""

    resolve: Resolve

    def require(self, host: str, reach: NetworkReach) -> None:
        """Raise Forbidden unless every address the host stands for may be reached."""
        require_name(host)
        found = tuple(_plain(ip_address(text)) for text in self.resolve(host))
        if not found:
            raise NotResolved(f"The name {host} stands for no address at the moment.")
        for address in found:
            if not _allowed(address, reach):
                raise Forbidden(_why_not(host, reach))


def require_name(host: str) -> None:
    """Raise Forbidden when this is no name or address: no scheme, user, port, path or blank belongs here."""
    if len(host) <= 253 and _NAME.fullmatch(host):
        return
    try:
        ip_address(host)
    except ValueError:
        raise Forbidden(f"“{host[:80]}” is no host: write only its name, such as mail.example.org.") from None


def is_loopback(host: str, resolve: Resolve) -> bool:
    """Tell whether every address of the host is this machine."""
    try:
        Hosts(resolve).require(host, NetworkReach.LOOPBACK)
    except (Forbidden, NotResolved):
        return False
    return True


def system_resolve(host: str) -> tuple[str, ...]:
    """Ask the system for every address of a name."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return ()
    return tuple(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def _plain(address: Address) -> Address:
    """Return an IPv4 address that comes in IPv6 clothes as what it is."""
    inner = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return inner or address


def _allowed(address: Address, reach: NetworkReach) -> bool:
    if reach is NetworkReach.LOOPBACK:
        return address.is_loopback
    if address.is_multicast or address.is_unspecified:
        return False
    return reach is NetworkReach.ANY or address.is_global


def _why_not(host: str, reach: NetworkReach) -> str:
    if reach is NetworkReach.LOOPBACK:
        return f"{host} is not this machine, and letters of this kind stay on it."
    if reach is NetworkReach.PUBLIC:
        return f"{host} is in a private network. If that is meant, say allow_private = true for it."
    return f"{host} is no address that a letter can go to."
