"""Proposing: a State's contact says what is to go on the own record, for the Secretariat to accept or decline.

A proposal is no fact: nothing counts, and nobody but that State's contacts and the Secretariat knows of it, until it is
accepted. It then goes on file as the Secretariat's filing of what the State told us, which the State may read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from casework.core.actors import note
from casework.core.rights import NotOnFile, require
from casework.core.staleness import refuse_stale
from casework.core.workspace import Workspace
from casework.dossiers.filing import Filing, content_of, read_filing
from casework.files.attachments import putting_away
from casework.follow_ups.periods import due
from casework.follow_ups.secretariat_tasks import Task, enter
from models.ledger import dossiers, proposals
from models.ledger.dossiers import Record
from models.ledger.hash_chain import canonical
from models.ledger.proposals import Proposed as Row
from models.store.engine import Connection
from pathways.grammar.admission import NotAdmitted, faults_of
from pathways.grammar.audiences import Holding
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dossier import DECLINED as STANDS_ASIDE
from pathways.grammar.dossier import PAUSED, RESUMED, Dossier
from pathways.grammar.facts import GIVEN_BY_STATE, FactKind
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from pathways.grammar.refusals import Refusal, Word, refusal
from pathways.grammar.roles import Right
from pathways.grammar.words import ledger_kinds

#: The occasion under which the Secretariat is asked to decide.
PROPOSAL = "proposal"
_MOST_WAITING = 20  # of one State; more than anybody could mean
#: What a State says of its own standing is the State's to say; the rest of the record's own kinds is not.
_OWN_STANDING = frozenset({PAUSED, STANDS_ASIDE, RESUMED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """A proposal that waits to be decided. `repeated`: the same waited already, and nothing was written."""

    proposal: int
    repeated: bool


def may_be_proposed(kind: FactKind) -> bool:
    """Tell whether a State's contact may propose such a fact: what a State can tell, and no assessment of it."""
    is_the_records_own = kind.name in {k.name for k in ledger_kinds(())} - _OWN_STANDING
    return kind.by_hand and not kind.is_assessment and not is_the_records_own and bool(kind.sources & GIVEN_BY_STATE)


def propose(
    workspace: Workspace, state: str, filing: Filing, *, treaty: str, name: str, reader: Reader, mark: str | None = None
) -> Brought:
    """Bring a fact before the Secretariat; NotAdmitted lists every reason against it. The same again is one.

    `mark` is that of the page it is proposed from: Stale when the reader may know more since.
    """
    require(reader, Right.PROPOSE, state, name)
    pathway = workspace.pathway(treaty)
    kind = _kind(pathway, filing)
    holding = filing.holding(kind, reader, state)
    content_of(filing)  # refuses what cannot stand beside a fact
    with putting_away(workspace, filing.attachment) as put_away, workspace.registry() as connection:
        record = dossiers.record_of(connection, treaty, state, lock=True)
        if record is None:
            raise NotOnFile(refusal("no_dossier", state=name))
        waiting = proposals.waiting_of(connection, record.id)
        row = _row(filing)
        same = next((w.id for w in waiting if w.proposed_by == reader.actor and _is_same(w, row)), None)
        if same is not None:
            return Brought(proposal=same, repeated=True)
        facts = dossiers.facts_of(connection, [record])[record.id]
        if mark is not None:
            refuse_stale(pathway, facts, reader, mark)
        dossier = project(pathway, state, facts, on=workspace.today(), reader=reader)
        training = workspace.training is not None
        if faults := (
            *_too_many(len(waiting), name),
            *_beyond_a_proposal(filing, holding),
            *_not_admitted(pathway, dossier, kind, filing, name, holding, training=training),
        ):
            raise NotAdmitted(*faults)
        put_away()
        number = proposals.add(
            connection, dossier_id=record.id, proposed_by=reader.actor, proposed_at=workspace.stamp(), **row
        )
        enter(workspace, connection, [_entry(workspace, record, kind, number)], workspace.today())
        note(workspace, connection, reader, "proposed", f"proposal:{number}")
        return Brought(proposal=number, repeated=False)


def bring(
    workspace: Workspace,
    connection: Connection,
    record: Record,
    filing: Filing,
    *,
    by: str,
    held: Sensitivity,
    answer: int,
) -> int:
    """Bring what a State answered before the Secretariat, in a transaction under way, and return its number.

    Held as the State says. NotAdmitted where so much of it waits already that nobody could mean more.
    """
    if faults := [
        *_too_many(len(proposals.waiting_of(connection, record.id)), workspace.register().name_of(record.state))
    ]:
        raise NotAdmitted(*faults)
    row = {**_row(filing), "sensitivity": held, "answer_id": answer}
    number = proposals.add(connection, dossier_id=record.id, proposed_by=by, proposed_at=workspace.stamp(), **row)
    kind = workspace.pathway(record.treaty).kind(filing.kind)
    if kind is not None:
        enter(workspace, connection, [_entry(workspace, record, kind, number)], workspace.today())
    return number


def _kind(pathway: Pathway, filing: Filing) -> FactKind:
    kind = pathway.kind(filing.kind)
    if kind is None or not may_be_proposed(kind):
        raise NotAdmitted(refusal("not_proposed_here", field="kind"))
    return kind


def _too_many(waiting: int, name: str) -> Iterator[Refusal]:
    if waiting >= _MOST_WAITING:
        yield refusal("proposals_wait", waiting=waiting, state=name)


def _beyond_a_proposal(filing: Filing, holding: Holding) -> Iterator[Refusal]:
    """Say what is asked for that no proposal brings."""
    if filing.annuls:
        yield refusal("proposal_undoes_nothing", field="annuls")
    if filing.sensitivity not in (None, holding.usual):
        yield refusal("proposal_held", field="sensitivity", level=Word(holding.usual.label))
    if filing.source not in GIVEN_BY_STATE:
        yield refusal("proposal_of_the_government", field="source")


def _not_admitted(
    pathway: Pathway, dossier: Dossier, kind: FactKind, filing: Filing, name: str, holding: Holding, *, training: bool
) -> tuple[Refusal, ...]:
    """Say what keeps it off the file, by what its contact may know: the dossier is projected for that reader."""
    data, faults = read_filing(kind, filing, holding)
    return (*faults, *faults_of(pathway, dossier, filing.proposed(kind, name, data), training=training))


def _row(filing: Filing) -> dict[str, Any]:
    file = filing.attachment
    return {
        "kind": filing.kind,
        "effective_on": str(filing.effective),
        "source": filing.source.value,
        "reference": filing.reference,
        "data": canonical({name: value for name, value in (filing.fields or {}).items() if value.strip()}),
        "note": filing.note,
        "attachment_name": file.name if file else None,
        "attachment_hash": file.hash if file else None,
        "attachment_type": file.type if file else None,
    }


def _is_same(waiting: Row, row: dict[str, Any]) -> bool:
    return all(getattr(waiting, name) == value for name, value in row.items())


def _entry(workspace: Workspace, record: Record, kind: FactKind, number: int) -> Task:
    return Task(
        key=key_of(number),
        occasion=PROPOSAL,
        about=kind.name,
        treaty=record.treaty,
        due_on=due(PROPOSAL, workspace.today()),
        region=record.region,
        dossier_id=record.id,
    )


def key_of(number: int) -> str:
    """Return under which key the Secretariat is asked to decide a proposal."""
    return f"{PROPOSAL}:{number}"
