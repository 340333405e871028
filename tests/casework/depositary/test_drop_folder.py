"""What is put into the inbox is taken in once and put aside with its reasons; nothing is lost on the way."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from casework.depositary import intake, receiving
from casework.depositary.drop_folder import inbox_of, left_lying, waiting
from casework.depositary.intake import take_in
from casework.depositary.receiving import empty_inbox
from casework.follow_ups.actions import close
from casework.follow_ups.failures import open_failures
from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from models.ledger.dossiers import Moved
from models.store.engine import StoreUnreachable
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from tests.builders import AN_HOUR, a_workspace, clock_of
from tests.sources.files import CSV_TITLES

TABLES = Path(__file__).parents[2] / "data"
OF_2023 = "att_status_2023-08-25.xml"


@pytest.fixture
def workspace(tmp_path, sqlite_record_as):
    opened = a_workspace(tmp_path, sqlite_record_as(empty=True), opened=False)
    yield opened
    opened.close()


@pytest.fixture
def put(workspace):
    """Give a way to put a file into the ATT's inbox, an hour ago or so many seconds."""

    def into_the_inbox(name, content, *, seconds_ago=3600.0):
        path = inbox_of(workspace) / "att" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        moment = (AN_HOUR - timedelta(seconds=seconds_ago)).timestamp()
        os.utime(path, (moment, moment))
        return path

    return into_the_inbox


def test_the_folders_are_made_so_that_they_are_found(workspace):
    assert empty_inbox(workspace) == []
    assert (inbox_of(workspace) / "att").is_dir()


def test_a_table_is_taken_in_and_put_aside_with_what_it_brought(workspace, put):
    put(OF_2023, (TABLES / OF_2023).read_bytes())
    [received] = empty_inbox(workspace)
    assert received.taken.new > 200
    assert received.place == inbox_of(workspace) / "att" / "done" / OF_2023
    assert received.place.read_bytes() == (TABLES / OF_2023).read_bytes()
    told = received.place.with_name(f"{OF_2023}.txt").read_text()
    assert f"{received.taken.new} new" in told
    assert "PHL deposit 2022-03-24: new" in told
    assert waiting(workspace) == []


def test_the_same_table_again_changes_nothing_and_overwrites_nothing(workspace, put):
    for _ in range(2):
        put(OF_2023, (TABLES / OF_2023).read_bytes())
        [received] = empty_inbox(workspace)
    assert (received.taken.new, received.taken.changed, received.taken.confirmed) == (0, 0, 0)
    assert received.place.name == "att_status_2023-08-25-2.xml"
    assert len(list(received.place.parent.iterdir())) == 4


def test_a_refused_file_is_put_aside_with_a_sentence_for_every_fault(workspace, put):
    put("list.csv", b"state,deposit_date\nRuritania,2020-01-01\nPhilippines,tomorrow\n")
    [received] = empty_inbox(workspace)
    assert received.place == inbox_of(workspace) / "att" / "refused" / "list.csv"
    told = received.place.with_name("list.csv.txt").read_text()
    assert told.startswith("Refused; nothing was written.")
    assert len(told.splitlines()) == 1 + len(received.taken.faults)


def test_one_refused_file_does_not_keep_the_next_one_out(workspace, put):
    put("1.csv", b"nonsense")
    put("2.xml", (TABLES / OF_2023).read_bytes())
    assert [received.taken.is_refused for received in empty_inbox(workspace)] == [True, False]


def test_a_file_that_is_still_being_copied_is_left_for_the_next_time(workspace, put):
    path = put(OF_2023, b"<?xml", seconds_ago=1)
    assert empty_inbox(workspace) == []
    assert path.exists()


# What cannot be taken in is named, holds up nothing else, and stays on the list.


def listed(workspace):
    """Return what stands on the Secretariat's list: which file, and the code of every reason."""
    with workspace.reading() as connection:
        return [(one.about, [why.code for why in one.reasons]) for one in open_failures(connection)]


