"""Names of attachments: one plain line that no system takes for a path, a command or text that runs backwards."""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 120  # characters
_LONGEST_ENDING = 10
_NEVER = re.compile(r'[<>:"|?*]')  # what some system or other does not allow in a name
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
#: Control characters, marks that turn the direction of text or are not seen, halves of characters, breaks of lines.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def clean_name(name: str) -> str:
    """Return a name without its path and without anything that is not seen; at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in _UNSEEN)
    plain = _NEVER.sub("_", " ".join(seen.split())).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = plain, "", ""
    stem = stem.rstrip(" .")[: _LONGEST - len(dot) - len(ending)].rstrip(" .") or "file"
    cleaned = f"{stem}{dot}{ending}"
    return f"_{cleaned}" if _RESERVED.fullmatch(cleaned) else cleaned
