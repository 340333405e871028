"""The manifest: what a backup says of itself, read with nothing believed that is not of its kind."""

from __future__ import annotations

import json
import re
from typing import Annotated, Literal
from zipfile import ZipFile

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from casework.record import archive
from casework.record.record_file import NotARecord
from models.store.schema import SCHEMA
from pathways.grammar.refusals import refusal

FORMAT = 1
_HASH = re.compile(r"[0-9a-f]{64}")
_Hash = Annotated[str, Field(pattern=rf"^{_HASH.pattern}$")]
_Count = Annotated[int, Field(ge=0)]
_LARGEST = 15_000_000  # bytes; it names each file, two hundred thousand of them
#: Lists and objects; ours has six. One that held a list of lists would take hundreds of times its size in memory.
_MOST_BRACKETS = 20


def _counts(said: object) -> dict[str, int]:
    """Take numbers by name, or refuse all of them at once: a word on each that is wrong would fill the memory."""
    if not isinstance(said, dict) or not all(type(count) is int and count >= 0 for count in said.values()):
        raise ValueError("no numbers")
    return said


def _hashes(said: object) -> list[str]:
    """Take hashes, or refuse all of them at once."""
    if not isinstance(said, list) or not all(isinstance(one, str) and _HASH.fullmatch(one) for one in said):
        raise ValueError("no hashes")
    return said


def _sizes(said: object) -> dict[str, int]:
    """Take numbers by hash, or refuse all of them at once."""
    sizes = _counts(said)
    _hashes([*sizes])
    return sizes


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
    rows: Annotated[dict[str, int], PlainValidator(_counts)]
    record: _Hash
    files: Annotated[dict[str, int], PlainValidator(_sizes)]  # bytes, by hash
    #: Files that rows name and that were not where they are kept, or were purged meanwhile.
    lost: Annotated[list[str], PlainValidator(_hashes)]
    ledger: Ledger
    seal: Seal | None
    seals: _Hash | None  # of the file that keeps them


def manifest_of(zipped: ZipFile) -> Manifest:
    """Read a backup's manifest; NotARecord where there is none, or it is of a newer program."""
    try:
        with archive.member(zipped, archive.MANIFEST) as member:
            held = member.read(_LARGEST + 1)
        if len(held) > _LARGEST or held.count(b"[") + held.count(b"{") > _MOST_BRACKETS:
            raise NotARecord(refusal("no_record_in_file"))
        found = Manifest.model_validate(json.loads(held))
    except (*archive.DAMAGED, KeyError, ValueError):
        raise NotARecord(refusal("no_record_in_file")) from None
    if found.format > FORMAT or found.schema_ > SCHEMA:
        raise NotARecord(refusal("record_of_newer_program", schema=found.schema_, known=SCHEMA))
    return found
