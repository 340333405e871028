"""A file comes with a fact or not at all; it is kept once, its owner's alone, and nothing is left of what failed."""

import io
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Workspace
from casework.dossiers.disclosure_log import readings_of
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.downloads import Altered, Purged, attachment_of
from casework.dossiers.filing import Filing, file_fact
from casework.dossiers.purging import purge
from casework.files.attachments import clear_away, place_of, putting_away, received
from casework.record.audit import verify
from models.store.engine import StoreBusy, StoreUnreachable
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import ANYONE, OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import refusal
from tests.appointments import a_champion, eyes
from tests.builders import clock_of, file
from tests.papers import PDF, PROGRAM, file_with

STATE = "AGO"


@pytest.fixture
def workspace(training):
    return training


def files_of(workspace):
    """Return everything that lies in the folder of attachments but its lock."""
    folder = workspace.settings.home / "attachments"
    return [path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"]


def taken_in(workspace, paper, name):
    with received(workspace, io.BytesIO(paper), name) as attachment:
        return attachment


def test_a_file_is_kept_with_its_fact_and_handed_out_under_its_name(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="Note verbale.pdf")
    kept = attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR)
    assert (kept.name, kept.type, kept.path.read_bytes()) == ("Note verbale.pdf", "application/pdf", PDF)
    [seen] = [f for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts if f.fact == filed.fact.id]
    assert (seen.attachment_name, seen.attachment_type, seen.is_purged) == (
        "Note verbale.pdf",
        "application/pdf",
        False,
    )
    assert verify(workspace).is_sound


def test_a_file_is_its_owners_alone(workspace):
    file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    [path] = files_of(workspace)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:2]} == {0o700}


def test_the_same_file_is_kept_once_and_under_each_name(workspace):
    one, two = (file_with(workspace, STATE, "signal", f"2022-06-0{n}", paper=PDF, name=f"{n}.pdf") for n in (1, 2))
    assert len(files_of(workspace)) == 1
    names = [attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR).name for filed in (one, two)]
    assert names == ["1.pdf", "2.pdf"]


def test_nothing_is_left_of_a_file_that_came_with_a_refused_fact(workspace):
    with pytest.raises(NotAdmitted):
        file_with(workspace, STATE, "contact_named", "2022-06-10", source="press", paper=PDF, name="a.pdf")
    assert files_of(workspace) == []


class CutOff(Workspace):
    """A workspace that loses its record in mid-commit: what was done is written, or it is not."""

    is_written = False

    @contextmanager
    def open_dossier(self, state, **said):
        with super().open_dossier(state, **said) as open_dossier:
            yield open_dossier
            if not self.is_written:
                raise StoreUnreachable("Gone before the commit.")
        raise StoreUnreachable("Gone before the commit was confirmed.")


@pytest.fixture
def cut_off(workspace):
    return CutOff(workspace.settings, workspace.store, workspace.clock)


