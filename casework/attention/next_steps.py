"""Next steps: one line for every State that is not party, never blank, as one reader may know it on a day.

Who may not know the stage of a State finds no line of it, whatever stands in one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.attention.owner import ANSWERING, owner_of
from casework.attention.unanswered import questions_open, unanswered_since
from casework.attention.visibility import may_write
from casework.core.actors import Named, called, names_of
from casework.core.as_of import in_region
from casework.core.directory import Directory
from casework.core.next_step import LastWord
from casework.core.snapshots import PlacedSnapshot, Snapshot
from casework.core.workspace import Workspace
from casework.follow_ups.visibility import Visibility
from models.attention import written_steps
from models.attention.written_steps import WrittenStep
from models.follow_ups import open_follow_ups
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.promises import Promise
from pathways.grammar.refusals import Remark
from pathways.grammar.stages import Stage
from sources.alphabet import names_in_order


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What comes next for one State, by when, who answers for it, and when the State itself was last heard.

    `next_step` is what the pathway says, as a remark, or what somebody wrote, as a text. `owner` is None where nobody
    holds a mandate for the State.
    """

    state: str
    name: str
    region: str
    stage: Stage
    tier: int | None
    signature: PartialDate | None
    next_step: Remark | str
    written_by: str | None
    written_on: date | None
    seen: int  # the number of what was written, nought where the pathway speaks
    due_on: date | None
    owner: Named | None
    last_word: LastWord | None
    unanswered_since: date | None
    promise: Promise | None  # of those that are to be kept, the one whose day is nearest, else the oldest
    may_write: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class NextSteps:
    """The lines of a day: the nearest day first, what has none last; of one day by tier, then by name."""

    on: date
    lines: tuple[Line, ...]


def next_steps(
    workspace: Workspace,
    *,
    treaty: str,
    reader: Reader,
    on: date | None = None,
    region: str | None = None,
    language: str = "en",
) -> NextSteps:
    """Return a line for every State that is not party and whose stage the reader may know."""
    day = on or workspace.today()
    with workspace.reading() as connection:
        making = _Making.of(workspace, connection, treaty, reader, day)
        names = names_in_order(workspace.register(connection, on=day), language)
    there = {one.snapshot.state: one for one in in_region(making.placed, region)}
    order = [*(state for state in names if state in there), *(state for state in there if state not in names)]
    lines = [making.line(there[state], names.get(state, state)) for state in order if _has_line(there[state].snapshot)]
    return NextSteps(on=day, lines=tuple(sorted(lines, key=lambda line: (line.due_on or date.max, line.tier or 0))))


def _has_line(snapshot: Snapshot) -> bool:
    return snapshot.knows_stage and not snapshot.legal_status.is_party


@dataclass(frozen=True)
class _Making:
    """Lines in the making: what was read once, however many States there are."""

    treaty: str
    reader: Reader
    placed: Sequence[PlacedSnapshot]
    directory: Directory
    people: Mapping[int, str]
    asked: Mapping[str, Sequence[date]]
    written: Mapping[str, WrittenStep]
    writers: Mapping[str, str]

    @classmethod
    def of(cls, workspace: Workspace, connection: Connection, treaty: str, reader: Reader, day: date) -> _Making:
        pathway, snapshots = workspace.pathway(treaty), workspace.snapshots
        look = snapshots.of if day == workspace.today() else snapshots.of_another_day
        placed = look(connection, pathway, reader, day)
        holders = open_follow_ups.holders(connection, treaty, ANSWERING, day)
        regions = {snapshot.state: (region, group) for region, group, snapshot in placed}
        written = written_steps.standing_on(connection, treaty, day)
        actors = {one.written_by for one in written.values()}
        names = names_of(connection, actors)
        return cls(
            treaty=treaty,
            reader=reader,
            placed=placed,
            directory=Directory(held=[held for held, _ in holders], regions=regions),
            people={held.person_id: name for held, name in holders},
            asked=questions_open(connection, Visibility(workspace, connection, reader), treaty, day),
            written=written,
            writers={actor: names.get(actor) or called(connection, actor) for actor in actors},
        )

    def line(self, one: PlacedSnapshot, name: str) -> Line:
        region, _, snapshot = one
        assert snapshot.stage is not None  # whoever has a line may know it
        assert snapshot.next_step is not None
        heard, written = snapshot.last_word, self.written.get(snapshot.state)
        return Line(
            state=snapshot.state,
            name=name,
            region=region,
            stage=snapshot.stage,
            tier=snapshot.tier,
            signature=snapshot.signature,
            next_step=written.words or "" if written else snapshot.next_step.says,
            written_by=self.writers[written.written_by] if written else None,
            written_on=written.written_on if written else None,
            seen=written.id if written else 0,
            due_on=written.due_on if written else snapshot.next_step.by,
            owner=self._owner(snapshot.state),
            last_word=heard,
            promise=_promise(snapshot),
            unanswered_since=unanswered_since(self.asked.get(snapshot.state, ()), heard.on if heard else None),
            may_write=may_write(self.reader, snapshot.state),
        )

    def _owner(self, state: str) -> Named | None:
        held = owner_of(self.directory, state, self.treaty)
        return Named(person=held.person_id, name=self.people[held.person_id]) if held else None


def _promise(snapshot: Snapshot) -> Promise | None:
    """Return the promise to think of first; None where none that the reader may know is to be kept."""
    standing = [one for one in snapshot.promises if one.is_to_be_kept]
    return min(standing, key=lambda one: (one.by.last if one.by else date.max, one.said.counts_from), default=None)
