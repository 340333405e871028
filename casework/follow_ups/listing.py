"""The list of follow-ups: the open ones by due day, then the closed ones with their outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.actors import number_of
from casework.core.directory import Directory
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.follow_ups.closings import Closings
from casework.follow_ups.dead_letters import letter_in
from casework.follow_ups.visibility import Visibility
from casework.follow_ups.whose import Part, asked_next, is_for_information, may_answer, part_of
from models.follow_ups import delivery_history
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.lifecycle import BY_TIME, overtaken_by
from models.letters import administration
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal
from sources.alphabet import alphabetical
from sources.states import Register


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpView:
    """Something somebody has to do. `owner` is a person's number; without one it is for whoever has the `role`.

    `state` is None for what concerns no State, such as a role that nobody holds; `letter_to` names to whom a letter was
    written that could not be delivered. `overtaken_by` names the fact that ended the occasion, to who may read it,
    and `became` says what that did where it is just what was asked for.
    `is_for_information`: of whoever looks nothing is asked; `is_passed_on`: whoever looks was asked, and the `role` or
    the owner is by now; `may_answer`: whoever looks may close it or let it rest. `next_role` is asked from `next_on` on
    if it stays open; `due_on` is the day of whoever it is with. Of one that a person opened, `words` are what is to be
    done, and `sensitivity` says how closely it is held.
    """

    id: int
    state: str | None
    name: str | None
    region: str
    kind: str
    about: str
    letter_to: str | None
    role: str
    owner: int | None
    owner_name: str | None
    opened_on: date
    due_on: date
    is_late: bool
    snoozed_until: date | None
    snooze_reason: str | None
    closed_on: date | None
    outcome: str | None
    closed_by: str | None
    overtaken_by: str | None
    became: str | None
    is_for_information: bool
    is_passed_on: bool
    may_answer: bool
    next_role: str | None
    next_on: date | None
    silent_since: date | None  # of a silence, to who may know
    words: str | None
    opened_by: str | None
    sensitivity: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """What a list of follow-ups needs to say of each how it stands for one reader on a day."""

    today: date
    reader: Reader
    names: Mapping[int, str]
    letters_to: Mapping[str, str]
    asked: frozenset[str]  # the keys of those that have asked the reader
    directory: Directory
    register: Register
    visibility: Visibility
    closings: Closings

    @classmethod
    def of(
        cls,
        connection: Connection,
        found: Sequence[FollowUp],
        visibility: Visibility,
        *,
        today: date,
        register: Register,
        directory: Directory | None = None,
    ) -> Listing:
        """Read what is wanted of these follow-ups, of all at once."""
        is_open = [f.key for f in found if f.closed_on is None]
        letters = [letter for f in found if (letter := letter_in(f.occasion, f.about))]
        return cls(
            today=today,
            reader=visibility.reader,
            names=people.names(connection, {f.owner_id for f in found if f.owner_id is not None}),
            letters_to=administration.addressees(connection, letters),
            asked=delivery_history.asked_of(connection, is_open, number_of(visibility.reader)),
            directory=directory or Directory.of(connection, today, treaties={f.treaty for f in found}),
            register=register,
            visibility=visibility,
            closings=Closings.of(visibility.workspace, connection, visibility.reader, found),
        )

    def part(self, found: FollowUp) -> Part:
        """Return where a follow-up stands in the reader's inbox."""
        return part_of(found, self.reader, was_asked=found.key in self.asked)

    def view(self, kept: FollowUp) -> FollowUpView:
        """Return a follow-up as it is listed; that the reader may know of it was decided before, but for its words."""
        found = self.closings.shown(kept)
        fact = overtaken_by(found.outcome)
        is_open = found.closed_on is None
        is_passed_on = is_open and self.part(found) is Part.PASSED_ON
        then = asked_next(found, self.directory, self.today)
        rests = found.snoozed_until is not None and found.snoozed_until > self.today
        return FollowUpView(
            id=found.id,
            state=found.state,
            name=self.register.name_of(found.state) if found.state else None,
            region=found.region,
            kind=found.occasion,
            about=found.about,
            letter_to=self.letters_to.get(letter_in(found.occasion, found.about) or ""),
            role=found.asked,
            owner=found.owner_id,
            owner_name=self.names.get(found.owner_id) if found.owner_id else None,
            opened_on=found.opened_on,
            due_on=found.due_on,
            is_late=is_open and not is_passed_on and found.due_on < self.today,
            snoozed_until=found.snoozed_until if rests else None,
            snooze_reason=found.snooze_reason if rests else None,
            closed_on=found.closed_on,
            outcome=found.outcome,
            closed_by=found.closed_by,
            overtaken_by=None if fact == BY_TIME else fact,
            became=self.closings.became(found),
            is_for_information=is_open and is_for_information(found, self.reader),
            is_passed_on=is_passed_on,
            may_answer=is_open and may_answer(found, self.reader),
            next_role=then.role if then else None,
            next_on=then.on if then else None,
            silent_since=self.visibility.silent_since(found),
            words=found.words if self.visibility.reads_words(found) else None,
            opened_by=found.opened_by,
            sensitivity=found.sensitivity.label if found.sensitivity is not None else None,
        )


def follow_up_list(
    workspace: Workspace, *, treaty: str, open_only: bool = False, reader: Reader
) -> tuple[FollowUpView, ...]:
    """List the follow-ups of a treaty that the reader may know of: by due day, the closed ones by the day of the close.

    Of one day, by the States' names; what is of no State first.
    """
    with workspace.reading() as connection:
        visibility = Visibility(workspace, connection, reader)
        found = [f for f in follow_up_row.of_treaty(connection, treaty, open_only=open_only) if visibility.has(f)]
        listing = listing_of(connection, found, visibility)
        views = sorted((listing.view(f) for f in found), key=lambda view: (alphabetical(view.name or ""), view.id))
        closed = sorted((v for v in views if v.closed_on), key=lambda view: view.closed_on or date.max, reverse=True)
        return (*sorted((v for v in views if v.closed_on is None), key=lambda view: view.due_on), *closed)


def follow_up_view(workspace: Workspace, follow_up: int, *, treaty: str, reader: Reader) -> FollowUpView:
    """Show one follow-up of a treaty; NotOnFile when there is none the reader may know of."""
    with workspace.reading() as connection:
        found = follow_up_row.one(connection, follow_up)
        visibility = Visibility(workspace, connection, reader)
        if found is None or found.treaty != treaty or not visibility.has(found):
            raise NotOnFile(refusal("no_such_follow_up_listed", follow_up=follow_up))
        return listing_of(connection, [found], visibility).view(found)


def listing_of(connection: Connection, found: Sequence[FollowUp], visibility: Visibility) -> Listing:
    """Read what is wanted of these follow-ups as they stand today."""
    workspace = visibility.workspace
    return Listing.of(connection, found, visibility, today=workspace.today(), register=workspace.register(connection))
