"""Filing: a fact goes on file, or is refused with every reason at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casework.core.open_dossier import OpenDossier
from casework.core.staleness import Stale
from casework.core.workspace import Workspace
from casework.dossiers.derived_steps import follow_the_record
from casework.dossiers.find_fact import find_fact
from casework.dossiers.free_text import beside
from casework.files.attachments import Attachment, putting_away
from models.ledger import contents
from models.ledger.hash_chain import Content
from models.store.engine import Connection
from pathways.grammar.admission import NotAdmitted, Proposed, faults_of
from pathways.grammar.audiences import Holding, holding_of
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import BOOKKEEPING, STEP
from pathways.grammar.facts import BadField, Fact, FactKind, SourceKind, Value, read_fields
from pathways.grammar.legal import ACTS, DEPOSIT, WITHDRAWAL
from pathways.grammar.lines import is_line
from pathways.grammar.needs import causes_of
from pathways.grammar.refusals import OneOf, Refusal, Refused, Word, refusal
from pathways.grammar.roles import Right

_LONGEST_REFERENCE = 120
_COLUMNS = {DEPOSIT: ("deposit_date", "instrument")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Filing:
    """What somebody wants on file, as they said it."""

    kind: str
    effective: PartialDate
    source: SourceKind
    reference: str = ""
    fields: Mapping[str, str] | None = None
    annuls: Sequence[str] = ()
    sensitivity: Sensitivity | None = None
    note: str | None = None
    attachment: Attachment | None = None  # as `received` gives it, for as long as its block

    def holding(self, kind: FactKind, reader: Reader, state: str) -> Holding:
        """Return who may know it when the reader files it, or proposes it of the own State."""
        is_told = state in reader.own and not reader.may(Right.FILE, state)
        return holding_of(kind, self.source, is_companion=reader.accompanies(state), is_told=is_told)

    def proposed(
        self, kind: FactKind, state: str, data: Mapping[str, Value], annuls: tuple[Fact, ...] = ()
    ) -> Proposed:
        """Return it as it is held against the treaty's rules; `state` is the State's name."""
        return Proposed(
            state=state,
            kind=kind,
            effective=self.effective,
            source=self.source,
            reference=self.reference,
            data=data,
            annuls=annuls,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Filed:
    """What went on file."""

    fact: Fact
    steps: tuple[str, ...]  # steps taken because of it
    stage: str

    @classmethod
    def of(cls, open_dossier: OpenDossier, fact: Fact) -> Filed:
        """Return what has come of a fact in the dossier that it was just put into."""
        steps = tuple(new.text("step") for new in open_dossier.new_facts if new.kind == STEP)
        return cls(fact=fact, steps=steps, stage=open_dossier.dossier(reader=None).stage)


class FiledAlready(Refused):
    """The same person has filed the same since the page was opened: a button was pressed twice."""

    def __init__(self, fact: Fact) -> None:
        """Keep the fact that is on file."""
        super().__init__(refusal("filed_already"))
        self.fact = fact


def file_fact(
    workspace: Workspace,
    state: str,
    filing: Filing,
    *,
    treaty: str,
    name: str,
    reader: Reader,
    mark: str | None = None,
    also: Callable[[Connection, Fact], None] | None = None,
) -> Filed:
    """Put a fact on a State's file; NotAdmitted lists every reason against it.

    `mark` is that of the page it is filed from: Stale when somebody else filed since, FiledAlready when the same did.
    `also` is written in the same transaction, or not at all.
    """
    pathway = workspace.pathway(treaty)
    kind = pathway.kind(filing.kind)
    if kind is None:
        known = tuple(k.name for k in pathway.kinds if k.by_hand)
        raise NotAdmitted(refusal("no_such_kind", field="kind", kind=filing.kind, known=known))
    content = content_of(filing)
    right = Right.RECORD if kind.is_depositary_act else Right.FILE
    written: list[Fact] = []

    def beat(connection: Connection) -> None:
        if also is not None:
            also(connection, written[0])

    opening = workspace.open_dossier(state, treaty=treaty, reader=reader, right=right, name=name, mark=mark, beat=beat)
    try:
        with putting_away(workspace, filing.attachment) as put_away, opening as open_dossier:
            fact = _admit(open_dossier, kind, filing, content, name, reader, training=workspace.training is not None)
            follow_the_record(open_dossier)
            put_away()
            written.append(fact)
            return Filed.of(open_dossier, fact)
    except Stale as stale:
        _refuse_twice(workspace, stale, filing, kind, reader, state)
        raise


def _refuse_twice(
    workspace: Workspace, stale: Stale, filing: Filing, kind: FactKind, reader: Reader, state: str
) -> None:
    """Take a form for sent twice only when nothing in it differs: a note or file added since is not on file."""
    holding = filing.holding(kind, reader, state)
    data, faults = read_filing(kind, filing, holding)
    held = holding.usual if filing.sensitivity is None else filing.sensitivity
    said = (reader.actor, kind.name, filing.effective, filing.source, filing.reference, held)
    for fact in stale.since if not faults else ():
        there = (fact.actor, fact.kind, fact.effective, fact.source, fact.reference, fact.sensitivity)
        is_same = (*there, dict(fact.data), fact.annuls) == (*said, data, tuple(filing.annuls))
        if is_same and _stands_beside(workspace, fact, filing):
            raise FiledAlready(fact) from stale


def _stands_beside(workspace: Workspace, fact: Fact, filing: Filing) -> bool:
    with workspace.reading() as connection:
        there = contents.beside(connection, [fact.id]).get(fact.id, contents.Beside())
    file = filing.attachment
    return (there.note, there.attachment_hash) == (filing.note, file.hash if file else None)


def _admit(
    open_dossier: OpenDossier,
    kind: FactKind,
    filing: Filing,
    content: Content | None,
    name: str,
    reader: Reader,
    *,
    training: bool,
) -> Fact:
    holding = filing.holding(kind, reader, open_dossier.state)
    data, faults = read_filing(kind, filing, holding)
    annulled = tuple(find_fact(open_dossier, given, reader) for given in filing.annuls)
    proposed = filing.proposed(kind, name, data, annulled)
    faults += _beyond_the_mandate(open_dossier, annulled, kind, reader)
    faults += faults_of(open_dossier.pathway, open_dossier.dossier(reader=None), proposed, training=training)
    earlier = open_dossier.all_told().latest(kind.name) if kind.name in ACTS else None
    if earlier is not None:
        faults += _already(open_dossier, earlier, proposed)
    if faults:
        raise NotAdmitted(*faults)
    return open_dossier.file(
        kind.name,
        filing.effective,
        source=filing.source,
        sensitivity=holding.usual if filing.sensitivity is None else filing.sensitivity,
        reference=filing.reference,
        data=data,
        replaces=earlier.id if earlier is not None and not _is_anew(open_dossier, earlier, proposed) else None,
        annuls=tuple(f.id for f in annulled),
        unconfirmed=_COLUMNS.get(kind.name, (f"{kind.name}_date",)) if kind.is_depositary_act else (),
        content=content,
    )


def _beyond_the_mandate(
    open_dossier: OpenDossier, annulled: Sequence[Fact], kind: FactKind, reader: Reader
) -> tuple[Refusal, ...]:
    """Refuse to undo what another filed; a cause to go back annuls proofs for whoever may take steps there."""
    if reader.is_secretariat:
        return ()
    may_go_back = kind.name in causes_of(open_dossier.pathway) and reader.may(Right.STEP, open_dossier.state)
    foreign = [f for f in annulled if f.actor != reader.actor and (f.kind in BOOKKEEPING or not may_go_back)]
    return tuple(refusal("fact_of_somebody_else", field="annuls", fact=f.id[:8]) for f in foreign)


def read_filing(kind: FactKind, filing: Filing, holding: Holding) -> tuple[dict[str, Value], tuple[Refusal, ...]]:
    """Return the typed fields that were given, and every fault of what was said with them."""
    faults = tuple(_not_an_answer(kind, filing, holding))
    if not is_line(filing.reference, _LONGEST_REFERENCE):
        faults = (refusal("reference_not_a_line", field="reference", most=_LONGEST_REFERENCE), *faults)
    try:
        return read_fields(kind, filing.fields or {}), faults
    except BadField as wrong:
        return {}, (*faults, *wrong.refusals)


def _not_an_answer(kind: FactKind, filing: Filing, holding: Holding) -> Iterator[Refusal]:
    """Refuse an answer to who may know it that there is not, with the reason."""
    answer, title, level = filing.sensitivity, Word(kind.title), Word(holding.least.label)
    if answer is None or answer in holding.answers:
        return
    if kind.is_depositary_act:
        yield refusal("depositary_act_is_public", field="sensitivity")
    elif answer > holding.least:
        answers = OneOf(Word(one.label) for one in holding.answers)
        yield refusal("not_for_states_parties", field="sensitivity", title=title, answers=answers)
    elif holding.least >= Sensitivity.CONFIDENTIAL:
        yield refusal("told_in_confidence", field="sensitivity", title=title, level=level)
    else:
        yield refusal("held_more_closely", field="sensitivity", title=title, level=level)


def _already(open_dossier: OpenDossier, earlier: Fact, proposed: Proposed) -> tuple[Refusal, ...]:
    """Refuse to double an act on file; it is made more precise, or left to the depositary's table."""
    if _is_anew(open_dossier, earlier, proposed):
        return ()
    sharper = earlier.effective != proposed.effective and earlier.effective.covers(proposed.effective)
    vaguer = earlier.effective != proposed.effective and proposed.effective.covers(earlier.effective)
    if sharper or (earlier.unconfirmed and not vaguer):
        return ()
    title = Word(proposed.kind.title)
    return (refusal("act_on_file_already", field="effective", title=title, day=earlier.effective),)


def _is_anew(open_dossier: OpenDossier, earlier: Fact, proposed: Proposed) -> bool:
    """Tell whether it is another act and corrects none: the deposit of a State that leaves, or its next withdrawal."""
    legal = open_dossier.dossier(reader=None).legal
    if earlier.kind == WITHDRAWAL:
        return legal.deposit is not None and earlier.counts_from < legal.deposit.counts_from
    leaves = legal.withdrawal_effective is not None and proposed.effective.first > earlier.counts_from
    return earlier.kind == DEPOSIT and leaves


def content_of(filing: Filing) -> Content | None:
    """Return what is to stand beside the fact, if anything; NotAdmitted when it cannot."""
    if filing.note is None and filing.attachment is None:
        return None
    return beside(filing.note, "note", filing.attachment)
