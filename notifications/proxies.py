"""Proxies, as the operator's shell names them: kept for what is far, and never between this machine and itself.

What carries letters to rooms looks into the environment by itself; so what it is to find is put there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

_NO_PROXY = ("no_proxy", "NO_PROXY")
_PROXIES = frozenset({"http_proxy", "https_proxy", "all_proxy"})
_THIS_MACHINE = ("127.0.0.1", "localhost", "::1")


def without_unspoken(shell: Mapping[str, str]) -> dict[str, str]:
    """Return an environment without the proxies that no program here can speak to, such as SOCKS."""
    return {name: value for name, value in shell.items() if not _is_unspoken(name, value)}


def unspoken(shell: Mapping[str, str]) -> list[str]:
    """Return the names of those proxies."""
    return sorted(name for name, value in shell.items() if _is_unspoken(name, value))


def with_loopback_direct(shell: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which this machine is reached without a proxy, as are all that stood there already."""
    return {**shell, **_direct(shell, _THIS_MACHINE)}


def speak_directly_to(host: str) -> None:
    """Let no proxy stand between this process and a host, from now on."""
    os.environ.update(_direct(os.environ, (host,)))


def _direct(shell: Mapping[str, str], hosts: Iterable[str]) -> dict[str, str]:
    listed = (host.strip() for name in _NO_PROXY for host in shell.get(name, "").split(","))
    said = ",".join(dict.fromkeys([*filter(None, listed), *hosts]))
    return dict.fromkeys(_NO_PROXY, said)


def _is_unspoken(name: str, value: str) -> bool:
    scheme, has_scheme, _ = value.lower().partition("://")
    return name.lower() in _PROXIES and bool(has_scheme) and scheme not in ("http", "https")
