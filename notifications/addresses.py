"""What one e-mail address is, on file and on the wire."""

from __future__ import annotations

import re

#: One address as servers of today take it: no quoting, no comment, no list, nothing that could begin a new header.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def as_on_file(address: str) -> str:
    """Return an address as it stands on file and on the wire: a domain in another alphabet as IDNA 2008 spells it.

    What cannot be spelt so is returned as it was typed, and is no address.
    """
    name, _, domain = address.rpartition("@")
    if domain.isascii() or len(domain) > 253:
        return address
    import idna  # its tables are large, and few need them

    try:
        return f"{name}@{idna.encode(domain, uts46=True).decode('ascii')}"
    except UnicodeError:
        return address


def is_address(email: str) -> bool:
    """Tell whether a text is one address as it may stand on file; nobody is reached at anything else."""
    return _ADDRESS.fullmatch(email) is not None and _is_well_formed(email)


def _is_well_formed(email: str) -> bool:
    local, _, host = email.partition("@")
    dotted = local.startswith(".") or local.endswith(".") or ".." in email
    return not dotted and all(len(label) <= 63 and label.strip("-") == label for label in host.split("."))
