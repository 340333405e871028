"""An upgrade of a record of every earlier program: it is brought up and verified, or is as it was, whatever happens."""

import json
import os
import signal
import sqlite3
import zipfile
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.core.leases import UnderWay, leased
from casework.core.workspace import Workspace
from casework.record import counting_anew, upgrading
from casework.record.archive import NotBackedUp
from casework.record.audit import verify
from casework.record.bringing_back import NotWhole
from casework.record.restore import restore
from casework.record.upgrading import NotUpgraded, upgrade
from models.store import schema as schemas
from models.store.engine import Store
from models.store.schema import REVISIONS, SCHEMA, StoreEmpty, StoreNewer, StoreOlder
from tests.builders import AN_HOUR, a_workspace, clock_of
from tests.casework.record.backups import everything
from tests.casework.record.killing import killed

FIRST = REVISIONS[0]
#: That each comes up in either database is held where the frozen schemas are; here the first does.
ALL = [
    *(("sqlite", schema) for schema in REVISIONS[:-1]),
    pytest.param("postgres", FIRST, marks=pytest.mark.postgres),
]


def facts(workspace):
    with workspace.store.reading(of_any_schema=True) as connection:
        return connection.execute(text("SELECT id, hash FROM fact ORDER BY id")).all()


def backups(workspace):
    return sorted(path.name for path in workspace.settings.backups.glob("*"))


@pytest.mark.parametrize(("of", "schema"), ALL, indirect=["of"])
def test_a_record_of_an_earlier_program_is_brought_up_with_a_backup_that_came_back(of, schema):
    record, said = of(schema), []
    before = facts(record)
    done = upgrade(record, says=lambda remark: said.append(remark.code))
    assert (done.came_from, done.schema, done.facts) == (schema, SCHEMA, len(before))
    assert facts(record) == before
    assert verify(record).is_sound
    assert said == [
        "upgrade_backs_up",
        *["upgrade_steps_up"] * (len(REVISIONS) - 1 - REVISIONS.index(schema)),
        "upgrade_verifies",
    ]
    assert backups(record) == [done.backup.name]
    with zipfile.ZipFile(done.backup) as zipped:
        assert json.loads(zipped.read("manifest.json"))["schema"] == schema


def test_the_backup_of_before_is_whole_in_the_schema_of_then(of, tmp_path):
    record = of(FIRST)
    done = upgrade(record)
    with closing(a_workspace(tmp_path / "back", opened=False)) as back:
        assert restore(back, done.backup).came_from == FIRST
        assert facts(back) == facts(record)
        before, after = everything(back), everything(record)
        assert [row for row in after["audit"] if row not in before["audit"]][-1]["what"] == "upgraded"
        assert after["notice"] == before["notice"]


def test_again_it_does_nothing(of):
    record = of(FIRST)
    upgrade(record)
    before, kept = everything(record), backups(record)
    again = upgrade(record)
    assert (again.backup, again.came_from) == (None, SCHEMA)
    assert (everything(record), backups(record)) == (before, kept)


# What fails on the way.


def untouched(record, before):
    assert record.store.revision() == FIRST
    assert facts(record) == before
    with pytest.raises(StoreOlder, match="accede upgrade"):
        record.store.require()


def completes(record, before):
    clock_of(record).hour += timedelta(minutes=2)
    assert upgrade(record).came_from == FIRST
    assert facts(record) == before
    assert verify(record).is_sound


def test_a_folder_that_takes_no_backup_leaves_the_record_as_it_was(of):
    record = of(FIRST)
    before = facts(record)
    record.settings.backups.write_text("a file")
    with pytest.raises(NotBackedUp):
        upgrade(record)
    untouched(record, before)
    record.settings.backups.unlink()
    completes(record, before)


def test_a_copy_that_does_not_come_through_leaves_the_record_as_it_was(of, monkeypatch):
    monkeypatch.setattr(counting_anew, "SINCE", FIRST)
    record = of(FIRST)
    before = facts(record)
    with record.store.writing(of_any_schema=True) as connection:
        connection.execute(text("UPDATE dossier SET legal_status = 'signatory' WHERE state = 'PHL'"))
    with pytest.raises(NotWhole, match="restored_does_not_verify"):
        upgrade(record)
    untouched(record, before)
    assert [name.endswith(".unproven") for name in backups(record)] == [True]


