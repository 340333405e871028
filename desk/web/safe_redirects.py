"""Safe redirects: where one may be sent on to. An address from outside leads to a page of ours, or to the overview."""

from __future__ import annotations

import re

#: One slash, then what a path of ours and its query are made of: no second slash at the beginning, no backslash, no
#: control character, no scheme. Everything else arrives percent-encoded.
_OWN = re.compile(r"/(?![/\\])[A-Za-z0-9\-._~!$&'()*+,;=:@%/?]*")
_LONGEST = 1000  # characters
#: Whoever comes from signing in is not sent back to it.
_SIGNING_IN = ("/sign-in", "/sign-out", "/verify")
HOME = "/"


def own_path(asked: str) -> str:
    """Return the path that was asked for if it is one of ours that can be come back to, else the overview."""
    if len(asked) > _LONGEST or not _OWN.fullmatch(asked):
        return HOME
    path = asked.partition("?")[0]
    leads_nowhere = any(path == own or path.startswith(f"{own}/") for own in _SIGNING_IN)
    return HOME if leads_nowhere or "//" in path or "/.." in path else asked