@pytest.mark.parametrize(
    ("name", "seconds_ago", "says"),
    [
        ("notes.txt", 60, "file_ends_otherwise"),
        ("table.xml.part", 60, "file_ends_otherwise"),
        ("table.xlsx", 60, "file_ends_otherwise"),
        ("table.xml", -3600, "file_of_the_future"),
    ],
)
def test_what_is_not_taken_in_is_left_where_it_is_and_named_with_why(workspace, put, name, seconds_ago, says):
    path = put(name, b"something", seconds_ago=seconds_ago)
    for _ in range(2):
        assert empty_inbox(workspace) == []
    assert path.exists()
    assert [(one.path, one.why.code) for one in left_lying(workspace)] == [(path, says)]
    assert listed(workspace) == [(name, [says])]
    [found] = [one for one in of_record(workspace) if one.what == "file left lying"]
    assert (found.of, found.condition, found.says.code) == (name, Condition.TO_DO, says)


def test_a_hidden_file_and_one_that_is_still_being_copied_are_nobodys_business(workspace, put):
    put(".xml", b"something")
    put("notes.txt", b"something", seconds_ago=1)
    assert empty_inbox(workspace) == []
    assert (left_lying(workspace), listed(workspace)) == ([], [])


def test_a_link_to_a_file_elsewhere_is_not_followed_and_a_folder_not_looked_into(workspace, put, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("not for the inbox")
    beside = put("table.csv", b"nonsense")
    beside.with_name("link.csv").symlink_to(secret)
    beside.with_name("of 2023").mkdir()
    for name in ("link.csv", "of 2023"):
        os.utime(beside.with_name(name), (0, 0), follow_symlinks=False)
    assert [one.place.name for one in empty_inbox(workspace)] == ["table.csv"]
    assert [(one.name, one.why.code) for one in left_lying(workspace)] == [
        ("link.csv", "file_is_a_link"),
        ("of 2023", "no_file_at_all"),
    ]


def test_a_file_beside_the_folders_is_told_where_it_belongs(workspace, put):
    path = put(OF_2023, b"<x/>")
    path.rename(inbox_of(workspace) / OF_2023)
    [left] = left_lying(workspace)
    assert (left.name, sentence(left.why)) == (
        OF_2023,
        "It lies in no treaty's folder, so it is not looked at; put it into inbox/att.",
    )


def refusing(monkeypatch, method, name, why=errno.EACCES):
    """Let the machine refuse this to one file, as it does where that is another account's or there no more."""
    as_it_is = getattr(Path, method)

    def refused(self, *given, **named):
        if self.name == name:
            raise OSError(why, os.strerror(why), str(self))
        return as_it_is(self, *given, **named)

    monkeypatch.setattr(Path, method, refused)


@pytest.mark.parametrize(
    ("method", "says"), [("open", "file_of_the_inbox_unreadable"), ("rename", "file_not_put_aside")]
)
def test_a_file_of_another_account_holds_up_no_other(workspace, put, monkeypatch, method, says):
    path = put("1.csv", (TABLES / OF_2023).read_bytes())
    put("2.csv", (TABLES / OF_2023).read_bytes())
    refusing(monkeypatch, method, "1.csv")
    received = empty_inbox(workspace)
    assert received[-1].place == inbox_of(workspace) / "att" / "done" / "2.csv"
    assert path.exists()
    assert not path.with_name("done").joinpath("1.csv.txt").exists()
    assert listed(workspace) == [("1.csv", [says])]


@pytest.mark.parametrize("method", ["open", "rename"])
def test_a_file_that_another_run_has_taken_meanwhile_is_no_failure(workspace, put, monkeypatch, method):
    put("1.csv", (TABLES / OF_2023).read_bytes())
    refusing(monkeypatch, method, "1.csv", errno.ENOENT)
    empty_inbox(workspace)
    assert listed(workspace) == []


def test_a_folder_that_may_not_be_listed_is_named(workspace, monkeypatch):
    empty_inbox(workspace)
    refusing(monkeypatch, "iterdir", "att")
    assert [(one.name, one.why.code) for one in left_lying(workspace)] == [("att", "file_of_the_inbox_unreadable")]


@pytest.mark.parametrize("stem", ["x" * 251, "ضع" * 62 + "xxx"])
def test_a_name_that_leaves_no_room_for_the_text_beside_it_is_shortened(workspace, put, stem):
    for _ in range(2):
        put(f"{stem}.xml", (TABLES / OF_2023).read_bytes())
        [received] = empty_inbox(workspace)
        assert received.place.with_name(f"{received.place.name}.txt").exists()
        assert stem.startswith(received.place.stem.removesuffix("-2"))
    assert (waiting(workspace), listed(workspace)) == ([], [])


def test_a_name_that_is_no_text_is_taken_in_and_shown_as_far_as_it_is(workspace, put):
    put(os.fsdecode(b"li\xffst.csv"), b"nonsense")
    [received] = empty_inbox(workspace)
    assert received.place.name == os.fsdecode(b"li\xffst.csv")
    assert [name for name, _ in listed(workspace)] == ["li\ufffdst.csv"]


def test_a_file_that_nobody_foresaw_costs_itself_alone(workspace, put, monkeypatch):
    def cannot(data, **_told):
        raise RecursionError

    put("1.csv", b"whatever")
    monkeypatch.setattr(intake, "read_table", cannot)
    [received] = empty_inbox(workspace)
    assert received.taken.is_refused
    assert listed(workspace) == [("1.csv", ["file_not_foreseen"])]


def test_a_refused_file_stays_on_the_list_with_its_reasons_whatever_comes_after(workspace, put):
    put("list.csv", b"state,deposit_date\nRuritania,2020-01-01\n")
    [received] = empty_inbox(workspace)
    put(OF_2023, (TABLES / OF_2023).read_bytes())
    assert [one.taken.is_refused for one in empty_inbox(workspace)] == [False]
    assert empty_inbox(workspace) == []
    assert listed(workspace) == [("list.csv", [why.code for why in received.taken.faults])]
    [found] = [one for one in of_record(workspace) if one.what == "failure"]
    assert sentence(found.says) == " ".join(map(sentence, received.taken.faults))


def test_of_many_reasons_the_check_up_gives_the_first_and_their_number(workspace, put):
    put("list.csv", "\n".join([CSV_TITLES, *["XXX,Atlantis,2020-01-01,,,,,,"] * 8]).encode())
    empty_inbox(workspace)
    [found] = [one for one in of_record(workspace) if one.what == "failure"]
    assert "Row 6: " in sentence(found.says)
    assert "Row 7: " not in sentence(found.says)
    assert sentence(found.says).endswith("Reasons besides: 3.")


def test_a_failure_ends_with_a_person_and_begins_anew_when_it_is_met_anew(workspace, put):
    for _ in range(2):
        put("list.csv", b"nonsense")
        empty_inbox(workspace)
    with workspace.reading() as connection:
        [one] = open_failures(connection)
    close(workspace, one.follow_up, "done: fetched again", reader=OPERATOR, treaty="att")
    assert listed(workspace) == []
    put("list.csv", b"nonsense")
    empty_inbox(workspace)
    assert [name for name, _ in listed(workspace)] == ["list.csv"]


def test_whoever_takes_the_same_file_in_has_dealt_with_it(workspace, put):
    data = (TABLES / OF_2023).read_bytes()
    clock_of(workspace).stand_on("2019-01-01")
    put(OF_2023, data, seconds_ago=10 * 365 * 86_400)
    [received] = empty_inbox(workspace)
    clock_of(workspace).stand_on("2026-07-24")
    assert received.taken.is_refused, "its acts lie in the future of 2019"
    take_in(workspace, data, treaty="att")
    assert [name for name, _ in listed(workspace)] == [OF_2023], "no run deals with what a run could not do"
    take_in(workspace, data, treaty="att", actor="person:1")
    assert listed(workspace) == []


def test_a_file_stays_where_it_is_while_the_record_cannot_be_written(workspace, put):
    path = put(OF_2023, (TABLES / OF_2023).read_bytes())
    for file in workspace.settings.home.glob("record.db*"):
        file.unlink()
    workspace.settings.home.joinpath("record.db").mkdir()
    workspace.store.dispose()
    with pytest.raises(StoreUnreachable):
        empty_inbox(workspace)
    assert path.exists()


def test_a_file_is_not_refused_for_what_others_write_at_the_same_time(workspace, put, monkeypatch):
    def cannot(*_given, **_told):
        raise Moved

    path = put("1.csv", b"whatever")
    monkeypatch.setattr(receiving, "take_in", cannot)
    with pytest.raises(Moved):
        empty_inbox(workspace)
    assert path.exists()
    assert listed(workspace) == []
