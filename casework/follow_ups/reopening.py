"""Reopening: a close that was a mistake is taken back, until the end of the day after it.

The follow-up is open again with its rung and day as they were, and what was said of it stays as a comment; what the
closing put on file no longer counts. What a fact has overtaken stays closed, whatever is said of it.
"""

from __future__ import annotations

from datetime import date, timedelta

from casework.core.actors import note
from casework.core.open_dossier import OF_THE_AGENDA, OpenDossier
from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Workspace
from casework.follow_ups.actions import NotFollowedUp, exchange_of
from casework.follow_ups.closings import Closings
from casework.follow_ups.outcomes import EXCHANGE, parted
from casework.follow_ups.visibility import Visibility
from models.follow_ups import comments, lifecycle
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.follow_up import FollowUp
from models.store.engine import Connection
from pathways.grammar.agenda import agenda
from pathways.grammar.clearance import ANYONE, Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import CORRECTION
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right

#: Until the end of so many days after the close.
FOR = timedelta(days=1)


class NotReopened(NotFollowedUp):
    """A close cannot be taken back; the refusal says why."""


class OpenAlready(NotReopened):
    """Somebody else has taken the close back."""


def reopen(workspace: Workspace, follow_up: int, *, reader: Reader, treaty: str | None) -> FollowUp:
    """Take the close of a follow-up back; an exchange that it put on file is annulled in the same commit."""
    with workspace.registry() as connection:
        found = _closed(workspace, connection, follow_up, reader, treaty)
        if found.state is None:
            occasion = lifecycle.occasion_of(found)
            if lifecycle.keys_of(connection, [occasion]) - {found.key}:
                raise NotReopened(refusal("overtaken_since_closed", follow_up=found.id))
            return _write(workspace, connection, found, reader)
    assert found.state is not None
    opened: list[FollowUp] = []
    with workspace.open_dossier(
        found.state,
        treaty=found.treaty,
        reader=reader,
        right=Right.FOLLOW_UP,
        name=workspace.register().name_of(found.state),
        beat=lambda connection: opened.append(_write(workspace, connection, found, reader)),
    ) as open_dossier:
        if any(f.id == found.id and f.is_open for f in open_dossier.follow_ups):
            raise OpenAlready(refusal("open_again_already", follow_up=found.id))
        _annul_exchange(open_dossier, found)
        if _is_overtaken(open_dossier, found, reader):
            raise NotReopened(refusal("overtaken_since_closed", follow_up=found.id))
    return opened[0]


def reopens_until(found: FollowUp, reader: Reader, today: date) -> date | None:
    """Return the last day on which the reader could take a close back, as far as the follow-up itself says."""
    is_theirs = reader.is_secretariat or found.closed_by == reader.actor
    if not found.is_answered or not is_theirs or found.closed_on is None:
        return None
    return last if today <= (last := found.closed_on + FOR) else None


def _closed(
    workspace: Workspace, connection: Connection, follow_up: int, reader: Reader, treaty: str | None
) -> FollowUp:
    found, today = follow_up_row.one(connection, follow_up, lock=True), workspace.today()
    if found is None or treaty not in (None, found.treaty) or not Visibility(workspace, connection, reader).has(found):
        raise NotOnFile(refusal("no_such_follow_up_listed", follow_up=follow_up))
    if found.closed_on is None:
        raise OpenAlready(refusal("open_again_already", follow_up=follow_up))
    if not found.is_answered:
        raise NotReopened(refusal("closed_by_what_happened", follow_up=follow_up))
    if not (reader.is_secretariat or found.closed_by == reader.actor):
        raise NotYours(refusal("closed_by_another", follow_up=follow_up))
    if today > found.closed_on + FOR:
        raise NotReopened(refusal("closed_too_long_ago", day=found.closed_on + FOR))
    return found


def _is_overtaken(open_dossier: OpenDossier, found: FollowUp, reader: Reader) -> bool:
    """Tell whether what it asks no longer stands on the agenda, or another asks it by now."""
    occasion = lifecycle.occasion_of(found)
    if any(f.key == occasion and f.id != found.id for f in open_dossier.follow_ups):
        return True
    if found.occasion not in OF_THE_AGENDA:
        return False
    # What only a hidden fact has overtaken is taken back as any other, or the refusal would tell; a sweep closes it.
    seen = agenda(open_dossier.pathway, open_dossier.dossier(reader=reader)).items
    return occasion not in {open_dossier.key(item.key) for item in (*open_dossier.agenda().items, *seen)}


def _annul_exchange(open_dossier: OpenDossier, found: FollowUp) -> None:
    """Annul the exchange that the closing put on file, if that still counts."""
    counting = {fact.id for fact in open_dossier.dossier(reader=None).in_force}
    reference = exchange_of(found.id)
    filed = tuple(
        f.id
        for f in open_dossier.facts
        if f.id in counting and (f.kind, f.actor, f.reference) == (EXCHANGE, found.closed_by, reference)
    )
    if filed:
        open_dossier.file(
            CORRECTION,
            PartialDate.of(open_dossier.today),
            source=SourceKind.ASSESSMENT,
            sensitivity=Sensitivity.COORDINATION,
            reference=reference,
            annuls=filed,
        )


def _held(workspace: Workspace, connection: Connection, found: FollowUp) -> Sensitivity:
    """Return how closely the words of a close are held: the Secretariat's were for itself, and stay so."""
    to_others = Closings.of(workspace, connection, ANYONE, [found]).shown(found)
    return Sensitivity.COORDINATION if to_others.outcome == found.outcome else Sensitivity.CONFIDENTIAL


def _write(workspace: Workspace, connection: Connection, found: FollowUp, reader: Reader) -> FollowUp:
    opened = lifecycle.reopen(connection, found, today=workspace.today())
    if opened is None:
        raise OpenAlready(refusal("open_again_already", follow_up=found.id))
    follow_up_row.note_move(connection, [found.id], at=workspace.stamp())
    comments.add(
        connection,
        follow_up_id=found.id,
        author=found.closed_by or reader.actor,
        written_at=workspace.stamp(),
        words=found.outcome or "",
        sensitivity=_held(workspace, connection, found),
    )
    ended = parted(found.outcome)[0]
    note(workspace, connection, reader, "reopened", f"follow_up:{found.id}", outcome=ended, by=found.closed_by)
    return opened
