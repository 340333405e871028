"""The Secretariat brings a file: it is looked at, and then just that is taken in, once."""

import errno
import io
import os
from datetime import timedelta

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.depositary import bringing
from casework.depositary.bringing import ChangedMeanwhile, NotSaidWhole, look_again, look_at, take_in_brought
from casework.depositary.comparison import Difference
from casework.depositary.intaken import Change, Gone, Intaken
from casework.files.attachments import NotKept
from pathways.grammar.clearance import ANYONE, OPERATOR
from tests.builders import a_day, a_workspace, clock_of
from tests.casework.taking import OF_2019, OF_2023, everything
from tests.sources.files import a_csv, the_file_of

FILE = the_file_of(OF_2023)
NEW = {"date": "2022-06-18", "instrument": "", "ours": "", "verdict": "new"}
OTHER = {"field": "deposit", "ours": "2022-06-18", "theirs": "2022-06-19", "is_confirmed": False}


ALBANIA = "ALB,Albania,,,2016-03-19,,accession,,"
SIX = [
    ("AFG", "Afghanistan", "2020-07-29"),
    ("BWA", "Botswana", "2019-06-07"),
    ("CAN", "Canada", "2019-06-19"),
    ("CHN", "China", "2020-07-06"),
    ("MDV", "Maldives", "2019-09-27"),
    ("NIU", "Niue", "2020-08-06"),
]


@pytest.fixture
def workspace(tmp_path, sqlite_record_as):
    opened = a_workspace(tmp_path, sqlite_record_as(empty=True), opened=False)
    yield opened
    opened.close()


def looked(workspace, data=FILE, day=OF_2023):
    return look_at(workspace, io.BytesIO(data), published=a_day(day), treaty="att", reader=OPERATOR)


def taken(workspace, brought, *, mark=None, digest=None, day=OF_2023, is_whole=False):
    return take_in_brought(
        workspace,
        digest or brought.digest,
        published=a_day(day),
        mark=brought.mark if mark is None else mark,
        is_whole=is_whole,
        treaty="att",
        reader=OPERATOR,
    )


def kept(workspace):
    folder = workspace.settings.home / "brought"
    return sorted(folder.iterdir()) if folder.is_dir() else []


def test_looking_says_what_a_file_would_bring_and_writes_nothing(workspace):
    before = everything(workspace)
    found = looked(workspace).would_bring
    assert found.new == found.read == len(found.differing) > 200
    philippines = [one for one in found.differing if (one.state, one.act) == ("PHL", "deposit")]
    assert [(one.date, one.instrument, one.ours, one.verdict) for one in philippines] == [
        ("2022-03-24", "ratification", "", "new")
    ]
    assert everything(workspace) == before
    [file] = kept(workspace)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_was_looked_at_is_taken_in_as_whoever_did_and_waits_no_more(workspace):
    assert taken(workspace, looked(workspace))
    assert kept(workspace) == []
    with workspace.reading() as connection:
        actors = connection.exec_driver_sql("SELECT DISTINCT actor FROM fact WHERE kind = 'deposit'").scalars().all()
    assert actors == [OPERATOR.actor]


def test_to_take_it_in_again_is_harmless_and_says_so(workspace):
    brought = looked(workspace)
    assert taken(workspace, brought)
    after = everything(workspace)
    assert not taken(workspace, brought)
    assert everything(workspace) == after


def test_of_two_who_take_it_in_at_once_the_second_changes_nothing(workspace, monkeypatch):
    brought = looked(workspace)
    read = bringing._kept

    def while_another_takes_it_in(*given):
        data = read(*given)
        monkeypatch.setattr(bringing, "_kept", read)
        assert taken(workspace, brought)
        return data

    monkeypatch.setattr(bringing, "_kept", while_another_takes_it_in)
    assert not taken(workspace, brought)


def test_a_file_that_would_bring_something_else_by_now_is_not_taken_in(workspace):
    brought = looked(workspace)
    assert taken(workspace, looked(workspace, the_file_of(OF_2019), OF_2019), day=OF_2019)
    before = everything(workspace)
    with pytest.raises(ChangedMeanwhile):
        taken(workspace, brought)
    assert everything(workspace) == before
    again = look_again(workspace, brought.digest, published=a_day(OF_2023), treaty="att", reader=OPERATOR)
    assert again.would_bring.new < brought.would_bring.new
    assert taken(workspace, again)


