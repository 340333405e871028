"""Intake: a depositary's table, all or nothing. What differs from a confirmed value stands beside it, never over it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from casework.core.commit import Committed
from casework.core.open_dossier import OpenDossier
from casework.core.workspace import Workspace
from casework.depositary.acts import put_on_file
from casework.depositary.comparison import Verdict, agrees, compare, is_compiled_alone, says_the_same
from casework.depositary.gone import VANISHED, about_acts
from casework.depositary.intaken import Change, Gone, Intaken
from casework.depositary.plausibility import implausible
from casework.dossiers.derived_steps import follow_the_record
from casework.follow_ups.failures import NOT_TAKEN_IN, dealt_with
from casework.follow_ups.secretariat_tasks import Task, enter
from models.ledger import dossiers
from models.ledger.hash_chain import canonical
from models.runs import runs
from models.store.engine import Connection
from pathways.grammar.agenda import Occasion
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.refusals import refusal
from sources.participation import Act, ActKind, Fault, Table, TableRefused
from sources.reading import read_table
from sources.states import Register

BY_ITSELF = "system:intake"  # who takes in what lies in the inbox
_TAKEN_IN = "done: the file was taken in"
_IN_TABLES = (ActKind.SIGNATURE, ActKind.PROVISIONAL_APPLICATION, ActKind.DEPOSIT)
Progress = Callable[[int, int], None]
Agreed = Callable[[Intaken], None]


class _Undone(Exception):
    """A dry run is over: nothing of it is written."""


def take_in(
    workspace: Workspace,
    data: bytes,
    *,
    treaty: str,
    published: date | None = None,
    dry_run: bool = False,
    actor: str = BY_ITSELF,
    progress: Progress | None = None,
    agreed: Agreed | None = None,
) -> Intaken:
    """Take in a depositary's XML or CSV; a second time changes nothing.

    `agreed` is told all that it brings before anything is written, and refuses what was not agreed to.
    """
    pathway = workspace.pathway(treaty)
    found = Intaken(treaty=treaty, published=published)
    register = workspace.register()
    try:
        table = read_table(
            data,
            titles=pathway.titles,
            register=register,
            max_bytes=workspace.settings.intake_limit,
            published=published,
        )
    except TableRefused as refused:
        faults = [*refused.faults, *_implausible(workspace, refused.readable, published, treaty, register)]
        return _refuse(found, faults, refused.unknown)
    if faults := _implausible(workspace, table.acts, published, treaty, register):
        return _refuse(found, faults)
    found.published, found.read = table.as_at, len(table.acts)
    with suppress(_Undone):
        _write(
            workspace, table, found, treaty, hashlib.sha256(data).hexdigest(), actor, progress, agreed, dry_run=dry_run
        )
    return found


def _refuse(found: Intaken, faults: Sequence[Fault], unknown: Sequence[str] = ()) -> Intaken:
    """Say that the file is refused: what is wrong with all of it, then row by row."""
    found.faults = [fault.in_its_row for fault in sorted(faults, key=lambda fault: fault.row or 0)]
    found.unknown = list(unknown)
    return found


def _implausible(
    workspace: Workspace, read: Sequence[Act], published: date | None, treaty: str, register: Register
) -> list[Fault]:
    """Return what cannot be true of the acts that were read, given the day that the file describes, if that is said."""
    today = workspace.today()
    faults: list[Fault] = []
    if published is not None and published > today + timedelta(days=1):
        faults.append(Fault(refusal("published_in_the_future", published=published, today=today)))
    late = [act for act in read if published is not None and act.effective.first > published]
    faults += [Fault(refusal("act_after_the_table", day=act.effective, published=published), act.row) for act in late]
    for state, acts in _by_state(read).items():
        name = str(register.get(state) or state)
        faults += implausible(workspace.pathway(treaty), name, acts, today)
    return faults


def _write(
    workspace: Workspace,
    table: Table,
    found: Intaken,
    treaty: str,
    digest: str,
    actor: str,
    progress: Progress | None,
    agreed: Agreed | None,
    *,
    dry_run: bool,
) -> None:
    with workspace.reading() as connection:
        ids = [record.id for record in dossiers.records(connection, treaty)]
    by_state = _by_state(table.acts)
    today = workspace.today()

    def note(connection: Connection) -> None:
        _note(workspace, connection, found, treaty, digest)
        if actor != BY_ITSELF:
            dealt_with(workspace, connection, NOT_TAKEN_IN, treaty=treaty, mark=digest, outcome=_TAKEN_IN, by=actor)

    with workspace.batch(ids, actor=actor, today=today, committed=Committed(), beat=note) as open_dossiers:
        for number, open_dossier in enumerate(open_dossiers, start=1):
            _take_in_one(open_dossier, by_state.get(open_dossier.state, []), found, table)
            if progress is not None:
                progress(number, len(open_dossiers))
        if dry_run:
            raise _Undone
        if agreed is not None:
            agreed(found)


def _note(workspace: Workspace, connection: Connection, found: Intaken, treaty: str, digest: str) -> None:
    """Note the file, and what it no longer shows, in the transaction that writes its facts."""
    if found.vanished:
        today = workspace.today()
        due_on = today + workspace.pathway(treaty).periods.vanished
        enter(workspace, connection, [_gone(found, treaty, digest, due_on)], today)
    counts = {v: getattr(found, v) for v in ("read", "new", "changed", "confirmed", "unchanged")}
    counts |= {"conflicts": len(found.conflicts), "vanished": len(found.vanished)}
    runs.note_file(
        connection,
        hash=digest,
        treaty=treaty,
        published=found.published or workspace.today(),
        at=workspace.clock.now(),
        counts=canonical(counts),
    )


def _gone(found: Intaken, treaty: str, digest: str, due_on: date) -> Task:
    return Task(
        key=f"{VANISHED}:{treaty}:{digest}",
        occasion=VANISHED,
        about=about_acts(found.vanished),
        treaty=treaty,
        due_on=due_on,
        is_public=True,
    )


def _take_in_one(open_dossier: OpenDossier, acts: Sequence[Act], found: Intaken, table: Table) -> None:
    """Take in one State's acts, oldest first; then let the record's steps follow."""
    before = len(open_dossier.new_facts)
    ours = {kind: open_dossier.all_told().proofs(kind) for kind in _IN_TABLES}
    for act in sorted(acts, key=lambda a: a.effective.first):
        if not act.in_brackets:
            _take_in_act(open_dossier, _counterpart(open_dossier, ours[act.kind], act), act, found, table)
    found.vanished += _vanished(open_dossier, ours, acts, table)
    if len(open_dossier.new_facts) > before:
        follow_the_record(open_dossier)
        open_dossier.opened += [
            i for i in open_dossier.unopened(open_dossier.agenda().items) if i.occasion is Occasion.CONTRADICTION
        ]


def _counterpart(open_dossier: OpenDossier, ours: Sequence[Fact], act: Act) -> Fact | None:
    """Return the act of ours that one of theirs speaks of; a State that had left may deposit anew."""
    same = next((fact for fact in reversed(ours) if agrees(fact, act)), None)
    if same is not None or not ours:
        return same
    leaves = open_dossier.all_told().legal.withdrawal_effective
    is_anew = act.kind is ActKind.DEPOSIT and leaves is not None and act.effective.first >= leaves
    return None if is_anew else ours[-1]


def _take_in_act(open_dossier: OpenDossier, ours: Fact | None, act: Act, found: Intaken, table: Table) -> None:
    verdict, differences = compare(ours, act)
    reference = f"status table as at {table.as_at}"
    if verdict is Verdict.CONFLICT:
        assert ours is not None
        found.conflicts += differences
        if not any(f.contests and f.kind == act.kind.value and says_the_same(f, act) for f in open_dossier.facts):
            put_on_file(open_dossier, act, SourceKind.DEPOSITARY, reference=reference, contests=ours.id)
        return
    setattr(found, verdict.value, getattr(found, verdict.value) + 1)
    if verdict is not Verdict.UNCHANGED:
        replaces = ours.id if ours is not None else None
        put_on_file(open_dossier, act, SourceKind.DEPOSITARY, reference=reference, replaces=replaces)
        found.add(Change.of(act, ours, verdict))


def _vanished(
    open_dossier: OpenDossier, ours: Mapping[ActKind, Sequence[Fact]], acts: Sequence[Act], table: Table
) -> Iterator[Gone]:
    """Yield our acts, dated by the table's day, that it leaves out or brackets, and bracketed acts we never had."""
    shown = {act.kind for act in acts if not act.in_brackets}
    told = {act.kind for act in table.acts}
    for kind, facts in ours.items():
        if kind in shown or kind not in told or table.as_at is None or _is_known_to_be_gone(open_dossier, kind):
            continue
        if facts and facts[-1].counts_from <= table.as_at and not is_compiled_alone(facts[-1]):
            yield Gone(state=open_dossier.state, act=kind.value, date=str(facts[-1].effective))
        elif not facts:
            for act in acts:
                if act.kind is kind:
                    yield Gone(state=open_dossier.state, act=kind.value, date=str(act.effective))


def _is_known_to_be_gone(open_dossier: OpenDossier, kind: ActKind) -> bool:
    """Tell whether a withdrawal on file says why the depositary no longer shows a deposit."""
    return kind is not ActKind.SIGNATURE and open_dossier.all_told().legal.withdrawal_effective is not None


def _by_state(acts: Sequence[Act]) -> dict[str, list[Act]]:
    by_state: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_state[act.state].append(act)
    return by_state