def breaks(*_):
    raise RuntimeError("half way up")


def test_a_step_up_that_breaks_leaves_the_record_as_it_was(of, monkeypatch):
    record = of(FIRST)
    before = facts(record)
    with monkeypatch.context() as broken:
        broken.setattr(upgrading, "migrate_on", lambda connection, **_: half_way(connection))
        with pytest.raises(RuntimeError, match="half way up"):
            upgrade(record)
    untouched(record, before)
    completes(record, before)


def half_way(connection):
    schemas.migrate_on(connection, "0008")
    breaks()


def test_a_record_that_does_not_verify_once_it_is_up_is_left_as_it_was(of, monkeypatch):
    monkeypatch.setattr(counting_anew, "SINCE", FIRST)
    record = of(FIRST)
    before = facts(record)

    def migrates_wrongly(connection, **told):
        schemas.migrate_on(connection, **told)
        connection.execute(text("UPDATE dossier SET legal_status = 'signatory' WHERE state = 'PHL'"))

    with monkeypatch.context() as wrong:
        wrong.setattr(upgrading, "migrate_on", migrates_wrongly)
        with pytest.raises(NotUpgraded, match="upgraded_does_not_verify"):
            upgrade(record)
    untouched(record, before)
    completes(record, before)


# Who is killed on the way.


def upgrading_at(home, url, hour):
    with closing(a_workspace(Path(home), url, opened=False, now=hour)) as workspace:
        upgrade(workspace)


def upgrading_half_way(home, url, hour):
    upgrading.migrate_on = killed_half_way
    upgrading_at(home, url, hour)


def killed_half_way(connection, **_):
    schemas.migrate_on(connection, "0008")
    os.kill(os.getpid(), signal.SIGKILL)


PLACES = {
    "while the backup is made": {"before": "casework.record.backup._keep_files"},
    "while a copy goes up": {"before": "casework.record.restore._refuse_unlike"},
    "when the backup is proven": {"after": "casework.record.unfinished.give_name"},
    "when it is up": {"before": "casework.record.upgrading._refuse_unlike"},
    "when it is verified": {"after": "casework.record.upgrading._note"},
}


@pytest.mark.parametrize("when", PLACES)
def test_who_is_killed_leaves_the_record_as_it_was_and_the_next_completes(when, of):
    record = of(FIRST)
    before = facts(record)
    given = str(record.settings.home), record.settings.database_url, AN_HOUR
    assert killed(upgrading_at, *given, **PLACES[when])
    untouched(record, before)
    completes(record, before)


def test_who_is_killed_half_way_up_leaves_the_record_as_it_was_and_the_next_completes(of):
    record = of(FIRST)
    before = facts(record)
    assert killed(
        upgrading_half_way, str(record.settings.home), record.settings.database_url, AN_HOUR, before="os.abort"
    )
    untouched(record, before)
    completes(record, before)


# Who is there besides.


def test_a_record_at_which_somebody_is_at_work_is_left_alone(of):
    record = of(FIRST)
    before = facts(record)
    with (
        closing(Workspace(record.settings, Store(record.settings.url, FIRST), record.clock)) as then,
        leased(then, "sweep:att", "a sweep of then"),
        pytest.raises(NotUpgraded, match="upgrade_beside_others"),
    ):
        upgrade(record)
    untouched(record, before)


def test_of_two_upgrades_the_second_is_told(of):
    record = of(FIRST)
    record.settings = record.settings.model_copy(update={"lease_seconds": 1})
    with (
        closing(Workspace(record.settings, Store(record.settings.url, FIRST), record.clock)) as then,
        leased(then, "backup", "another upgrade"),
        pytest.raises(UnderWay),
    ):
        upgrade(record)
    assert record.store.revision() == FIRST


def test_a_home_without_a_record_and_a_newer_one_are_said_to_be_so(tmp_path):
    with closing(a_workspace(tmp_path, opened=False)) as none, pytest.raises(StoreEmpty):
        upgrade(none)
    with closing(a_workspace(tmp_path)) as newer:
        with sqlite3.connect(tmp_path / "accede.db") as behind:
            behind.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(StoreNewer, match="schema 9999"):
            upgrade(newer)
