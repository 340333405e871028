"""The list of proposals: the Secretariat sees all of them, a State's contact those of the own State."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from casework.core.actors import names_of
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.dossiers.downloads import KeptFile, kept
from models.ledger import proposals
from models.ledger.proposals import WAITING
from models.ledger.proposals import Proposed as Row
from pathways.grammar.clearance import Reader
from pathways.grammar.facts import BadField, SourceKind, Value, read_fields
from pathways.grammar.pathway import Pathway
from pathways.grammar.refusals import refusal
from sources.states import Register

_ALTERED = refusal("file_of_a_proposal_altered")
_MOST = 200  # on one page; the waiting ones come first


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposalView:
    """A fact that a State's contact proposed, and what became of it: `result` is waiting, accepted or declined.

    `proposed_by` and `decided_by` are names; who decided is told to the Secretariat alone, the reason to both.
    `fact` is what went on file.
    """

    id: int
    state: str
    name: str
    kind: str
    title: str
    effective_on: str
    source: SourceKind
    reference: str
    fields: Mapping[str, Value]
    note: str | None
    attachment_name: str | None  # of a file that can be taken out
    proposed_by: str
    proposed_at: datetime
    result: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    fact: str | None
    sensitivity: str | None  # where the State itself said who may know it
    replaces: int | None  # the proposal in whose place the same enquiry was answered anew
    is_answer: bool  # of an enquiry, by the link of a letter

    @property
    def is_waiting(self) -> bool:
        """Tell whether it is still to be decided."""
        return self.result == WAITING


def require_side(reader: Reader) -> None:
    """Let in the Secretariat and the contact of a State; for everybody else there is no list, which is NotOnFile."""
    if not reader.is_secretariat and not reader.own:
        raise NotOnFile(refusal("nothing_at_this_address"))


def proposal_list(
    workspace: Workspace, *, treaty: str, most: int | None = _MOST, reader: Reader
) -> tuple[ProposalView, ...]:
    """List the proposals that the reader may know of, the waiting ones first; NotOnFile for who is neither side."""
    require_side(reader)
    states = None if reader.is_secretariat else reader.own
    with workspace.reading() as connection:
        found = proposals.of_treaty(connection, treaty, states=states, limit=most)
        names = names_of(connection, (actor for row in found for actor in (row.proposed_by, row.decided_by)))
        register = workspace.register(connection)
    pathway = workspace.pathway(treaty)
    return tuple(_view(row, pathway, names, register, reader, _replaced(row, found)) for row in found)


def proposed_file(workspace: Workspace, proposal: int, *, treaty: str, reader: Reader) -> KeptFile:
    """Hand out the file that came with a proposal, to the Secretariat and the State's own contact."""
    with workspace.reading() as connection:
        found = proposals.one(connection, proposal)
    if found is None or found.treaty != treaty or not (reader.is_secretariat or found.state in reader.own):
        raise NotOnFile(refusal("nothing_at_this_address"))
    digest, name, type_ = found.attachment_hash, found.attachment_name, found.attachment_type
    there = kept(workspace, digest, name, type_, altered=_ALTERED) if digest else None
    if there is None:
        raise NotOnFile(refusal("no_file_with_this_proposal"))
    return there


def _replaced(row: Row, found: Sequence[Row]) -> int | None:
    """Return the last proposal of the same kind by which a State had answered the same enquiry before."""
    if row.answer_id is None:
        return None
    of_it = (row.dossier_id, row.kind, row.proposed_by)
    before = [one.id for one in found if one.id < row.id and (one.dossier_id, one.kind, one.proposed_by) == of_it]
    return max(before, default=None)


def _view(
    row: Row, pathway: Pathway, names: Mapping[str, str], register: Register, reader: Reader, replaces: int | None
) -> ProposalView:
    return ProposalView(
        id=row.id,
        state=row.state,
        name=register.name_of(row.state),
        kind=row.kind,
        title=pathway.title_of(row.kind),
        effective_on=row.effective_on,
        source=SourceKind(row.source),
        reference=row.reference,
        fields=_fields(pathway, row),
        note=row.note,
        attachment_name=row.attachment_name if row.attachment_hash else None,
        proposed_by=names.get(row.proposed_by, row.proposed_by),
        proposed_at=row.proposed_at,
        result=row.result,
        decided_by=names.get(row.decided_by or "", row.decided_by) if reader.is_secretariat else None,
        decided_at=row.decided_at,
        reason=row.reason,
        fact=row.fact_id,
        sensitivity=row.sensitivity.label if row.sensitivity is not None else None,
        replaces=replaces,
        is_answer=row.answer_id is not None,
    )


def _fields(pathway: Pathway, row: Row) -> Mapping[str, Value]:
    """Return the typed fields as a fact would hold them; as they were typed where the kind is not known any more."""
    typed: dict[str, str] = json.loads(row.data)
    kind = pathway.kind(row.kind)
    if kind is not None:
        with suppress(BadField):
            return read_fields(kind, typed)
    return dict(typed)