def test_nothing_is_left_of_a_file_whose_fact_could_not_be_written(cut_off):
    with pytest.raises(StoreUnreachable):
        file_with(cut_off, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    assert files_of(cut_off) == []


def test_a_file_whose_fact_was_written_after_all_is_kept(cut_off, workspace):
    cut_off.is_written = True
    with pytest.raises(StoreUnreachable):
        file_with(cut_off, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    [fact] = [
        seen.fact
        for seen in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts
        if seen.attachment_name
    ]
    assert attachment_of(workspace, fact, treaty="att", reader=OPERATOR).path.read_bytes() == PDF


def test_a_file_stays_where_it_is_kept_when_the_record_cannot_be_asked(workspace):
    with workspace.registry() as connection:
        connection.execute(text("DROP TABLE fact_content"))
    with pytest.raises((StoreUnreachable, DBAPIError)):
        file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    assert len(files_of(workspace)) == 1


def test_a_failed_writing_leaves_the_same_file_of_another_fact(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    with pytest.raises(NotAdmitted):
        file_with(workspace, STATE, "contact_named", "2022-06-10", source="press", paper=PDF, name="a.pdf")
    assert attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR).path.read_bytes() == PDF


@pytest.mark.parametrize(
    ("paper", "name", "code", "shown"),
    [
        (PROGRAM, "law.pdf", "file_not_kept", "law.pdf"),
        (b"", "law.pdf", "file_not_kept", "law.pdf"),
        (PDF, "law.exe", "file_of_no_kind", "law.exe"),
        (PDF, "law", "file_of_no_kind", "law"),
        (PDF, "law.pdf\u202e.exe", "file_of_no_kind", "law.pdf.exe"),
    ],
)
def test_what_may_not_be_kept_is_refused_by_its_name_and_nothing_is_left(workspace, paper, name, code, shown):
    with pytest.raises(NotAdmitted) as refused:
        taken_in(workspace, paper, name)
    [why] = refused.value.refusals
    assert (why.code, why.field, why.values["name"]) == (code, "attachment", shown)
    assert files_of(workspace) == []


def test_a_file_over_the_limit_is_refused_without_reading_it_to_the_end(workspace):
    workspace.settings = workspace.settings.model_copy(update={"attachment_limit": 1_000_000})
    endless = io.BufferedReader(Endless())
    with pytest.raises(NotAdmitted) as refused, received(workspace, endless, "a.pdf"):
        pass
    assert refused.value.refusals == (refusal("file_too_large", field="attachment", most="1"),)
    assert files_of(workspace) == []


class Endless(io.RawIOBase):
    """A file that never ends."""

    def readable(self):
        return True

    def readinto(self, buffer):
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


def test_a_form_without_a_file_brings_none(workspace):
    for stream, name in ((None, None), (io.BytesIO(), ""), (io.BytesIO(PDF), None)):
        with received(workspace, stream, name) as attachment:
            assert attachment is None


def test_who_may_not_read_the_fact_gets_no_file(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    for reader in (ANYONE, eyes(workspace, a_champion(workspace)[0])):
        with pytest.raises(NotOnFile):
            attachment_of(workspace, filed.fact.id, treaty="att", reader=reader)


def test_a_fact_without_a_file_and_no_fact_at_all_are_answered_alike(workspace):
    bare = file(workspace, STATE, "signal", "2022-06-01").fact.id
    for fact in (bare, "0" * 32, "../../../etc/passwd"):
        with pytest.raises(NotOnFile):
            attachment_of(workspace, fact, treaty="att", reader=OPERATOR)


def test_a_purged_file_is_gone_and_who_may_know_is_told_so(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    purge(workspace, STATE, filed.fact.id, treaty="att", name="Angola", reason="asked by the State", reader=OPERATOR)
    assert files_of(workspace) == []
    with pytest.raises(Purged, match="file_of_a_fact_purged"):
        attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR)
    [seen] = [f for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts if f.fact == filed.fact.id]
    assert (seen.attachment_name, seen.attachment_type, seen.is_purged) == (None, None, True)


def test_a_file_that_was_changed_is_not_handed_out(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    [path] = files_of(workspace)
    path.write_bytes(PDF + b"more")
    with pytest.raises(Altered, match="file_of_a_fact_altered"):
        attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR)
    assert readings_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR) == ()


def test_purging_one_fact_leaves_the_same_file_of_another(workspace):
    one, two = (file_with(workspace, STATE, "signal", f"2022-06-0{n}", paper=PDF, name="a.pdf") for n in (1, 2))
    purge(workspace, STATE, one.fact.id, treaty="att", name="Angola", reason="asked by the State", reader=OPERATOR)
    assert attachment_of(workspace, two.fact.id, treaty="att", reader=OPERATOR).path.read_bytes() == PDF


def test_who_takes_out_a_file_held_in_confidence_is_noted(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR)
    [read] = readings_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR)
    assert read.actor == "operator"


def test_what_a_crash_left_goes_with_the_next_clearing(workspace):
    filed = file_with(workspace, STATE, "signal", "2022-06-01", paper=PDF, name="a.pdf")
    orphan, waiting = place_of(workspace, "ab" * 32), workspace.settings.home / "attachments" / "incoming" / "old"
    for path, days in ((orphan, 0), (waiting, 2), (waiting.with_name("new"), 0)):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"left")
        at = clock_of(workspace).now().timestamp() - days * 24 * 60 * 60
        os.utime(path, (at, at))
    assert clear_away(workspace) == 2
    left = {path.name for path in files_of(workspace)}
    assert "new" in left
    assert orphan.name not in left
    assert attachment_of(workspace, filed.fact.id, treaty="att", reader=OPERATOR)


def test_nobody_clears_away_what_another_is_about_to_write_of(workspace):
    """A purge elsewhere looks at what is on file, where this file's fact is not yet."""
    with received(workspace, io.BytesIO(PDF), "a.pdf") as attachment, ThreadPoolExecutor(1) as elsewhere:
        with putting_away(workspace, attachment) as put_away:
            put_away()
            clearing = elsewhere.submit(clear_away, workspace)
            with pytest.raises(TimeoutError):
                clearing.result(timeout=0.3)
            assert place_of(workspace, attachment.hash).exists()
        assert clearing.result(timeout=20) == 1  # nothing was written of it in the end


def test_a_file_goes_back_to_where_it_waited_when_the_writing_fails(workspace):
    """Whoever tries again, as after another writer was in the way, still has it."""
    with received(workspace, io.BytesIO(PDF), "a.pdf") as attachment:
        with pytest.raises(StoreBusy):
            put_away_in_vain(workspace, attachment)
        assert attachment.path.read_bytes() == PDF
        assert not place_of(workspace, attachment.hash).exists()


def put_away_in_vain(workspace, attachment):
    with putting_away(workspace, attachment) as put_away:
        put_away()
        raise StoreBusy


def test_a_champion_beyond_the_own_scope_leaves_no_file(workspace):
    champion = eyes(workspace, a_champion(workspace, of="JPN", region="Asia")[0])
    with pytest.raises(NotYours):
        file_as(workspace, champion)
    assert files_of(workspace) == []


def file_as(workspace, reader):
    with received(workspace, io.BytesIO(PDF), "a.pdf") as attachment:
        filing = Filing(
            kind="signal", effective=PartialDate.parse("2022-06-01"), source=SourceKind.EXAMPLE, attachment=attachment
        )
        return file_fact(workspace, STATE, filing, treaty="att", name="Angola", reader=reader)
