"""Downloads: a fact's file is handed out to who may read the fact, and to nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.attachment_names import clean_name
from casework.attachments import place_of
from casework.office import Office
from casework.reading_notes import find_readable, note_facts
from casework.rights import NotOnFile
from models import contents
from pathways.grammar.clearance import Reader

_GONE = "There is no file with this fact."


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A file as it is kept, to be handed out under its name."""

    name: str
    type: str
    size: int  # bytes
    path: Path


class Purged(NotOnFile):
    """There was a file, and it was deleted for good; the reader may know that."""


def attachment_of(office: Office, fact: str, *, treaty: str, reader: Reader) -> Kept:
    """Hand out a fact's file to who may read the fact, and note that it was read where it is held in confidence.

    NotOnFile when there is none the reader may know of; Purged when there was.
    """
    with office.reading() as connection:
        found = find_readable(office, connection, fact, treaty=treaty, reader=reader)
        beside = contents.beside(connection, [fact]).get(fact)
    if beside is None or (beside.attachment_hash is None and beside.purged_at is None):
        raise NotOnFile(_GONE)
    if beside.attachment_hash is None:
        raise Purged("What stood beside this fact was deleted for good; the record keeps only that it was there.")
    there = kept(office, beside.attachment_hash, beside.attachment_name, beside.attachment_type)
    if there is None:
        raise NotOnFile(_GONE)
    note_facts(office, reader, [found])
    return there


def kept(office: Office, digest: str, name: str | None, type_: str | None) -> Kept | None:
    """Return a file by the hash it is kept under, to be handed out under a name; None when it is not there."""
    path = place_of(office, digest)
    if not path.is_file():
        return None
    name, type_ = clean_name(name or "file"), type_ or "application/octet-stream"
    return Kept(name=name, type=type_, size=path.stat().st_size, path=path)
