"""Frozen schemas: for each migration a record of its schema, as a program of that time left it, and the file's hash.

`python -m tests.models.freezing` freezes what is new: the record before it, brought up. What is frozen stays so.
"""

from __future__ import annotations

import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import models.migrations
from casework.core.settings import Settings
from casework.core.workspace import Workspace
from casework.record.record_file import RecordLines, begin_reading, take_rows, write_record
from models.store.engine import Connection, Store
from models.store.schema import REVISIONS, migrate_on
from tests.builders import AN_HOUR, StandingClock

FROZEN = Path(__file__).parent / "frozen"
_MIGRATIONS = Path(models.migrations.__file__).parent
_HASHES = FROZEN / "migrations.sha256"


def record_of(schema: str) -> Path:
    """Return the file with the rows of a record of a schema, in the form of a backup's."""
    return FROZEN / f"{schema}.jsonl"


def fill(connection: Connection, schema: str) -> None:
    """Make a schema in an empty database, and write its frozen record."""
    with record_of(schema).open(encoding="utf-8") as text:
        lines = RecordLines(text)
        assert begin_reading(lines).schema == schema
        migrate_on(connection, schema)
        take_rows(connection, lines)


def hashes() -> dict[str, str]:
    """Return the hash of each migration as it is, and of what they call, by the file's name."""
    files = [*sorted(_MIGRATIONS.glob("versions/[0-9]*.py")), _MIGRATIONS / "triggers.py"]
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in files}


def frozen_hashes() -> dict[str, str]:
    """Return the hash of each migration as it was when it was frozen."""
    lines = _HASHES.read_text().splitlines() if _HASHES.exists() else []
    return {name: hash_ for hash_, name in (line.split("  ") for line in lines)}


def freeze_what_is_new() -> list[str]:
    """Freeze each migration that is not yet; return the names of their files."""
    for before, schema in pairwise(REVISIONS):
        if not record_of(schema).exists():
            _freeze(before, schema)
    frozen = frozen_hashes()
    new = {name: hash_ for name, hash_ in hashes().items() if name not in frozen}
    kept = {**frozen, **new}
    _HASHES.write_text("".join(f"{kept[name]}  {name}\n" for name in sorted(kept)))
    return sorted(new)


def _freeze(before: str, schema: str) -> None:
    with TemporaryDirectory() as place:
        settings = Settings(home=Path(place))
        it = Workspace(settings, Store(settings.url, schema), StandingClock())
        with it.store.upgrading() as connection:
            fill(connection, before)
            migrate_on(connection, schema)
        with it.reading() as connection, record_of(schema).open("w", encoding="utf-8") as to:
            write_record(it, connection, to, made_at=AN_HOUR, alive=lambda: None)
        it.close()


if __name__ == "__main__":
    sys.stdout.write(f"Frozen: {', '.join(freeze_what_is_new()) or 'nothing new'}.\n")
