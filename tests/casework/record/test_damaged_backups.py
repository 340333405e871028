"""A backup that is damaged, forged or made to do harm: it is refused in words, and then nothing is there."""

import io
import json
import os
import zipfile
from hashlib import sha256

import pytest

from casework.record.bringing_back import NotWhole
from casework.record.encryption import NoKey, passing_key
from casework.record.record_file import NotARecord
from casework.record.restore import restore
from models.store import rows
from tests.builders import a_workspace
from tests.casework.record.backups import changed, kept, said, without_its_last_row

BROKEN = {
    "a fact": ("record.jsonl", lambda held: held.replace(b'"2026-07-20"', b'"2026-07-21"'), NotWhole),
    "what no chain holds": ("record.jsonl", lambda held: held.replace(b'"Asia"', b'"Africa"'), NotWhole),
    "a row gone": ("record.jsonl", without_its_last_row, NotARecord),
    "the rows": ("record.jsonl", lambda held: None, NotWhole),
    "a file": ("attachments/", lambda held: held + b" ", NotWhole),
    "a file gone": ("attachments/", lambda held: None, NotWhole),
    "a newer program": ("manifest.json", lambda held: said(held, schema="9999"), NotARecord),
    "no manifest": ("manifest.json", lambda held: None, NotARecord),
    "other heads": (
        "manifest.json",
        lambda held: said(held, ledger={"dossiers": 198, "facts": 834, "root": "0" * 64}),
        NotWhole,
    ),
    "a seal that was never made": ("seals.txt", lambda held: held + b"9 abc\n", NotWhole),
    "the seals": ("seals.txt", lambda held: None, NotWhole),
    "another newest seal": ("manifest.json", lambda held: said(held, seal=None), NotWhole),
    "files that are none": ("manifest.json", lambda held: said(held, files=7), NotARecord),
    "a day that is none": ("manifest.json", lambda held: said(held, made_at=["x"]), NotARecord),
    "a depth without end": ("manifest.json", lambda held: b"[" * 100_000, NotARecord),
    "lists of lists": ("manifest.json", lambda held: held[:-2] + b',"x":[' + b"[]," * 100_000 + b"[]]}", NotARecord),
    "a size that is a word": ("manifest.json", lambda held: said(held, files={"0" * 64: "4"}), NotARecord),
    "a loss that is a list": ("manifest.json", lambda held: said(held, lost=[["0" * 64]]), NotARecord),
    "no UTF-8": ("record.jsonl", lambda held: held.replace(b"BRA", b"BR\xff", 1), NotARecord),
    "a line without end": ("record.jsonl", lambda held: held.rstrip(b"\n"), NotARecord),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_backup_that_is_not_what_was_put_in_restores_nothing(what, full, nothing, tmp_path):
    name, change, refused = BROKEN[what]
    file = changed(kept(full, tmp_path), name, change)
    with pytest.raises(refused):
        restore(nothing, file)
    assert list(nothing.settings.home.iterdir()) == []
    if not nothing.store.is_sqlite:
        with nothing.reading(of_any_schema=True) as connection:
            assert rows.is_empty(connection)


@pytest.mark.parametrize("leads", ["/{}", "../../../{}", "..", "", "0" * 63, "Z" * 64])
def test_a_backup_made_to_do_harm_reaches_nothing_outside_its_scratch_place(leads, full, nothing, tmp_path):
    (tmp_path / "mine").write_text("mine")
    name = leads.format(f"{str(tmp_path)[1:]}/mine" if leads.startswith("/") else "mine")
    harmful = changed(kept(full, tmp_path), "manifest.json", lambda held: said(held, files={name: 4}))
    with zipfile.ZipFile(harmful, "a") as zipped:
        zipped.writestr(f"attachments/{name}", "PWNED")
    before = set(tmp_path.rglob("*"))
    with pytest.raises(NotARecord):
        restore(nothing, harmful)
    assert (tmp_path / "mine").read_text() == "mine"
    assert set(tmp_path.rglob("*")) - before <= {nothing.settings.home}


def test_a_file_larger_than_it_says_is_not_laid_down(full, nothing, tmp_path):
    file = kept(full, tmp_path)
    with zipfile.ZipFile(file) as zipped:
        (paper,) = json.loads(zipped.read("manifest.json"))["files"]
    small = changed(file, "manifest.json", lambda held: said(held, files={paper: 3}))
    with pytest.raises(NotWhole, match="backup_damaged"):
        restore(nothing, small)


def test_a_flipped_bit_is_damage_in_words(full, tmp_path):
    held = bytearray(kept(full, tmp_path).read_bytes())
    for place in range(200, len(held), len(held) // 12):
        held[place] ^= 0xFF
        (tmp_path / "flipped.zip").write_bytes(held)
        workspace = a_workspace(tmp_path / "home", opened=False)
        with pytest.raises((NotWhole, NotARecord)):
            restore(workspace, tmp_path / "flipped.zip")
        workspace.close()
        held[place] ^= 0xFF


def test_what_is_consistent_and_does_not_verify_restores_nothing(full, nothing, tmp_path):
    """Somebody who knows the program could make every hash of the file anew, but not the chain's."""
    file = kept(full, tmp_path)
    forged = changed(file, "record.jsonl", BROKEN["a fact"][1])
    with zipfile.ZipFile(forged) as zipped:
        digest = sha256(zipped.read("record.jsonl")).hexdigest()
    forged.rename(again := tmp_path / "again.zip")
    with pytest.raises(NotWhole, match="restored_does_not_verify"):
        restore(nothing, changed(again, "manifest.json", lambda held: said(held, record=digest)))
    assert list(nothing.settings.home.iterdir()) == []


@pytest.mark.parametrize("held", [b"", b"no zip", b"age-encryption.org/v1\nbroken", os.urandom(5000)])
def test_what_is_no_backup_is_refused_in_a_sentence(held, tmp_path):
    workspace = a_workspace(tmp_path / "home", opened=False)
    (tmp_path / "file").write_bytes(held)
    with pytest.raises((NotARecord, NoKey)):
        restore(workspace, tmp_path / "file", identities=[passing_key()[0]])
    with pytest.raises(NotARecord, match="no_file_there"):
        restore(workspace, tmp_path / "nowhere")
    assert list((tmp_path / "home").iterdir()) == []


def test_a_part_whose_place_lies_before_the_file_is_damage_in_words(full, tmp_path):
    held = bytearray(kept(full, tmp_path).read_bytes())
    at = held.rindex(b"PK\x05\x06") + 16  # where the list of parts begins
    held[at : at + 4] = (int.from_bytes(held[at : at + 4], "little") + 100_000).to_bytes(4, "little")
    assert refused(bytes(held), tmp_path) == ("no_record_in_file",)


def test_a_backup_packed_as_none_of_ours_is_refused_unread(full, tmp_path):
    repacked = io.BytesIO()
    with zipfile.ZipFile(kept(full, tmp_path)) as source, zipfile.ZipFile(repacked, "w", zipfile.ZIP_LZMA) as to:
        for name in source.namelist():
            to.writestr(name, source.read(name))
    assert refused(repacked.getvalue(), tmp_path) == ("no_record_in_file",)


def refused(held: bytes, tmp_path):
    (tmp_path / "held.zip").write_bytes(held)
    workspace = a_workspace(tmp_path / "home", opened=False)
    with pytest.raises(NotARecord) as why:
        restore(workspace, tmp_path / "held.zip")
    workspace.close()
    return why.value.codes
