"""A record that is open learns what a newer bundled record knows besides, and loses nothing of its own."""

import pytest

from casework.depositary.intake import take_in
from casework.dossiers.dossier_view import dossier_view
from casework.record import opening
from casework.record.audit import verify
from casework.record.opening import open_record
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import Stage
from sources.bundled import load_participation
from sources.participation import ActKind
from tests.appointments import a_champion
from tests.builders import a_day, a_workspace
from tests.casework.taking import OF_2023, follow_ups
from tests.sources.files import the_file_of

APPLIED = "2014-09-02"


def without(*left_out):
    """Return the acts of a bundled record that did not know some yet."""

    def acts(treaty, by):
        return [
            act
            for act in load_participation(treaty).acts
            if (act.state, act.kind) not in left_out and (by is None or act.effective.last <= by)
        ]

    return acts


@pytest.fixture
def old(monkeypatch, tmp_path, store_url):
    """Give a record that was opened before the bundled one knew of an application and of a deposit."""
    with monkeypatch.context() as before:
        lacks = (("NZL", ActKind.PROVISIONAL_APPLICATION), ("PHL", ActKind.DEPOSIT))
        before.setattr(opening, "_acts", without(*lacks))
        workspace = a_workspace(tmp_path, store_url)
    yield workspace
    workspace.close()


def applied(workspace, state="NZL"):
    return dossier_view(workspace, state, treaty="att", reader=OPERATOR).provisional_application_date


def notices(workspace):
    with workspace.reading() as connection:
        return connection.exec_driver_sql("SELECT COUNT(*) FROM notice").scalar()


def test_an_open_record_learns_an_act_once_and_quietly(old):
    a_champion(old, "JPN", "Asia")
    told = notices(old)
    assert applied(old) is None
    assert open_record(old, treaty="att").learnt == 2
    assert applied(old) == APPLIED
    assert dossier_view(old, "PHL", treaty="att", reader=OPERATOR).stage is Stage.IMPLEMENTATION
    assert open_record(old, treaty="att").learnt == 0
    assert verify(old).is_sound
    assert notices(old) == told


def test_of_two_who_open_it_at_once_the_second_learns_nothing(old, monkeypatch):
    batch = old.batch

    def while_another_learns(ids, **told):
        monkeypatch.setattr(old, "batch", batch)
        assert open_record(old, treaty="att").learnt == 2
        return batch(ids, **told)

    monkeypatch.setattr(old, "batch", while_another_learns)
    assert open_record(old, treaty="att").learnt == 0
    assert verify(old).is_sound


def test_what_the_depositary_has_told_meanwhile_is_not_learnt_anew(old):
    said = the_file_of(OF_2023).replace(
        b"<Entry> 3 Jun\t 2013 </Entry><Entry/><Entry> 2 Sep\t 2014 </Entry>",
        b"<Entry> 3 Jun\t 2013 </Entry><Entry> 2 Sep\t 2014 n</Entry><Entry> 2 Sep\t 2014 </Entry>",
    )
    assert said != the_file_of(OF_2023)
    taken = take_in(old, said, treaty="att", published=a_day(OF_2023))
    assert (taken.new, taken.vanished, taken.faults) == (2, [], [])
    assert open_record(old, treaty="att").learnt == 0
    assert applied(old) == APPLIED


def test_a_table_that_shows_the_act_confirms_it_and_one_that_does_not_says_nothing_is_gone(record):
    assert take_in(record, the_file_of(OF_2023), treaty="att").vanished == []
    assert follow_ups(record, "vanished") == []
    shows = the_file_of(OF_2023).replace(
        b"<Entry> 3 Jun\t 2013 </Entry><Entry/><Entry> 2 Sep\t 2014 </Entry>",
        b"<Entry> 3 Jun\t 2013 </Entry><Entry> 2 Sep\t 2014 n</Entry><Entry> 2 Sep\t 2014 </Entry>",
    )
    taken = take_in(record, shows, treaty="att")
    assert (taken.new, taken.confirmed, taken.conflicts) == (0, 1, [])
    once_shown = take_in(record, the_file_of(OF_2023), treaty="att")
    assert [(gone.state, gone.act) for gone in once_shown.vanished] == [("NZL", "provisional_application")]


def test_an_act_that_our_record_has_from_the_depositary_is_missed_where_a_table_leaves_it_out(record):
    serbias = b"<Entry>12 Aug\t 2013 </Entry><Entry>12 Aug\t 2013 n</Entry>"
    left_out = the_file_of(OF_2023).replace(serbias, b"<Entry>12 Aug\t 2013 </Entry><Entry/>")
    taken = take_in(record, left_out, treaty="att")
    assert [(gone.state, gone.act) for gone in taken.vanished] == [("SRB", "provisional_application")]


def test_a_record_that_was_opened_empty_stays_so(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, empty=True)
    assert open_record(workspace, treaty="att").learnt == 0
    assert applied(workspace) is None
    workspace.close()


def test_a_training_record_learns_nothing_of_the_days_its_clock_has_passed(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, training="2022-03-01")
    opening.move_clock(workspace, a_day("2022-06-21"))
    assert open_record(workspace, treaty="att").learnt == 0
    workspace.close()
