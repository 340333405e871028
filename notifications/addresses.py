"""What one e-mail address is, on file and on the wire."""

from __future__ import annotations

import re

#: One address as servers of today take it: no quoting, no comment, no list, nothing that could begin a new header.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def is_address(email: str) -> bool:
    """Tell whether a text is one address as it may stand on file; nobody is reached at anything else."""
    return _ADDRESS.fullmatch(email) is not None and _is_well_formed(email)


def _is_well_formed(email: str) -> bool:
    local, _, host = email.partition("@")
    dotted = local.startswith(".") or local.endswith(".") or ".." in email
    return not dotted and all(len(label) <= 63 and label.strip("-") == label for label in host.split("."))
