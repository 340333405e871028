"""What a line of text and an e-mail address may hold, wherever somebody types one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

LONGEST_NAME = 120  # characters
_LONGEST_LINE = 500
_NEVER_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, halves of characters, breaks of lines
#: One address as servers of today take it: no quoting, no comment, no list, nothing that could begin a new header.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


def is_address(email: str) -> bool:
    """Tell whether a text is one address as it may stand on file; nobody is reached at anything else."""
    return _ADDRESS.fullmatch(email) is not None and _is_well_formed(email)


def address_faults(email: str) -> Iterator[str]:
    """Say what is wrong with an address, if anything is."""
    if not is_address(email):
        yield f"“{' '.join(email.split())[:LONGEST_NAME]}” is not one e-mail address, such as desk@mission.example."


def line_faults(said: str, wanted: str) -> list[str]:
    """Return what keeps a text from being the line that is kept; `wanted` is said when there is none."""
    if not said:
        return [wanted]
    is_line = not any(unicodedata.category(c) in _NEVER_IN_A_LINE for c in said)
    return [] if is_line and len(said) <= _LONGEST_LINE else [f"Write one line of at most {_LONGEST_LINE} characters."]


def _is_well_formed(email: str) -> bool:
    local, _, host = email.partition("@")
    dotted = local.startswith(".") or local.endswith(".") or ".." in email
    return not dotted and all(len(label) <= 63 and label.strip("-") == label for label in host.split("."))