def test_what_stands_for_all_that_was_shown_tells_apart_changes_of_the_same_number():
    def mark(**brings):
        return Intaken(treaty="att", read=1, new=1, **brings).mark

    of_two = [
        ("differing", [Change(state=state, act="deposit", **NEW) for state in ("PHL", "ZWE")]),
        ("conflicts", [Difference(state=state, **OTHER) for state in ("PHL", "ZWE")]),
        ("vanished", [Gone(state=state, act="deposit", date="2022-06-18") for state in ("PHL", "ZWE")]),
    ]
    assert len({mark(), *(mark(**{part: [one]}) for part, found in of_two for one in found)}) == 7


def test_a_file_is_not_taken_in_as_of_another_day_than_it_was_looked_at(workspace):
    day = "2023-08-26"
    brought, other = looked(workspace), looked(workspace, day=day)
    assert [one.differing for one in (brought.would_bring, other.would_bring)] == [brought.would_bring.differing] * 2
    before = everything(workspace)
    with pytest.raises(ChangedMeanwhile):
        taken(workspace, brought, day=day)
    assert everything(workspace) == before
    assert taken(workspace, brought)


def test_a_table_that_leaves_out_more_than_a_handful_is_taken_in_once_somebody_says_that_it_is_whole(workspace):
    full = [f"{state},{name},,,{day},,accession,," for state, name, day in SIX]
    whole = looked(workspace, a_csv(ALBANIA, *full))
    assert whole.would_bring.faults == []
    assert taken(workspace, whole)
    handful = looked(workspace, a_csv(ALBANIA, full[0]))
    many = looked(workspace, a_csv(ALBANIA))
    assert [one.would_bring.leaves_out_many for one in (handful, many)] == [False, True]
    before = everything(workspace)
    with pytest.raises(NotSaidWhole) as refused:
        taken(workspace, many)
    assert [one.field for one in refused.value.refusals] == ["whole"]
    assert everything(workspace) == before
    assert taken(workspace, many, is_whole=True)


def test_a_refused_file_is_told_every_fault_and_is_not_kept(workspace):
    found = looked(workspace, a_csv("XXX,Atlantis,2020-01-01,,,,,,", "TCD,Chad,tomorrow,,,,,,")).would_bring
    assert len(found.faults) == 2
    assert kept(workspace) == []


@pytest.mark.parametrize("digest", ["0" * 64, "../record.db", "x", "\0"])
def test_what_does_not_wait_is_not_on_file(workspace, digest):
    with pytest.raises(NotOnFile):
        taken(workspace, looked(workspace), digest=digest)


def test_a_file_that_was_changed_where_it_waits_is_not_taken_in(workspace):
    brought = looked(workspace)
    kept(workspace)[0].write_bytes(the_file_of(OF_2019))
    with pytest.raises(NotOnFile):
        taken(workspace, brought)


def test_a_file_that_nobody_took_in_is_gone_after_a_day(workspace):
    looked(workspace)
    long_ago = (clock_of(workspace).now() - timedelta(days=1, minutes=1)).timestamp()
    os.utime(kept(workspace)[0], (long_ago, long_ago))
    second = looked(workspace, the_file_of(OF_2019), OF_2019)
    assert [path.name for path in kept(workspace)] == [second.digest]


def test_a_machine_that_keeps_no_file_says_so(workspace):
    (workspace.settings.home / "brought").write_text("a file where the folder should be")
    with pytest.raises(NotKept):
        looked(workspace)


def test_of_a_file_that_the_disk_could_not_hold_nothing_stays(workspace, monkeypatch):
    class HalfOfIt(io.FileIO):
        def write(self, data):
            super().write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(bringing.os, "fdopen", HalfOfIt)
    with pytest.raises(NotKept):
        looked(workspace)
    assert kept(workspace) == []


def test_nobody_but_the_secretariat_looks_at_a_file_or_takes_it_in(workspace):
    brought = looked(workspace)
    told = {"published": None, "treaty": "att", "reader": ANYONE}
    with pytest.raises(NotYours):
        look_at(workspace, io.BytesIO(FILE), **told)
    with pytest.raises(NotYours):
        look_again(workspace, brought.digest, **told)
    with pytest.raises(NotYours):
        take_in_brought(workspace, brought.digest, mark=brought.mark, **told)
