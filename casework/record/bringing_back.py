"""Bringing a record back, out of a backup or of a file of its rows: what both do.

Rows, their verification and the step up to this program's schema are one transaction; files wait in a scratch folder of
the home until all is verified.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from casework.core.workspace import Workspace
from casework.record.audit import Verified
from casework.record.empty_home import NotEmpty, put_in_place, refuse_tables
from casework.record.record_file import RecordLines, Taken, take_rows
from casework.record.unfinished import written_new
from models.people import people
from models.store import rows
from models.store.engine import Connection
from models.store.one_connection import OneConnection
from models.store.schema import migrate_on
from pathways.grammar.refusals import Refused, refusal

LARGEST_SEALS = 50_000_000  # bytes
Progress = Callable[[int, int], None]
_CHUNK = 1 << 20


class NotWhole(Refused):
    """What came out of the file is not what went in; nothing was brought back."""


@contextmanager
def database_to_fill(workspace: Workspace) -> Iterator[Connection]:
    """Yield a connection in the transaction in which the whole record is made, by nobody else meanwhile."""
    with workspace.registry(of_any_schema=True) as connection:
        if not rows.may_fill(connection):
            raise NotEmpty(refusal("restore_under_way", home=workspace.store.where))
        refuse_tables(workspace, connection)
        yield connection


def fill(
    connection: Connection, lines: RecordLines, schema: str, told: Callable[[int], None] = lambda _: None
) -> Taken:
    """Make the schema the rows are of, write them, and bring it up to ours; `told` hears how many rows were read."""
    migrate_on(connection, schema)
    taken = take_rows(connection, lines, told)
    number = sum(taken.rows.values())
    migrate_on(connection, told=lambda *_: told(number))
    rows.gather_statistics(connection)
    return taken


def lay_down(source: IO[bytes], place: Path, *, most: int | None = None, hash_: str | None = None) -> bool:
    """Write a stream to a new file, its owner's alone; False where it is longer than it may be, or another."""
    digest, size = hashlib.sha256(), 0
    with written_new(place) as to:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += to.write(chunk)
            if most is not None and size > most:
                return False
    return hash_ is None or digest.hexdigest() == hash_


def as_it_will_be(workspace: Workspace, scratch: Path, connection: Connection) -> Workspace:
    """Return the record as it will be: its rows in a transaction, its files in a scratch folder.

    It is held against what was brought: the seals that are kept elsewhere may be of later nights.
    """
    settings = workspace.settings.model_copy(update={"home": scratch, "seals_folder": None})
    return Workspace(settings, OneConnection(workspace.store, connection), workspace.clock, workspace.pathway)


def differences_in(found: Verified) -> list[str]:
    """Return where a record that is being brought back does not verify, its files left aside."""
    return [*found.chain, *found.replay, *found.seals, *found.guards]


def refuse(differences: Sequence[str]) -> None:
    """Raise NotWhole if there is any difference."""
    if differences:
        raise NotWhole(refusal("restored_does_not_verify", number=len(differences), first=differences[0]))


def keep(workspace: Workspace, scratch: Path, connection: Connection, *, by: str, what: str, made_at: str) -> None:
    """Note that a record was brought back, and put its files where they belong; its rows are committed next."""
    people.audit(connection, at=workspace.clock.now(), actor=by, what=what, row="record", made_at=made_at)
    put_in_place(workspace, scratch)
