"""Decisions on proposals: the Secretariat accepts what a State's contact proposed, or declines it and says why.

What is accepted goes on file as the Secretariat's filing of what the State told us. Whoever proposed it is told by
letter that it is decided; how and why stands on the desk alone.
"""

from __future__ import annotations

import json

from casework.core.actors import note
from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from casework.dossiers.filing import Filed, Filing, file_fact
from casework.dossiers.proposing import key_of
from casework.files.attachments import Attachment, clear_away, place_of
from casework.follow_ups.secretariat_tasks import leave
from models.follow_ups import lifecycle
from models.ledger import proposals
from models.ledger.proposals import ACCEPTED, DECLINED, WAITING
from models.ledger.proposals import Proposed as Row
from models.letters.notices import NewNotice
from models.store.engine import Connection
from notifications.letters import Kind
from pathways.grammar.audiences import holding_of
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.refusals import Refused, refusal
from pathways.grammar.roles import Right

#: The occasion under which whoever proposed is told.
DECIDED = "proposal_decided"


class NotDecided(Refused):
    """A proposal cannot be decided so; a refusal for each reason."""


#: What a decision makes of the Secretariat's follow-up.
_BECAME = {ACCEPTED: "done: the proposal was accepted", DECLINED: "done: the proposal was declined"}


class AlreadyDecided(NotDecided):
    """Somebody else was faster, or the same button was pressed twice."""


def accept(workspace: Workspace, proposal: int, *, treaty: str, reader: Reader) -> Filed:
    """Put a proposed fact on file as what the State told us; NotAdmitted when it may not go there after all."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        found = _waiting(connection, proposal, treaty)

    def decided(connection: Connection, fact: Fact) -> None:
        _decide(workspace, connection, found, ACCEPTED, reader, fact_id=fact.id)

    try:
        filing, name = _filing(workspace, found), workspace.register().name_of(found.state)
        return file_fact(workspace, found.state, filing, treaty=treaty, name=name, reader=reader, also=decided)
    except FileNotFoundError:  # whoever declines deletes the file
        with workspace.reading() as connection:
            _waiting(connection, proposal, treaty)
        raise NotDecided(refusal("proposed_file_is_gone")) from None


def decline(workspace: Workspace, proposal: int, *, reason: str, treaty: str, reader: Reader) -> None:
    """Decline a proposal with the reason that its contact reads; the file that came with it is deleted."""
    require_secretariat(reader)
    said = reason.strip()
    if faults := line_faults(said, refusal("say_why_declined", field="reason")):
        raise NotDecided(*faults)
    with workspace.registry() as connection:
        found = _waiting(connection, proposal, treaty)
        _decide(workspace, connection, found, DECLINED, reader, reason=said)
    clear_away(workspace)


def _waiting(connection: Connection, proposal: int, treaty: str) -> Row:
    found = proposals.one(connection, proposal)
    if found is None or found.treaty != treaty:
        raise NotOnFile(refusal("no_such_proposal", proposal=proposal))
    if found.result != WAITING:
        was = found.result == ACCEPTED
        raise AlreadyDecided(
            refusal("accepted_already", proposal=proposal) if was else refusal("declined_already", proposal=proposal)
        )
    return found


def _decide(
    workspace: Workspace,
    connection: Connection,
    found: Row,
    result: str,
    reader: Reader,
    *,
    reason: str | None = None,
    fact_id: str | None = None,
) -> None:
    """Write the decision and take the matter off the Secretariat's list; the second of two who decide is refused."""
    by, at = reader.actor, workspace.stamp()
    if not proposals.decide(connection, found.id, result, by=by, at=at, reason=reason, fact_id=fact_id):
        raise AlreadyDecided(refusal("decided_meanwhile", proposal=found.id))
    open_ = lifecycle.open_with_prefix(connection, key_of(found.id))
    mine = [open_[key_of(found.id)]] if key_of(found.id) in open_ else []
    leave(connection, mine, workspace.today(), _BECAME[result], by=by)
    _tell(workspace, connection, found)
    note(workspace, connection, reader, f"proposal {result}", f"proposal:{found.id}")


def _tell(workspace: Workspace, connection: Connection, found: Row) -> None:
    """Let whoever proposed it know by letter that it is decided; an operator's command is told on its terminal."""
    whose, _, person = found.proposed_by.partition(":")
    if whose != "person":
        return
    directory = Directory.of(connection, workspace.today(), treaties={found.treaty})
    reader = directory.reader(int(person), found.treaty, ())
    notice = NewNotice(
        key=f"{Kind.NEWS}:{key_of(found.id)}:{person}",
        kind=Kind.NEWS,
        occasion=DECIDED,
        about="",
        person_id=int(person),
        role=next(iter(reader.roles_with(Right.PROPOSE, found.state)), ""),
        treaty=found.treaty,
    )  # of no dossier: an answer to the mission, and no letter to it about its own State
    write_notices(workspace, connection, [notice], workspace.today(), Committed(), in_sweep=False)


def _filing(workspace: Workspace, found: Row) -> Filing:
    attachment = None
    if found.attachment_hash is not None:
        path = place_of(workspace, found.attachment_hash)
        attachment = Attachment(
            name=found.attachment_name or "file",
            type=found.attachment_type or "",
            hash=found.attachment_hash,
            size=path.stat().st_size,
            path=path,
        )
    kind, source = workspace.pathway(found.treaty).kind(found.kind), SourceKind(found.source)
    usual = holding_of(kind, source, is_companion=False, is_told=True).usual if kind else None
    return Filing(
        kind=found.kind,
        effective=PartialDate.parse(found.effective_on),
        source=source,
        sensitivity=usual if found.sensitivity is None else found.sensitivity,
        reference=found.reference,
        fields=json.loads(found.data),
        note=found.note,
        attachment=attachment,
    )
