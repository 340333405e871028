"""A follow-up that a person has opened, on file in a drawn world, with words of its own and a comment beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casework.core.workspace import Workspace
from models.follow_ups import comments, lifecycle
from models.follow_ups.follow_up import FollowUp
from models.ledger import dossiers
from pathways.grammar.agenda import OWN
from pathways.grammar.clearance import Guarded, Reader, may_read
from pathways.grammar.roles import Right
from tests.desk.pages.any_world import Meant


@dataclass
class OpenedOnFile:
    """A follow-up that a person has opened with a comment beside it, and the marks of both."""

    number: int
    state: str
    guarded: Guarded
    mark: str
    comment: Guarded
    comment_mark: str

    def is_open_to(self, reader: Reader) -> bool:
        """Tell what the table of who may read says of it, to whoever follows that State up.

        It reaches nobody who holds a mandate of the State, in the Secretariat too.
        """
        return reader.may(Right.FOLLOW_UP, self.state) and may_read(reader, self.guarded)

    def open_marks(self, reader: Reader) -> set[str]:
        """Return which of the two marks a reader may meet."""
        if not self.is_open_to(reader):
            return set()
        return {self.mark, self.comment_mark} if may_read(reader, self.comment) else {self.mark}


def open_on_file(workspace: Workspace, meant: Meant, author: str, owner: int, marks: Iterator[str]) -> OpenedOnFile:
    """Put a drawn follow-up on file past the rights, with a comment beside it."""
    mark, said = next(marks), next(marks)
    today = workspace.today()
    with workspace.registry() as connection:
        record = dossiers.record_of(connection, "att", meant.state)
        assert record is not None
        row = FollowUp(
            id=0, key=f"own:att:{mark}", treaty="att", dossier_id=record.id, state=meant.state, occasion=OWN, about="",
            role="champion", region=record.region, owner_id=owner, opened_on=today, due_on=today,
            rungs="champion,secretariat", rung=0, patience=14, next_rung_on=today, is_public=False, snoozed_until=None,
            snooze_reason=None, closed_on=None, outcome=None, closed_by=None, words=mark, opened_by=author,
            sensitivity=meant.level,
        )  # fmt: skip
        number = lifecycle.insert_one(connection, row).id
        comments.add(
            connection, follow_up_id=number, author=author, written_at=workspace.stamp(), words=said,
            sensitivity=meant.comment,
        )  # fmt: skip
    guarded = Guarded(state=meant.state, sensitivity=meant.level, author=author, assessment=True)
    comment = replace(guarded, sensitivity=meant.comment)
    return OpenedOnFile(
        number=number, state=meant.state, guarded=guarded, mark=mark, comment=comment, comment_mark=said
    )
