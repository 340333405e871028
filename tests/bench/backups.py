"""A backup of a whole record beside the least that one of rows takes, and its restore beside verifying what it is of.

In processor time; the least is each row read once, written as JSON and packed as much.
"""

from __future__ import annotations

import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from casework.record.audit import verify
from casework.record.backup import back_up
from casework.record.restore import restore
from tests.bench.figures import Race, peak_mb
from tests.bench.made_up import open_made_up


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What it took to carry a record out of the house and bring it back, verified; in seconds and megabytes."""

    out: Race
    back: Race
    size_mb: float
    peak_out: float
    peak_back: float


def carried(kept: Path, day: date) -> Carried:
    """Back a record up and bring it back, in turn with what stands beside."""
    url = f"sqlite:///{kept}"
    with TemporaryDirectory(dir=kept.parent) as place, closing(open_made_up(kept.parent, day, url)) as record:
        file, start = Path(place) / "kept.zip", process_time()
        size = back_up(record, file).size
        out, peak_out, start = process_time() - start, peak_mb(), process_time()
        with closing(open_made_up(Path(place) / "back", day)) as back:
            restore(back, file)
        brought, peak_back, start = process_time() - start, peak_mb(), process_time()
        assert verify(record).is_sound
        verified, start = process_time() - start, process_time()
        pack_each_row(kept, Path(place) / "plain.zip")
        packed = process_time() - start
    return Carried(
        out=Race(ours=(out,), theirs=(packed,)),
        back=Race(ours=(brought,), theirs=(verified,)),
        size_mb=size / 1e6,
        peak_out=peak_out,
        peak_back=peak_back,
    )


def pack_each_row(kept: Path, file: Path) -> None:
    """Read each row of an SQLite file once, and write it as a line of JSON into a ZIP; prove nothing."""
    with (
        closing(sqlite3.connect(kept)) as connection,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped,
        zipped.open("record.jsonl", "w", force_zip64=True) as to,
    ):
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in connection.execute(f"SELECT * FROM {name}"):
                to.write(json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")
