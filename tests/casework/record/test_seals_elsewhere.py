"""Seals are kept outside the home too, in a folder that others hold and by letter each week: a second party knows."""

from contextlib import closing
from datetime import timedelta
from os import mkfifo

import pytest
from sqlalchemy import text

from casework.core.settings import BadSettings, load
from casework.follow_ups.failures import open_failures
from casework.letters.administration import list_letters
from casework.letters.posting import post
from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from casework.record.audit import audit, verify
from casework.record.audit_result import result_of
from casework.record.backup import back_up
from casework.record.nightly import back_up_and_prove
from casework.record.opening import open_record
from casework.record.restore import restore
from casework.record.seals import kept_seals, kept_seals_elsewhere, seal
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_workspace, clock_of
from tests.casework.tampering import forged

ADDRESS = "seals@court.example"


@pytest.fixture
def folder(tmp_path):
    """Give a folder that somebody else holds."""
    made = tmp_path / "held by others"
    made.mkdir()
    return made


@pytest.fixture
def watched(record, folder):
    """Give a record whose seals are kept there."""
    configured(record, seals_folder=folder)
    return record


def configured(workspace, **settings):
    workspace.settings = workspace.settings.model_copy(update=settings)


def nights(workspace, number=1):
    for _ in range(number):
        clock_of(workspace).hour += timedelta(days=1)
        last = audit(workspace, run="night")
    return last


def finding(workspace):
    found = {one.name: one for one in of_record(workspace)}
    return found["seals kept elsewhere"].condition, found["seals kept elsewhere"].todo.code


# The folder.


def test_each_seal_is_kept_in_the_folder_for_its_owner_alone(watched, folder):
    head = nights(watched, 2).head
    assert (folder / "seals.txt").stat().st_mode & 0o777 == 0o600
    assert (folder / "seals.txt").read_text() == (watched.settings.home / "seals.txt").read_text()
    assert (folder / "seals.txt").read_text().splitlines()[-1] == head
    assert finding(watched) == (Condition.TO_DO, "seals_on_the_same_disk")


def test_the_folder_may_lie_on_the_same_disk_where_a_second_party_gets_the_seals(watched):
    nights(watched)
    configured(watched, seals_to="second@example.org")
    found = {one.name: one for one in of_record(watched)}
    assert found["seals kept elsewhere"].condition is Condition.FINE


def test_who_has_the_whole_machine_and_not_the_folder_is_found_out(watched):
    nights(watched, 2)
    forged(watched)
    with watched.registry() as connection:
        connection.execute(text("DELETE FROM seal"))
        seal(watched, connection, dossiers=198, facts=831)
        connection.execute(text("UPDATE seal SET id = 1"))
    (watched.settings.home / "seals.txt").unlink()
    assert verify(watched).seals == (
        "seal 1: it is not the one that was made",
        "seal 2: it was made, and is not there any more",
    )
    assert not nights(watched).sealed


def test_a_folder_that_is_gone_fails_the_audit_that_seals_all_the_same_and_is_caught_up_with(watched, folder):
    nights(watched)
    held = (folder / "seals.txt").rename(folder.parent / "seals.txt")
    folder.rmdir()
    audited = nights(watched)
    assert (audited.sealed, audited.is_sound, audited.verified.is_sound) == (True, False, True)
    told = sentence(result_of(audited))
    assert told.startswith("The ledger is whole, and sealed. Facts: 832; dossiers: 198. The seal could not be kept in ")
    assert f"{folder}: No such file or directory" in told
    with watched.reading() as connection:
        [failed] = open_failures(connection)
    assert failed.about == "audit"
    assert finding(watched) == (Condition.BROKEN, "see_seals_folder")
    assert not folder.exists(), "nothing is made where a disk should be"
    folder.mkdir()
    held.rename(folder / "seals.txt")
    assert nights(watched).is_sound
    assert kept_seals_elsewhere(watched) == kept_seals(watched)


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_others_put_there_in_place_of_the_file_is_neither_waited_for_nor_written_through(watched, folder, kind):
    nights(watched)
    (folder / "seals.txt").unlink()
    ours = watched.settings.home / "seals.txt"
    {"link": (folder / "seals.txt").symlink_to, "pipe": lambda _: mkfifo(folder / "seals.txt")}[kind](ours)
    audited = nights(watched)
    assert (audited.sealed, audited.is_sound) == (True, False)
    assert len(ours.read_text().splitlines()) == 2
    assert finding(watched) == (Condition.BROKEN, "see_seals_folder")


