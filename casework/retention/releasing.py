"""Releasing: what is proposed is erased for good, by a person who says so, one thing at a time."""

from __future__ import annotations

from casework.core.actors import note
from casework.core.workspace import Workspace
from casework.dossiers.purging import purge
from casework.retention.proposals import Proposed, Rule, found_in, require_administrator
from casework.retention.weekly import ask_while_any
from models.people import erasure, people
from models.store.engine import Connection
from notifications.refusals import sentence
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal, remark


class NotProposed(Refused, LookupError):
    """It is not among what is proposed: the rules do not say so, or not any more."""


def release(workspace: Workspace, key: str, *, reader: Reader) -> Proposed:
    """Erase what is proposed under a key such as `person:7`, and return what it was; NotProposed when it is not.

    Of a person a number stays, for what was done by it; of a fact, that it had words. What is left in the database's
    own log goes at once, or while somebody reads it all, with the next audit.
    """
    require_administrator(reader)
    with workspace.reading() as connection:
        found = _proposed(workspace, connection, key)
    if found.rule is Rule.PERSONAL:
        _purge(workspace, found, reader)
        with workspace.registry() as connection:
            ask_while_any(workspace, connection, by=reader.actor)
        return found
    with workspace.registry() as connection:
        people.alone(connection)
        found = _proposed(workspace, connection, key)  # by now somebody may serve again
        number = int(key.removeprefix("person:"))
        erasure.erase(connection, number, called=f"A former person, no. {number}")
        note(workspace, connection, reader, erasure.ERASED, key, since=str(found.since))
        ask_while_any(workspace, connection, by=reader.actor)
    workspace.store.empty_log()
    return found


def _proposed(workspace: Workspace, connection: Connection, key: str) -> Proposed:
    for one in found_in(workspace, connection):
        if one.key == key:
            return one
    raise NotProposed(refusal("not_proposed", key=key))


def _purge(workspace: Workspace, found: Proposed, reader: Reader) -> None:
    assert found.treaty is not None  # it is about a fact
    entry = workspace.register().get(found.about)
    purge(
        workspace,
        found.about,
        found.key.removeprefix("fact:"),
        treaty=found.treaty,
        name=entry.name if entry else found.about,
        reason=sentence(remark("kept_as_long_as_the_rule_says")),
        reader=reader,
    )
