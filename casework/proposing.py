"""Proposing: a State's contact says what is to go on the own record, and the Secretariat accepts or declines it.

A proposal is no fact: nothing counts, and nobody but that State's contacts and the Secretariat knows of it, until it is
accepted. It then goes on file as the Secretariat's filing of what the State told us, which the State may read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from casework.attachments import Attachment, clear_away, place_of, putting_away
from casework.evidence import Filed, Filing, content_of, file_fact, read_filing
from casework.marks import refuse_stale
from casework.office import Office
from casework.own_words import line_faults
from casework.people import note
from casework.rights import NotOnFile, Right, require, require_secretariat
from casework.secretariat_list import Entry, enter, leave
from models import archive, follow_ups, proposals
from models.archive import Record
from models.ledger import canonical
from models.proposals import ACCEPTED, DECLINED, WAITING
from models.proposals import Proposed as Row
from models.store import Connection
from pathways.grammar.admission import NotAdmitted, faults_of
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import DECLINED as STANDS_ASIDE
from pathways.grammar.dossier import PAUSED, RESUMED, Dossier
from pathways.grammar.facts import GIVEN_BY_STATE, Fact, FactKind, SourceKind
from pathways.grammar.ledger_kinds import ledger_kinds
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from sources.states import load_register

#: The occasion under which the Secretariat is asked to decide.
PROPOSAL = "proposal"
_WITHIN = timedelta(days=7)
_MOST_WAITING = 20  # of one State; more than anybody could mean
_FILE_IS_GONE = "The file that came with this proposal is no longer there; decline it and ask for it anew."
#: What a State says of its own standing is the State's to say; the rest of the record's own kinds is not.
_OWN_STANDING = frozenset({PAUSED, STANDS_ASIDE, RESUMED})


class NotDecided(Exception):
    """A proposal cannot be decided so; `faults` holds a sentence for each reason."""

    def __init__(self, *faults: str) -> None:
        """Keep the sentences."""
        super().__init__(" ".join(faults))
        self.faults = faults


class AlreadyDecided(NotDecided):
    """Somebody else was faster, or the same button was pressed twice."""


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
    office: Office, state: str, filing: Filing, *, treaty: str, name: str, reader: Reader, mark: str | None = None
) -> Brought:
    """Bring a fact before the Secretariat; NotAdmitted lists every reason against it. The same again is one.

    `mark` is that of the page it is proposed from: Stale when the reader may know more since.
    """
    require(reader, Right.PROPOSE, state, name)
    pathway = office.pathway(treaty)
    kind = _kind(pathway, filing)
    content_of(filing)  # refuses what cannot stand beside a fact
    with putting_away(office, filing.attachment) as put_away, office.registry() as connection:
        record = archive.record_of(connection, treaty, state, lock=True)
        if record is None:
            raise NotOnFile(f"There is no dossier of {name} for this treaty.")
        waiting = proposals.waiting_of(connection, record.id)
        row = _row(filing)
        same = next((w.id for w in waiting if w.proposed_by == reader.actor and _is_same(w, row)), None)
        if same is not None:
            return Brought(proposal=same, repeated=True)
        facts = archive.facts_of(connection, [record])[record.id]
        if mark is not None:
            refuse_stale(pathway, facts, reader, mark)
        dossier = project(pathway, state, facts, on=office.today(), reader=reader)
        training = office.training is not None
        if faults := (
            *_too_many(len(waiting), name),
            *_beyond_a_proposal(kind, filing),
            *_not_admitted(pathway, dossier, kind, filing, name, training=training),
        ):
            raise NotAdmitted(faults)
        put_away()
        number = proposals.add(
            connection, dossier_id=record.id, proposed_by=reader.actor, proposed_at=office.stamp(), **row
        )
        enter(office, connection, [_entry(office, record, kind, number)], office.today())
        note(office, connection, reader, "proposed", f"proposal:{number}")
        return Brought(proposal=number, repeated=False)


def accept(office: Office, proposal: int, *, treaty: str, reader: Reader) -> Filed:
    """Put a proposed fact on file as what the State told us; NotAdmitted when it may not go there after all."""
    require_secretariat(reader)
    with office.reading() as connection:
        found = _waiting(connection, proposal, treaty)

    def decided(connection: Connection, fact: Fact) -> None:
        _decide(office, connection, found, ACCEPTED, reader, fact_id=fact.id)

    try:
        filing, name = _filing(office, found), load_register().name_of(found.state)
        return file_fact(office, found.state, filing, treaty=treaty, name=name, reader=reader, also=decided)
    except FileNotFoundError:  # whoever declines deletes the file
        with office.reading() as connection:
            _waiting(connection, proposal, treaty)
        raise NotDecided(_FILE_IS_GONE) from None


def decline(office: Office, proposal: int, *, reason: str, treaty: str, reader: Reader) -> None:
    """Decline a proposal with the reason that its contact reads; the file that came with it is deleted."""
    require_secretariat(reader)
    said = reason.strip()
    if faults := line_faults(said, "Say why, in one line; the State's contact reads it."):
        raise NotDecided(*faults)
    with office.registry() as connection:
        found = _waiting(connection, proposal, treaty)
        _decide(office, connection, found, DECLINED, reader, reason=said)
    clear_away(office)


def _kind(pathway: Pathway, filing: Filing) -> FactKind:
    kind = pathway.kind(filing.kind)
    if kind is None or not may_be_proposed(kind):
        raise NotAdmitted(("This is not proposed here; write to the Secretariat.",))
    return kind


def _too_many(waiting: int, name: str) -> Iterator[str]:
    if waiting >= _MOST_WAITING:
        yield f"{waiting} proposals of {name} wait already; let the Secretariat decide some first."


def _beyond_a_proposal(kind: FactKind, filing: Filing) -> Iterator[str]:
    """Say what is asked for that no proposal brings."""
    if filing.annuls:
        yield "A proposal undoes nothing; say in a note what is no longer right."
    if filing.sensitivity not in (None, kind.sensitivity):
        yield f"What you propose is held as {kind.sensitivity.label}; ask the Secretariat to hold it more closely."
    if filing.source not in GIVEN_BY_STATE:
        yield "Say whether it is told by note verbale or otherwise by the government."


def _not_admitted(
    pathway: Pathway, dossier: Dossier, kind: FactKind, filing: Filing, name: str, *, training: bool
) -> tuple[str, ...]:
    """Say what keeps it off the file, by what its contact may know: the dossier is projected for that reader."""
    data, faults = read_filing(kind, filing)
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


def _entry(office: Office, record: Record, kind: FactKind, number: int) -> Entry:
    return Entry(
        key=_key(number),
        occasion=PROPOSAL,
        about=kind.name,
        treaty=record.treaty,
        due_on=office.today() + _WITHIN,
        region=record.region,
        dossier_id=record.id,
    )


def _key(number: int) -> str:
    return f"{PROPOSAL}:{number}"


def _waiting(connection: Connection, proposal: int, treaty: str) -> Row:
    found = proposals.one(connection, proposal)
    if found is None or found.treaty != treaty:
        raise NotOnFile(f"There is no proposal {proposal}.")
    if found.result != WAITING:
        raise AlreadyDecided(f"Proposal {proposal} was {found.result} already.")
    return found


def _decide(
    office: Office,
    connection: Connection,
    found: Row,
    result: str,
    reader: Reader,
    *,
    reason: str | None = None,
    fact_id: str | None = None,
) -> None:
    """Write the decision and take the matter off the Secretariat's list; the second of two who decide is refused."""
    by, at = reader.actor, office.stamp()
    if not proposals.decide(connection, found.id, result, by=by, at=at, reason=reason, fact_id=fact_id):
        raise AlreadyDecided(f"Somebody else has just decided proposal {found.id}.")
    open_ = follow_ups.open_with_prefix(connection, _key(found.id))
    mine = [open_[_key(found.id)]] if _key(found.id) in open_ else []
    leave(connection, mine, office.today(), f"done: the proposal was {result}", by=by)
    note(office, connection, reader, f"proposal {result}", f"proposal:{found.id}")


def _filing(office: Office, found: Row) -> Filing:
    attachment = None
    if found.attachment_hash is not None:
        path = place_of(office, found.attachment_hash)
        attachment = Attachment(
            name=found.attachment_name or "file",
            type=found.attachment_type or "",
            hash=found.attachment_hash,
            size=path.stat().st_size,
            path=path,
        )
    return Filing(
        kind=found.kind,
        effective=PartialDate.parse(found.effective_on),
        source=SourceKind(found.source),
        reference=found.reference,
        fields=json.loads(found.data),
        note=found.note,
        attachment=attachment,
    )
