"""The page of leaving: which follow-ups the end of a hold or a mandate leaves behind, and who could take over each."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from casework.core.actors import Named
from casework.core.directory import Directory
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.follow_ups.ground import Grounds
from casework.follow_ups.listing import FollowUpView, Listing
from casework.follow_ups.page import Successor, successors_of
from casework.follow_ups.visibility import Visibility
from casework.people.ending_holds import left_behind
from casework.people.mandates import left_without, mandate_of
from casework.people.people_page import everybody
from casework.people.roster import HoldRow, MandateRow, Roster, roster_of
from models.follow_ups.follow_up import FollowUp
from models.people import addresses
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal
from sources.alphabet import names_in_order


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """A follow-up that would be left, and who may own it."""

    follow_up: FollowUpView
    heirs: tuple[Successor, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaving:
    """What is to end, and the follow-ups that depend on it. `hold` is None when the whole mandate ends."""

    mandate: MandateRow
    hold: HoldRow | None
    left: tuple[Left, ...]
    successors: tuple[Named, ...]
    today: date


def leaving_hold(workspace: Workspace, hold: int, *, treaty: str, reader: Reader, language: str = "en") -> Leaving:
    """Show which follow-ups depend on a person's hold, and who could take over; for the Secretariat."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        row = addresses.hold(connection, hold)
        if row is None:
            raise NotOnFile(refusal("no_such_hold", hold=hold))
        mandate = mandate_of(connection, row["mandate_id"], treaty)
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader)
        left = left_behind(workspace, connection, mandate, row)
        return Leaving(
            mandate=next(m for m in seen.mandates if m.mandate == mandate["id"]),
            hold=next(h for m in seen.mandates for h in m.holds if h.hold == hold),
            left=_left(
                workspace,
                connection,
                seen,
                left,
                without={hold},
                but={row["person_id"]},
                reader=reader,
                language=language,
            ),
            successors=tuple(p for p in everybody(seen) if p.person != row["person_id"]),
            today=seen.today,
        )


def leaving_mandate(
    workspace: Workspace, mandate: int, *, treaty: str, reader: Reader, language: str = "en"
) -> Leaving:
    """Show which follow-ups depend on a mandate, and who could take over by another one; for the Secretariat."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        row = mandate_of(connection, mandate, treaty)
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader)
        gone = {h.hold_id for h in seen.directory.held if h.mandate_id == mandate}
        return Leaving(
            mandate=next(m for m in seen.mandates if m.mandate == mandate),
            hold=None,
            left=_left(
                workspace,
                connection,
                seen,
                left_without(workspace, connection, row),
                without=gone,
                but=(),
                reader=reader,
                language=language,
            ),
            successors=(),
            today=seen.today,
        )


def _left(
    workspace: Workspace,
    connection: Connection,
    seen: Roster,
    left: Iterable[FollowUp],
    *,
    without: Collection[int],
    but: Collection[int],
    reader: Reader,
    language: str,
) -> tuple[Left, ...]:
    """Offer for each follow-up those who may own it without the holds that are to end, but for who leaves.

    They stand by their days, those of one day by the States' names.
    """
    after = Directory(
        held=[h for h in seen.directory.held if h.hold_id not in without],
        regions=seen.directory.regions,
        told_of_themselves=seen.directory.told_of_themselves,
    )
    grounds = Grounds(workspace, connection, after)
    names = {number: row["name"] for number, row in seen.persons.items()}
    place = {code: number for number, code in enumerate(names_in_order(seen.register, language))}
    found = sorted(left, key=lambda f: (f.due_on, place.get(f.state or "", -1), f.id))
    visibility = Visibility(workspace, connection, reader)
    listing = Listing.of(
        connection, found, visibility, today=seen.today, register=seen.register, directory=seen.directory
    )
    return tuple(Left(follow_up=listing.view(f), heirs=successors_of(grounds, f, names, but=but)) for f in found)