def test_what_others_write_there_and_is_no_line_of_ours_is_passed_over(watched, folder):
    nights(watched)
    with (folder / "seals.txt").open("ab") as theirs:
        theirs.write(b"9" * 5000 + b" 0\n\xff\xfe\n")
    assert nights(watched).is_sound


def test_a_new_record_begins_its_own_file_in_the_folder_and_the_old_one_stays(watched, folder, tmp_path):
    nights(watched)
    held = (folder / "seals.txt").read_text()
    with closing(a_workspace(tmp_path / "new", opened=False, seals_folder=folder)) as new:
        open_record(new, treaty="att")
        assert verify(new).is_sound
    [put_away] = folder.iterdir()
    assert put_away.read_text() == held


def test_a_backup_is_proven_beside_the_folder_and_the_nights_after_it_are_missed_when_it_comes_back(
    watched, nothing, tmp_path
):
    nights(watched)
    back_up_and_prove(watched, run="night")
    back_up(watched, tmp_path / "kept.zip")
    nights(watched)
    configured(nothing, seals_folder=watched.settings.seals_folder)
    restore(nothing, tmp_path / "kept.zip")
    assert verify(nothing).seals == ("seal 2: it was made, and is not there any more",)
    (watched.settings.seals_folder / "seals.txt").rename(tmp_path / "until the disk was gone.txt")
    clock_of(nothing).hour = clock_of(watched).hour
    assert nights(nothing).is_sound


# The letter.


def letters(workspace):
    return [one.name for one in list_letters(workspace, reader=OPERATOR)]


def test_a_second_party_gets_the_head_each_week_and_proves_by_the_letter_alone(record, mail_server):
    configured(record, seals_to=ADDRESS, smtp_host="127.0.0.1", smtp_port=mail_server.port, smtp_security="none")
    first = nights(record).head
    assert audit(record, run="the same night").sealed
    nights(record, 6)
    assert letters(record) == [ADDRESS]
    nights(record)
    assert letters(record) == [ADDRESS] * 2
    assert post(record, run="post").sent == 2
    told = [one for one in mail_server.messages if first in one.text]
    [letter] = told
    assert letter.recipients == (ADDRESS,)
    assert "832 facts in 198 dossiers" in letter.text
    [command] = [line for line in letter.text.splitlines() if line.startswith("accede verify --since")]
    head = command.partition('"')[2].rstrip('"')
    assert verify(record, since=head).is_sound
    forged(record)
    assert verify(record, since=head).seals[-1] == "seal 1: the ledger no longer holds what was sealed then"


def test_the_letter_says_nothing_of_any_state_and_asks_nobody_to_sign_in(record, mail_server):
    configured(record, seals_to=ADDRESS, smtp_host="127.0.0.1", smtp_port=mail_server.port, smtp_security="none")
    nights(record)
    post(record, run="post")
    [letter] = mail_server.messages
    assert record.settings.base_url not in letter.text
    for word in ("interest", "legislation", "Brazil", "BRA", "sign"):
        assert word not in letter.text.replace("designed", "")


def test_another_second_party_is_told_at_once_and_a_broken_ledger_tells_nobody(record):
    configured(record, seals_to=ADDRESS)
    nights(record)
    configured(record, seals_to="archive@un.example")
    nights(record)
    assert sorted(letters(record)) == ["archive@un.example", ADDRESS]
    forged(record)
    nights(record, 8)
    assert len(letters(record)) == 2


def test_what_is_no_address_is_told_when_it_is_configured(tmp_path):
    (tmp_path / "accede.toml").write_text('seals_to = "the court"')
    with pytest.raises(BadSettings, match="“the court” is no address"):
        load(tmp_path)
