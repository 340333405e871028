"""A backup that an older program made is brought up to ours; what its rows did not have yet, ours do."""

import json
import sqlite3
import zipfile
from contextlib import closing
from hashlib import sha256

import pytest

from casework.record.audit import verify
from casework.record.restore import restore
from models.store.engine import Store
from models.store.schema import migrate_on
from tests.casework.record.backups import changed, everything, kept, said


@pytest.mark.parametrize("schema", ["0001", "0010"])
def test_a_backup_of_an_older_program_is_brought_up_to_ours(schema, full, nothing, tmp_path):
    restored = restore(nothing, as_of(schema, kept(full, tmp_path), tmp_path))
    assert restored.came_from == schema
    assert verify(nothing).is_sound
    assert [fact["hash"] for fact in everything(nothing)["fact"]] == [fact["hash"] for fact in everything(full)["fact"]]
    nothing.store.require()


def as_of(schema, file_, tmp_path):
    """Return a copy of a backup as a program of an earlier schema would have made it."""
    store = Store(f"sqlite:///{tmp_path / 'earlier.db'}")
    with store.upgrading() as connection:
        migrate_on(connection, schema)
    store.dispose()
    with closing(sqlite3.connect(tmp_path / "earlier.db")) as earlier:
        names = [row[0] for row in earlier.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: {row[1] for row in earlier.execute(f"PRAGMA table_info({name})")} for name in names}
    counts = {}

    def lines(held):
        for line in map(json.loads, held.splitlines()):
            if "schema" in line:
                yield {**line, "schema": schema}
            elif line.get("table") in columns:
                key = "row" if "row" in line else "columns"
                counts[line["table"]] = counts.get(line["table"], 0) + (key == "row")
                there_ = columns[line["table"]]
                yield {**line, key: {name: value for name, value in line[key].items() if name in there_}}
            elif "end" in line:
                yield {"end": sum(counts.values())}

    older = changed(
        file_, "record.jsonl", lambda held: b"".join(json.dumps(one).encode() + b"\n" for one in lines(held))
    )
    older = older.rename(tmp_path / "older.zip")
    with zipfile.ZipFile(older) as zipped:
        digest = sha256(zipped.read("record.jsonl")).hexdigest()
    values = {"schema": schema, "record": digest, "rows": counts}
    return changed(older, "manifest.json", lambda held: said(held, **values))
