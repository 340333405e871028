"""The page of one follow-up: what it asks, who was told and how, and what the reader may do about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from casework.core.actors import Named, by_name, names_of, number_of
from casework.core.directory import Directory
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.follow_ups.actions import may_rest
from casework.follow_ups.comments import LEVELS, CommentView, comments_on
from casework.follow_ups.dead_letters import letter_in
from casework.follow_ups.delivery_history import ChainView, chain_view
from casework.follow_ups.failures import reasons_of
from casework.follow_ups.ground import Grounds, may_do
from casework.follow_ups.listing import FollowUpView, listing_of
from casework.follow_ups.outcomes import EXCHANGE
from casework.follow_ups.periods import rests_until_at_most
from casework.follow_ups.reassignment import who_may_own
from casework.follow_ups.reopening import reopens_until
from casework.follow_ups.visibility import Visibility
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.follow_up import FollowUp
from models.letters import administration
from models.people import people
from models.store.engine import Connection
from pathways.grammar.agenda import Occasion
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.refusals import Remark, refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Successor(Named):
    """Somebody who may be given a follow-up, and the role in which it would be theirs."""

    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpPage:
    """A follow-up with its chain. `opened_by_name` is None when no person opened it, `closed_by_name` when no
    person closed it.

    `may_take`: it can become the reader's own; `may_do`: the reader has the right that doing what it asks takes;
    `heirs`: whom the reader may hand it to; `rests_at_most`: the last day until which it may rest, if it `may_rest`;
    `files_exchange`: an answer puts an exchange with the State on file; `knows_fact`: the reader may read the fact that
    overtook it; `reasons`: of a failure, why; `comments`: what was said beside it, to be held at one of the `levels`;
    `reopens_until`: the last day on which the reader can take the close back.
    """

    follow_up: FollowUpView
    chain: ChainView
    is_mine: bool
    may_take: bool
    may_do: bool
    heirs: tuple[Successor, ...]
    rests_at_most: date
    may_rest: bool
    reopens_until: date | None
    files_exchange: bool
    opened_by_name: str | None
    closed_by_name: str | None
    reasons: tuple[Remark | str, ...]
    comments: tuple[CommentView, ...]
    levels: tuple[Sensitivity, ...]
    may_delete: bool


def follow_up_page(workspace: Workspace, follow_up: int, *, treaty: str, reader: Reader) -> FollowUpPage:
    """Show one follow-up of a treaty; NotOnFile when there is none the reader may know of."""
    with workspace.reading() as connection:
        found = follow_up_row.one(connection, follow_up)
        visibility = Visibility(workspace, connection, reader)
        if found is None or found.treaty != treaty or not visibility.has(found):
            raise NotOnFile(refusal("no_such_follow_up", follow_up=follow_up))
        view = listing_of(connection, [found], visibility).view(found)
        names = names_of(connection, [found.opened_by, view.closed_by])
        is_open, is_silence = found.closed_on is None, found.occasion == Occasion.SILENCE
        return FollowUpPage(
            follow_up=view,
            chain=chain_view(connection, found.key, reader),
            is_mine=found.owner_id is not None and found.owner_id == number_of(reader),
            may_take=is_open and _may_take(found, reader),
            may_do=may_do(found.occasion, found.state, reader),
            heirs=_heirs(workspace, connection, found, reader) if is_open else (),
            rests_at_most=rests_until_at_most(found.patience, workspace.today()),
            reopens_until=reopens_until(found, reader, workspace.today()),
            may_rest=view.may_answer and may_rest(found, workspace.today()),
            files_exchange=is_open and is_silence and workspace.pathway(treaty).kind(EXCHANGE) is not None,
            opened_by_name=names.get(found.opened_by or ""),
            closed_by_name=names.get(view.closed_by or ""),
            reasons=_reasons(connection, found),
            comments=comments_on(connection, found, visibility),
            levels=LEVELS if found.state else (),
            may_delete=reader.is_secretariat,
        )


def successors_of(
    grounds: Grounds, found: FollowUp, names: Mapping[int, str], *, but: Collection[int | None]
) -> tuple[Successor, ...]:
    """Return who may be given a follow-up, by name, but for some."""
    roles = who_may_own(grounds, found)
    return by_name(Successor(person=p, name=names[p], role=role) for p, role in roles.items() if p not in but)


def _reasons(connection: Connection, found: FollowUp) -> tuple[Remark | str, ...]:
    """Return why something failed: a run, or a letter on its way."""
    letter = letter_in(found.occasion, found.about)
    if letter is None:
        return reasons_of(connection, found.key)
    reason = administration.reason_of(connection, letter)
    return () if reason is None else (reason,)


def _may_take(found: FollowUp, reader: Reader) -> bool:
    """Tell whether it can become the reader's own: nobody's, or by the Secretariat somebody else's."""
    me = number_of(reader)
    is_free = found.owner_id is None or reader.is_secretariat
    return me is not None and found.owner_id != me and is_free and may_do(found.occasion, found.state, reader)


def _heirs(workspace: Workspace, connection: Connection, found: FollowUp, reader: Reader) -> tuple[Successor, ...]:
    """Return who may be given it, by name: nobody while it is somebody else's, except by the Secretariat."""
    if not reader.is_secretariat and found.owner_id not in (None, number_of(reader)):
        return ()
    directory = Directory.of(connection, workspace.today(), treaties={found.treaty})
    names = people.names(connection, {held.person_id for held in directory.held})
    return successors_of(Grounds(workspace, connection, directory), found, names, but={found.owner_id})
