"""The file of rows is what docs/record-file.md says of it: another program reads it, and checks every chain."""

import json
import re
from pathlib import Path

import pytest

from casework.dossiers.purging import purge
from casework.record.whole_record import write_whole_record
from models.store import rows
from pathways.grammar.clearance import OPERATOR
from tests.builders import file
from tests.casework.record.checker import check

DOC = (Path(__file__).parents[3] / "docs/record-file.md").read_text()


@pytest.fixture
def written(full, tmp_path):
    """Give the record as it is written, with a note that was purged in it."""
    noted = file(full, "BRA", "exchange", "2026-07-20", "note_verbale:NV 9", note="Ein Gespräch über “Art. 6”.")
    file(full, "BRA", "signal", "2026-07-21", "note_verbale:NV 10", note="still here")
    purge(full, "BRA", noted.fact.id, treaty="att", name="Brazil", reason="asked for", reader=OPERATOR)
    folder = tmp_path / "folder"
    folder.mkdir()
    write_whole_record(full, folder)
    return folder / "record.jsonl"


def test_another_program_reads_every_row_and_finds_every_chain_whole(full, written):
    wrong, tables = check(written)
    assert wrong == []
    with full.reading() as connection:
        assert dict(tables) == {of.name: there for of in rows.tables() if (there := list(rows.rows_of(connection, of)))}
    assert (len(tables["dossier"]), len(tables["seal"])) == (198, 1)


CHANGES = {
    "a fact": (b'"2026-07-21"', b'"2026-07-22"', "fact "),
    "a note": (b"still here", b"still hers", "beside "),
    "a head": (b'"head_seq":3', b'"head_seq":2', "head of "),
    "a seal": (b'"sealed_at":"20', b'"sealed_at":"19', "seal "),
    "what no chain holds": (b'"Asia"', b'"Africa"', "the file"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_was_changed_is_found_by_the_other_program(what, written):
    before, after, where = CHANGES[what]
    held = written.read_bytes()
    assert before in held
    written.write_bytes(held.replace(before, after, 1))
    wrong, _ = check(written)
    assert "the file" in wrong
    assert any(one.startswith(where) for one in wrong)


def test_the_first_line_says_what_it_is(written):
    first = json.loads(written.open().readline())
    said = {name: first[name] for name in ("accede", "format", "made_at", "training", "treaties")}
    assert said == {
        "accede": "record",
        "format": 1,
        "made_at": "2026-07-25T09:30:00+00:00",
        "training": None,
        "treaties": ["att"],
    }
    assert all(f"`{name}`" in DOC or f'"{name}"' in DOC for name in first)


def test_every_table_and_column_is_described_and_no_other():
    described = {
        name: re.findall(r"`(\w+)`", text)
        for name, text in re.findall(r"^\*\*(\w+)\*\* - (.*?)(?=^\*\*|\Z)", DOC, re.MULTILINE | re.DOTALL)
    }
    assert described == {of.name: list(of.columns) for of in rows.tables()}
