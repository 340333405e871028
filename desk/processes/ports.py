"""Ports on the loopback address: whether one is free, and what to say when it is not."""

from __future__ import annotations

import socket

HOST = "127.0.0.1"


class PortInUse(Exception):
    """Another program listens there."""


def require_free(port: int, option: str) -> None:
    """Raise PortInUse, naming the option that chooses another port."""
    if not is_free(port):
        raise PortInUse(
            f"Port {port} on {HOST} is in use by another program, or by an earlier Accede."
            f" Stop that one, or choose another port with {option}."
        )


def require_two(port: int, prefect_port: int) -> None:
    """Raise PortInUse when the desk and Prefect are to listen on one port."""
    if port == prefect_port:
        raise PortInUse(f"The desk and Prefect cannot both listen on port {port}: --port and --prefect-port differ.")


def is_free(port: int) -> bool:
    """Tell whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a past connection is no server
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Tell whether a server takes connections there."""
    with socket.socket() as caller:
        return caller.connect_ex((HOST, port)) == 0


def free_from(wished: int) -> int:
    """Return the wished port if it is free, else any that is; 0 wishes for none."""
    if wished and is_free(wished):
        return wished
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
