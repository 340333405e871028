"""Backups for tests: a record that is full, one that is changed behind its back, and every row of it."""

import json
import zipfile
from pathlib import Path

from casework.record.backup import back_up
from models.store import rows


def everything(workspace):
    """Return every row of a record, as a backup has it."""
    with workspace.reading() as connection:
        return {of.name: list(rows.rows_of(connection, of)) for of in rows.tables()}


def kept(full, tmp_path, **given):
    file = tmp_path / "kept.zip"
    back_up(full, file, **given)
    return file


def changed(file: Path, name: str, change) -> Path:
    """Return a copy of a backup in which one part was changed, or left out where the change is None."""
    copy = file.with_name("changed.zip")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(copy, "w") as to:
        for info in source.infolist():
            held = source.read(info)
            if info.filename.startswith(name):
                held = change(held)
            if held is not None:
                to.writestr(info.filename, held)
    return copy


def said(manifest: bytes, **values) -> bytes:
    return json.dumps({**json.loads(manifest), **values}).encode()


def without_its_last_row(held: bytes) -> bytes:
    return b"\n".join(held.splitlines()[:-2])
