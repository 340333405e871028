"""The readers of foreign bytes, each as it stands in the program, from bytes to an answer or a sentence of refusal.

Whatever else comes out of one, an exception or a hang or a full memory, is a fault of ours.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

from casework.core.workspace import Workspace
from casework.depositary.plausibility import implausible
from casework.files.attachments import received
from casework.meetings.take_in import take_in
from casework.record.encryption import passing_key
from casework.record.importing import import_record
from casework.record.restore import restore
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import Refused
from sources.participation import TableRefused
from sources.reading import read_table
from sources.states import load_register
from tests.builders import ATT, a_workspace

CORPUS = Path(__file__).parent / "corpus"
TODAY = date(2026, 7, 24)
#: Of an answer; whatever was refused says why instead.
READ = "read"

Read = Callable[[bytes, Path], str]


def _table(data: bytes, _: Path) -> str:
    """Read a depositary's table, XML or CSV, and hold its acts to the treaty, as an intake does."""
    register = load_register()
    try:
        acts = read_table(data, titles=ATT.titles, register=register).acts
    except TableRefused as refused:
        return _said([fault.in_its_row for fault in refused.faults])
    by_state = groupby(sorted(acts, key=lambda act: act.state), key=lambda act: act.state)
    faults = [fault for state, of in by_state for fault in implausible(ATT, state, list(of), TODAY)]
    return _said([fault.in_its_row for fault in faults]) or READ


def _attached(*endings: str) -> Read:
    """Look at a file that comes with a fact, under each of these endings."""

    def read(data: bytes, folder: Path) -> str:
        return "\n".join(_look(data, folder, ending) for ending in endings)

    return read


def _look(data: bytes, folder: Path, ending: str) -> str:
    try:
        with received(_home_for_files(folder), io.BytesIO(data), f"paper{ending}"):
            return READ
    except Refused as refused:
        return _said(refused.refusals)


@cache
def _home_for_files(folder: Path) -> Workspace:
    return a_workspace(folder / "files", opened=False)


def _sheet(data: bytes, folder: Path) -> str:
    """Take in a sheet of statements, Excel or CSV, as far as saying what is wrong with each row."""
    workspace = _record_with_meetings(folder)
    found = take_in(workspace, data, _MEETING, dry_run=True, treaty="att", reader=OPERATOR)
    return _said([fault.sentence for fault in found.faults]) or READ


@cache
def _record_with_meetings(folder: Path) -> Workspace:
    return a_workspace(folder / "meetings")


def _backup(data: bytes, folder: Path) -> str:
    """Bring a backup back into an empty home."""
    return _brought_back(data, folder, lambda workspace, file: restore(workspace, file, identities=[_KEY]))


def _record(data: bytes, folder: Path) -> str:
    """Take a record in, from a file of its rows, into an empty home."""
    return _brought_back(data, folder, import_record)


def _brought_back(data: bytes, folder: Path, bring: Callable[[Workspace, Path], object]) -> str:
    file = folder / "brought"
    file.write_bytes(data)
    with _workspace(folder / "home") as workspace:
        try:
            bring(workspace, file)
        except Refused as refused:
            left = [place.name for place in (folder / "home").iterdir()]
            assert left == [], f"refused, and {left} is there"
            return _said(refused.refusals)
        return READ


@contextmanager
def _workspace(home: Path) -> Iterator[Workspace]:
    workspace = a_workspace(home, opened=False)
    try:
        yield workspace
    finally:
        workspace.close()
        shutil.rmtree(home, ignore_errors=True)


def _said(refusals) -> str:
    return "\n".join(map(sentence, refusals))


_KEY = passing_key()[0]
_MEETING = "wgtu-2023-02-15"
#: Each reader with what it is called here. Mail has none yet.
READERS: Mapping[str, Read] = {
    "xml": _table,
    "csv": _table,
    "pdf": _attached(".pdf"),
    "picture": _attached(".png", ".jpg"),
    "sheet": _sheet,
    "office": _attached(".docx", ".xlsx", ".doc", ".xls"),
    "backup": _backup,
    "record": _record,
}
