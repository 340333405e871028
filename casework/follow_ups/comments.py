"""Comments: what people say beside a follow-up, in order, to whoever may know the follow-up and the comment.

A comment stands in a row of its own, never in the ledger nor in a letter, and counts nowhere. Its words, and those of a
follow-up that a person has opened, can be deleted; that something stood there remains.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from casework.core.actors import names_of, note
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from casework.follow_ups.actions import NotFollowedUp
from casework.follow_ups.visibility import Visibility
from models.follow_ups import comments as rows
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.comments import Comment
from models.follow_ups.follow_up import FollowUp
from models.store.engine import Connection
from pathways.grammar.clearance import Reader, Sensitivity, may_read_words
from pathways.grammar.refusals import refusal

#: Who may know one: whoever may know the follow-up and accompanies the State, or the Secretariat alone.
LEVELS = (Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentView:
    """A comment as it is shown; `words` is None once they were deleted, `author_name` where no person wrote it."""

    id: int
    author: str
    author_name: str | None
    written_at: datetime
    words: str | None
    sensitivity: Sensitivity


def comment(
    workspace: Workspace,
    follow_up: int,
    words: str,
    *,
    sensitivity: Sensitivity = Sensitivity.COORDINATION,
    reader: Reader,
    treaty: str | None,
) -> int:
    """Say something beside a follow-up, open or closed; return the comment's number."""
    said = words.strip()
    with workspace.registry() as connection:
        found = _found(workspace, connection, follow_up, reader, treaty)
        faults = line_faults(said, refusal("say_something", field="comment"))
        if sensitivity not in LEVELS:
            faults.append(refusal("held_so_is_no_follow_up", field="sensitivity"))
        if faults:
            raise NotFollowedUp(*faults)
        number = rows.add(
            connection,
            follow_up_id=found.id,
            author=reader.actor,
            written_at=workspace.stamp(),
            words=said,
            sensitivity=sensitivity,
        )
        note(workspace, connection, reader, "commented", f"follow_up:{found.id}", comment=number)
        return number


def comments_on(connection: Connection, found: FollowUp, visibility: Visibility) -> tuple[CommentView, ...]:
    """Return what was said beside a follow-up that the reader may know of, the oldest first."""
    seen = [one for one in rows.of_follow_up(connection, found.id) if _may_read(visibility.reader, found, one)]
    names = names_of(connection, [one.author for one in seen])
    return tuple(_view(one, names.get(one.author)) for one in seen)


def every_comment(workspace: Workspace, *, treaty: str, reader: Reader) -> dict[int, tuple[CommentView, ...]]:
    """Return what was said beside each follow-up of a treaty, as far as the reader may know both, by its number."""
    with workspace.reading() as connection:
        visibility = Visibility(workspace, connection, reader)
        known = [one for one in follow_up_row.of_treaty(connection, treaty) if visibility.has(one)]
        return {one.id: comments_on(connection, one, visibility) for one in known}


def delete_words(
    workspace: Workspace, follow_up: int, given: int | None = None, *, reader: Reader, treaty: str | None
) -> None:
    """Delete for good what was said in a comment, or else in the follow-up that a person opened; the Secretariat may.

    What is left in the database's own log goes at once, as with notes beside facts.
    """
    with workspace.registry() as connection:
        found = _found(workspace, connection, follow_up, reader, treaty)
        require_secretariat(reader)
        if given is None:
            is_gone = follow_up_row.forget_words(connection, found)
        else:
            is_gone = rows.forget_words(connection, found.id, given, at=workspace.stamp())
        if not is_gone:
            raise NotOnFile(refusal("no_words_to_delete", follow_up=follow_up))
        note(workspace, connection, reader, "purged", f"follow_up:{found.id}", comment=given)
    workspace.store.empty_log()


def _found(
    workspace: Workspace, connection: Connection, follow_up: int, reader: Reader, treaty: str | None
) -> FollowUp:
    found = follow_up_row.one(connection, follow_up, lock=True)
    if found is None or treaty not in (None, found.treaty) or not Visibility(workspace, connection, reader).has(found):
        raise NotOnFile(refusal("no_such_follow_up_listed", follow_up=follow_up))
    return found


def _may_read(reader: Reader, found: FollowUp, one: Comment) -> bool:
    return may_read_words(reader, found.state, one.sensitivity, one.author)


def _view(one: Comment, name: str | None) -> CommentView:
    return CommentView(
        id=one.id,
        author=one.author,
        author_name=name,
        written_at=one.written_at,
        words=one.words,
        sensitivity=one.sensitivity,
    )
