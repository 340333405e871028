"""Downloads: a fact's file is handed out to who may read the fact, and to nobody else.

Only as it was filed: what else stands in its place, another file, a link or a pipe, is never handed out.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import find_readable, note_facts
from casework.files.attachments import place_of
from casework.files.file_types import clean_name
from casework.files.integrity import GONE, look_at
from models.ledger import contents
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, refusal

_GONE = refusal("no_file_with_this_fact")
_ALTERED = refusal("file_of_a_fact_altered")


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFile:
    """A file as it is kept, to be handed out under its name."""

    name: str
    type: str
    size: int  # bytes
    path: Path


class NotHandedOut(NotOnFile):
    """There was a file, and the reader may know why it is not to be had."""


class Purged(NotHandedOut):
    """It was deleted for good."""


class Altered(NotHandedOut):
    """What stands in its place is not what was filed, or cannot be read."""


def attachment_of(workspace: Workspace, fact: str, *, treaty: str, reader: Reader) -> KeptFile:
    """Hand out a fact's file to who may read the fact, and note that it was read where it is held in confidence.

    NotOnFile when there is none the reader may know of; Purged when there was, Altered when there is another.
    """
    with workspace.reading() as connection:
        found = find_readable(workspace, connection, fact, treaty=treaty, reader=reader)
        beside = contents.beside(connection, [fact]).get(fact)
    if beside is None or (beside.attachment_hash is None and beside.purged_at is None):
        raise NotOnFile(_GONE)
    if beside.attachment_hash is None:
        raise Purged(refusal("file_of_a_fact_purged"))
    there = kept(workspace, beside.attachment_hash, beside.attachment_name, beside.attachment_type, altered=_ALTERED)
    if there is None:
        raise NotOnFile(_GONE)
    note_facts(workspace, reader, [found])
    return there


def kept(
    workspace: Workspace, digest: str, name: str | None, type_: str | None, *, altered: Refusal
) -> KeptFile | None:
    """Return a file by the hash it is kept under, to be handed out under a name; None when it is not there.

    Altered, with that refusal, when its bytes are not those it is named by; they are read anew each time.
    """
    path = place_of(workspace, digest)
    looked = look_at(path, digest)
    if looked.fault == GONE:
        return None
    if looked.fault:
        raise Altered(altered)
    name, type_ = clean_name(name or "file"), type_ or "application/octet-stream"
    return KeptFile(name=name, type=type_, size=looked.size, path=path)
