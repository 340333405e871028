"""What is put into the inbox is taken in once and put aside with its reasons; nothing is lost on the way."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from casework.depositary.drop_folder import empty_inbox, inbox_of, waiting
from models.store.engine import StoreUnreachable
from tests.builders import AN_HOUR, a_workspace

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


@pytest.mark.parametrize("name", ["notes.txt", ".xml", "table.xml.part"])
def test_what_is_no_table_is_left_alone(workspace, put, name):
    path = put(name, b"something")
    assert empty_inbox(workspace) == []
    assert path.exists()


def test_a_link_to_a_file_elsewhere_is_not_followed(workspace, put, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("not for the inbox")
    put("other.txt", b"").with_name("link.csv").symlink_to(secret)
    assert empty_inbox(workspace) == []


def test_a_file_stays_where_it_is_while_the_record_cannot_be_written(workspace, put):
    path = put(OF_2023, (TABLES / OF_2023).read_bytes())
    for file in workspace.settings.home.glob("record.db*"):
        file.unlink()
    workspace.settings.home.joinpath("record.db").mkdir()
    workspace.store.dispose()
    with pytest.raises(StoreUnreachable):
        empty_inbox(workspace)
    assert path.exists()
