"""Writing what comes next for a State. What was written before is kept; the same again is one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.attention.visibility import require_writer
from casework.core.actors import note
from casework.core.readers import legal_status_of
from casework.core.rights import NotOnFile
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from models.attention import written_steps
from models.attention.written_steps import WrittenStep
from models.ledger import dossiers
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Refused, refusal

#: How many characters a next step has at the most.
LONGEST = 300
_YEARS_AHEAD = 10


class NotWritten(Refused, ValueError):
    """What comes next cannot be written so; a refusal for each reason."""


class WrittenMeanwhile(Refused):
    """Somebody else has written since the page was shown from which somebody writes."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What stands now; `repeated` when it stood so already, and nothing was written. No words: the pathway speaks."""

    words: str | None
    due_on: date | None
    repeated: bool = False


def write_next_step(
    workspace: Workspace,
    state: str,
    words: str,
    *,
    by: date | None = None,
    seen: int | None = None,
    treaty: str,
    name: str,
    reader: Reader,
) -> Written:
    """Write what comes next for a State, by a day if one is said; NotWritten with every reason against it.

    `seen` is the number of what stood on the page from which somebody writes, nought where nothing did; then
    WrittenMeanwhile says what somebody else has written since.
    """
    return _write(workspace, state, words.strip(), by, seen, treaty=treaty, name=name, reader=reader)


def leave_to_pathway(
    workspace: Workspace, state: str, *, seen: int | None = None, treaty: str, name: str, reader: Reader
) -> Written:
    """Let the pathway say again what comes next: what was written is done, or no longer meant."""
    return _write(workspace, state, None, None, seen, treaty=treaty, name=name, reader=reader)


def _write(
    workspace: Workspace,
    state: str,
    words: str | None,
    by: date | None,
    seen: int | None,
    *,
    treaty: str,
    name: str,
    reader: Reader,
) -> Written:
    with workspace.registry() as connection:
        record = dossiers.record_of(connection, treaty, state, lock=True)
        if record is None:
            raise NotOnFile(refusal("no_dossier", state=name))
        require_writer(reader, state, name)
        before = next(iter(written_steps.of_dossier(connection, record.id)), None)
        if _is_it(before, words, by):
            return Written(words=words, due_on=by, repeated=True)
        if faults := [*_of_state(workspace, connection, treaty, state, name), *_of_words(workspace, words, by)]:
            raise NotWritten(*faults)
        if before is not None and before.words is not None and seen is not None and seen != before.id:
            raise WrittenMeanwhile(refusal("next_step_written_meanwhile", words=before.words))
        stamp = workspace.stamp()
        on = {"written_on": workspace.today(), "written_at": stamp, "written_by": reader.actor}
        number = written_steps.add(connection, dossier_id=record.id, words=words, due_on=by, **on)
        what = "next step left to the pathway" if words is None else "next step written"
        note(workspace, connection, reader, what, f"next_step:{number}", due_on=str(by) if by else None)
        return Written(words=words, due_on=by)


def _is_it(before: WrittenStep | None, words: str | None, by: date | None) -> bool:
    standing = (before.words, before.due_on) if before is not None else (None, None)
    return standing == (words, by)


def _of_state(workspace: Workspace, connection: Connection, treaty: str, state: str, name: str) -> Iterator[Refusal]:
    status = legal_status_of(workspace, connection, treaty, state, workspace.today())
    if status is not None and status.is_party:
        yield refusal("next_step_of_a_party", state=name)


def _of_words(workspace: Workspace, words: str | None, by: date | None) -> Iterator[Refusal]:
    today = workspace.today()
    if words is not None:
        yield from line_faults(words, refusal("say_what_comes_next", field="words"), most=LONGEST)
    if by is not None and by < today:
        yield refusal("next_step_by_a_day_to_come", field="by", today=today, day=by)
    elif by is not None and by.year > today.year + _YEARS_AHEAD:
        yield refusal("next_step_too_far_ahead", field="by", day=by, years=_YEARS_AHEAD)
