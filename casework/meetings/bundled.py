"""Bundled meetings: a record is given those that it does not know yet, when it is opened and again.

What somebody has changed or ended stays so. A record that was opened empty stays without. One for training is given the
meetings of the year after its day, since their days are known so long before, and the next as its clock moves on.
"""

from __future__ import annotations

from datetime import date, timedelta

from casework.core.workspace import Workspace
from models.ledger import bundled_acts
from models.meetings import meetings
from models.people import people
from sources.meetings import BundledMeeting, load_meetings

_KNOWN_BEFORE = timedelta(days=365)


def learn_meetings(workspace: Workspace, treaty: str, *, actor: str) -> int:
    """Put the bundled meetings on file that are not there yet, and return how many those were."""
    until = workspace.training + _KNOWN_BEFORE if workspace.training else date.max
    known = [one for one in load_meetings(treaty) if one.starts.first <= until]
    with workspace.reading() as connection:
        there = meetings.ids(connection)
        new = [one for one in known if one.meeting not in there]
        if not new or not bundled_acts.any_on_file(connection, treaty):
            return 0
    with workspace.registry() as connection:
        learnt = meetings.add(connection, [_row(one, treaty) for one in new])
        if learnt:
            stamp = workspace.stamp()
            people.audit(connection, at=stamp, actor=actor, what="meetings learnt", row="meeting", number=learnt)
    return learnt


def _row(one: BundledMeeting, treaty: str) -> dict[str, object]:
    return {
        "id": one.meeting,
        "treaty": treaty,
        "kind": one.kind,
        "title": one.title,
        "starts_on": str(one.starts),
        "ends_on": str(one.ends),
        "place": one.place,
        "is_webcast": one.is_webcast,
        "papers_due_on": one.documents_by,
        "source": one.source,
        "is_unconfirmed": one.is_unconfirmed,
        "ended": "",
    }
