"""Cases: every State of a treaty as a reader sees it today, with what needs somebody next and who has it in hand.

The one source of the overview and of the table of States, so that both say the same. What the reader may not know is
not in it: how a State looks comes from the reader's own snapshots, a follow-up only within the reader's reach.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.core.snapshots import PlacedSnapshot, Snapshot
from casework.core.workspace import Workspace
from casework.follow_ups.closings import facts_read, stays_closed
from casework.follow_ups.visibility import Visibility
from casework.overview.memo import Memos
from casework.overview.pressing_matters import CaseMaterial, PressingMatter, Work
from models.follow_ups import open_follow_ups
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import roles_that
from pathways.grammar.stages import LegalStatus, Stage, Standing
from sources.alphabet import names_in_order
from sources.states import Register

_UNDER_WAY = frozenset({LegalStatus.SIGNATORY, LegalStatus.DEPOSITED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One State as the reader sees it, with what needs somebody, the most pressing first.

    `stage` is that to show: where the depositary's public word alone decides it, to everybody. `owner` has the most
    pressing thing in hand, or leads the role that is asked for it; None where nothing wants anybody, and to who may not
    know the stage. `next_on` is the State's next deadline, as on its own page.
    """

    state: str
    name: str
    region: str
    snapshot: Snapshot
    matters: tuple[PressingMatter, ...]
    owner: str | None
    next_on: date | None
    is_party: bool
    stage: Stage | None

    @property
    def matter(self) -> PressingMatter | None:
        """Return the most pressing thing, if any."""
        return self.matters[0] if self.matters else None

    @property
    def is_coming(self) -> bool:
        """Tell whether a State is between outside and bound: by its stage where known, else by its public acts."""
        if self.is_party:
            return False
        if self.stage is None:
            return self.snapshot.legal_status in _UNDER_WAY
        return self.stage is not Stage.OUTSIDE

    @property
    def is_apart(self) -> bool:
        """Tell whether the State has paused or declined, with nothing in the depositary's hands."""
        in_hand = self.is_party or self.snapshot.legal_status is LegalStatus.DEPOSITED
        return self.snapshot.standing is not Standing.OPEN and not in_hand


@dataclass(frozen=True, kw_only=True, eq=False)
class Cases:
    """Every State by name, and what needs the Secretariat but concerns no State. The same only as itself."""

    today: date
    register: Register
    states: tuple[Case, ...]
    beside: tuple[tuple[str, PressingMatter], ...]  # with the region it is about


_MEMORIES: Memos[tuple[CaseMaterial, Register], Cases] = Memos(most=100)


def cases(workspace: Workspace, *, treaty: str, reader: Reader, language: str = "en") -> Cases:
    """Return every State of a treaty as the reader sees it today; names in the language where the record has them.

    The very same object as long as nothing has changed, in a handful of statements however many States there are.
    """
    with workspace.reading() as connection:
        given, register = _look(workspace, connection, treaty, reader), workspace.register(connection)
        memory, asker = _MEMORIES.of(workspace), (treaty, reader, language)
        return memory.of(
            asker,
            (given, register),
            lambda: _make(given, register, Visibility(workspace, connection, reader), treaty, language),
        )


def _look(workspace: Workspace, connection: Connection, treaty: str, reader: Reader) -> CaseMaterial:
    today = workspace.today()
    placed = workspace.snapshots.of(connection, workspace.pathway(treaty), reader, today)
    in_hand = open_follow_ups.open_ones(connection, treaty)
    keys = {f"{treaty}/{snapshot.state}:{item.key}" for _, _, snapshot in placed for item in snapshot.items}
    closed = open_follow_ups.closed_among(connection, sorted(keys - {f.key for f, _ in in_hand}))
    return CaseMaterial(
        today=today,
        placed=placed,
        in_hand=in_hand,
        holders=open_follow_ups.holders(connection, treaty, roles_that(lambda row: row.takes_follow_ups), today),
        closed=stays_closed(closed, facts_read(workspace, connection, reader, treaty, closed.values()), reader),
    )


def _make(given: CaseMaterial, register: Register, visibility: Visibility, treaty: str, language: str) -> Cases:
    work = Work.of(given, visibility, treaty)
    there = {one.snapshot.state: one for one in given.placed}
    names = names_in_order(register, language)
    known = [_case(there.pop(state), name, work) for state, name in names.items() if state in there]
    known += [_case(one, state, work) for state, one in there.items()]  # whom the register does not know
    beside = tuple((f.follow_up.region, work.matter_of(f, None)) for f in work.known if f.follow_up.state is None)
    return Cases(today=given.today, register=register, states=tuple(known), beside=beside)


def _case(one: PlacedSnapshot, name: str, work: Work) -> Case:
    matters = work.matters(one.snapshot, name)
    return Case(
        state=one.snapshot.state,
        name=name,
        region=one.region,
        snapshot=one.snapshot,
        matters=matters,
        owner=work.owner(one.snapshot, matters),
        next_on=work.next_on(one.snapshot),
        is_party=one.snapshot.legal_status.is_party,
        stage=_stage(one.snapshot),
    )


def _stage(snapshot: Snapshot) -> Stage | None:
    if snapshot.legal_status.is_party:
        return Stage.IMPLEMENTATION
    return Stage.DEPOSIT if snapshot.legal_status is LegalStatus.DEPOSITED else snapshot.stage
