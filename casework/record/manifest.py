"""The manifest: what a backup says of itself, read with nothing believed that is not of its kind."""

from __future__ import annotations

from typing import Annotated, Literal
from zipfile import ZipFile

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casework.record import archive
from casework.record.record_file import NotARecord
from models.store.schema import SCHEMA
from pathways.grammar.refusals import refusal

FORMAT = 1
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Count = Annotated[int, Field(ge=0)]
_LARGEST = 200_000_000  # bytes; a manifest names each file


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, populate_by_name=True)


class Ledger(_Said):
    """What the ledger comes to: how many dossiers and facts, and the root over the heads of all chains."""

    dossiers: _Count
    facts: _Count
    root: _Hash


class Seal(_Said):
    """The newest seal."""

    number: _Count
    hash: _Hash


class Manifest(_Said):
    """Everything that has to come out again: rows by table, the record's hash, files with their sizes, seals."""

    accede: Literal["backup"] = "backup"
    format: Annotated[int, Field(ge=1)] = FORMAT
    program: str
    schema_: Annotated[str, Field(alias="schema", pattern=r"^\d{4}$")] = SCHEMA
    made_at: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")]
    database: str
    training: str | None
    rows: dict[str, _Count]
    record: _Hash
    files: dict[_Hash, _Count]  # bytes
    lost: list[_Hash]  # files that rows name and that were not where they are kept, or were purged meanwhile
    ledger: Ledger
    seal: Seal | None
    seals: _Hash | None  # of the file that keeps them


def manifest_of(zipped: ZipFile) -> Manifest:
    """Read a backup's manifest; NotARecord where there is none, or it is of a newer program."""
    try:
        if zipped.getinfo(archive.MANIFEST).file_size > _LARGEST:
            raise NotARecord(refusal("no_record_in_file"))
        found = Manifest.model_validate_json(zipped.read(archive.MANIFEST))
    except (*archive.DAMAGED, KeyError, ValidationError):
        raise NotARecord(refusal("no_record_in_file")) from None
    if found.format > FORMAT or found.schema_ > SCHEMA:
        raise NotARecord(refusal("record_of_newer_program", schema=found.schema_, known=SCHEMA))
    return found
