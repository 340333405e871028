"""The link in a letter: its reader follows it, has thereby opened the letter, and is sent on to what it is about.

Somebody else's letter looks like one that was never written.
"""

from __future__ import annotations

from casework.access.link_letters import PASSWORD_CHANGED
from casework.core.rights import NotOnFile, require_person
from casework.core.workspace import Workspace
from casework.dossiers.deciding import DECIDED
from models.letters import opened
from models.letters.opened import Told
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal

_INBOX = "/follow-ups"
#: What is about no State and no follow-up, and has a page of its own.
_PAGES = {PASSWORD_CHANGED: "/account", DECIDED: "/proposals"}


def follow(workspace: Workspace, letter: str, *, reader: Reader) -> str:
    """Note that its reader has opened a letter, and return the page it is about; NotOnFile when it is not theirs."""
    person = require_person(reader)
    with workspace.registry() as connection:
        if not opened.open_letter(connection, letter, person, at=workspace.clock.now()):
            raise NotOnFile(refusal("no_letter_to_you"))
        return _about(opened.told_in(connection, letter))


def _about(told: list[Told]) -> str:
    """Return the page of the one thing a letter tells; a digest of several leads to the inbox."""
    if len({(one.follow_up_id, one.state) for one in told}) != 1:
        return _INBOX
    if told[0].follow_up_id is not None:
        return f"{_INBOX}/{told[0].follow_up_id}"
    if told[0].state is not None:
        return f"/states/{told[0].state}"
    return _PAGES.get(told[0].occasion, _INBOX)
