"""Sweeps in which something goes wrong, and the news that others bring."""

import threading
from datetime import date, timedelta

import pytest

from casework.core.leases import LeaseGone
from casework.core.workspace import Workspace
from casework.dossiers.dossier_view import dossier_view
from casework.follow_ups.actions import close
from casework.follow_ups.failures import open_failures
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.secretariat_tasks import leave
from casework.operations import batches
from casework.operations.sweep import unfinished
from casework.people.holds import hold
from casework.record.audit import verify
from models.ledger import dossiers
from models.ledger.dossiers import Appended
from models.runs import runs
from models.store.engine import Store
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.roles import Right
from tests.appointments import a_champion, a_coordinator, a_mandate, the_secretariat
from tests.builders import a_step, clock_of, days_pass, file, on_file
from tests.casework.sweeps import CN, many, rows, swept


def told(workspace, kind="news"):
    with workspace.reading() as connection:
        query = (
            "SELECT p.name, n.about, n.is_public FROM notice n JOIN person p ON p.id = n.person_id"
            f" WHERE n.kind = '{kind}' AND NOT n.withdrawn ORDER BY p.name"
        )
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def test_a_stage_taken_is_news_to_the_regions_champion_and_coordinator(training):
    a_champion(training, "JPN", "Asia")
    a_coordinator(training, "KOR", "Asia")
    a_champion(training, "NAM", "Africa")
    days_pass(training, "2022-06-22")
    found = swept(training)
    assert told(training) == [
        ("Champion of JPN", "enter_into_force", True),
        ("Coordinator of KOR", "enter_into_force", True),
    ]
    assert found.letters == len(told(training))


def test_who_is_champion_and_coordinator_is_told_once(training):
    person, _ = a_champion(training, "JPN", "Asia", name="One person")
    hold(
        training,
        person,
        a_mandate(training, "coordinator", "JPN", region="Asia"),
        from_=date(2022, 1, 1),
        reader=OPERATOR,
        treaty=None,
    )
    days_pass(training, "2022-06-22")
    swept(training)
    assert told(training) == [("One person", "enter_into_force", True)]


# One bad dossier costs one dossier.


def spoil(workspace, state="KHM"):
    """Append a fact, chained as it should be, that no rule of the pathway can read: a step to a stage there is not."""
    with workspace.registry() as connection:
        record = dossiers.record_of(connection, "att", state)
        facts = dossiers.facts_of(connection, [record])[record.id]
        step = a_step("voice_interest", "2026-07-01", state=state, recorded_at=workspace.stamp())
        (bad,) = on_file(step)
        bad = type(bad)(
            **{**_fields(bad), "id": f"bad{state}", "seq": facts[-1].seq + 1, "data": {**bad.data, "to": "?"}}
        )
        heads = dossiers.append(connection, [Appended(record, [bad], {})])
        connection.exec_driver_sql(
            f"UPDATE dossier SET head_seq = {heads[record.id][0]}, head_hash = '{heads[record.id][1]}',"
            f" next_due_on = '{workspace.today()}' WHERE id = {record.id}"
        )
    return bad.id


def _fields(fact):
    return {name: getattr(fact, name) for name in fact.__dataclass_fields__}


def test_a_bad_dossier_costs_one_dossier_and_is_named(record):
    the_secretariat(record)
    many(record)
    spoil(record)
    found = swept(record)
    assert [failure.state for failure in found.failed] == ["KHM"]
    late = [state for state, row in rows(record).items() if row.next_due_on and row.next_due_on <= record.today()]
    assert late == [], "every other dossier was treated, and the bad one waits for tomorrow"
    assert rows(record)["KHM"].next_due_on == record.today() + timedelta(days=1)
    incidents = [
        f for f in follow_up_list(record, open_only=True, treaty="att", reader=OPERATOR) if f.kind == "incident"
    ]
    assert [f.state for f in incidents] == ["KHM"]
    assert [kind for _, kind, _ in told(record, "task")].count(f"incident {found.failed[0].incident}") == 1


def test_a_bad_dossier_is_tried_again_each_day_and_named_each_day(record):
    the_secretariat(record)
    spoil(record)
    assert len(swept(record).failed) == 1
    assert swept(record).repeated
    clock_of(record).stand_on("2026-07-25")
    assert [failure.state for failure in swept(record).failed] == ["KHM"]


def put_right(record, bad):
    """Annul the fact that no rule can read, behind the record's back as it came."""
    with record.registry() as connection:
        row = dossiers.record_of(connection, "att", "KHM")
        facts = dossiers.facts_of(connection, [row])[row.id]
        void = {
            **_fields(facts[-1]),
            "id": "void",
            "seq": facts[-1].seq + 1,
            "kind": "correction",
            "annuls": (bad,),
            "data": {},
        }
        heads = dossiers.append(connection, [Appended(row, [type(facts[-1])(**void)], {})])
        connection.exec_driver_sql(
            f"UPDATE dossier SET head_seq = {heads[row.id][0]}, head_hash = '{heads[row.id][1]}' WHERE id = {row.id}"
        )


def test_a_bad_dossier_that_was_put_right_is_treated_again_and_its_incident_stays_until_somebody_closes_it(record):
    bad = spoil(record)
    failed = swept(record).failed[0]
    put_right(record, bad)
    clock_of(record).stand_on("2026-07-25")
    assert swept(record).failed == ()
    with record.reading() as connection:
        assert runs.open_incidents(connection) == []
        [still] = open_failures(connection)
    assert (still.state, still.kind, still.about) == ("KHM", "incident", f"incident {failed.incident}")
    close(record, still.follow_up, "done: the fact was annulled", reader=OPERATOR, treaty="att")
    with record.reading() as connection:
        assert open_failures(connection) == ()
    assert verify(record).is_sound


def test_a_dossier_that_fails_every_day_is_one_matter_until_it_is_closed_and_then_another(record):
    spoil(record)
    for day in ("2026-07-24", "2026-07-25", "2026-07-26"):
        clock_of(record).stand_on(day)
        assert len(swept(record).failed) == 1
    with record.reading() as connection:
        [first] = open_failures(connection)
    assert sentence(first.reasons[0]).startswith("Incident 3 (ValueError), in the sweep of 2026-07-26.")
    assert first.last_at - first.at == timedelta(days=2)
    with record.registry() as connection:  # its dossier cannot be opened, so not as a person would
        leave(connection, [first.follow_up], record.today(), "done: looked at", by="person:1")
    clock_of(record).stand_on("2026-07-27")
    swept(record)
    with record.reading() as connection:
        [second] = open_failures(connection)
    assert second.follow_up != first.follow_up
    assert second.at == second.last_at


def test_verify_names_a_bad_dossier_and_looks_at_the_others(record):
    spoil(record)
    found = verify(record)
    assert found.chain == ()
    assert found.replay == ("att/KHM: its facts do not add up (ValueError)",)
    assert found.dossiers == 198


# Only one at a time; who falls silent is taken over, and writes nothing more.


def test_a_run_that_lost_its_lease_writes_nothing_more(record, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 50)
    many(record)

    def taken_over(done, of):
        with record.registry() as connection:
            connection.exec_driver_sql("UPDATE lease SET holder = 'another run'")

    with pytest.raises(LeaseGone, match="taken_over"):
        swept(record, progress=taken_over)
    treated = [row for row in rows(record).values() if row.next_due_on != record.today()]
    assert len(treated) == 50, "the batch before the loss stands, the one after it is undone"
    with record.reading() as connection:
        assert [lease["holder"] for lease in runs.leases(connection)] == ["another run"]


def test_a_lost_lease_is_no_fault_of_the_dossiers_that_are_left(record):
    """After a batch with a bad dossier each is treated by itself; the lease is lost among them."""
    many(record)
    spoil(record)

    def taken_over(_done, _of):
        with record.registry() as connection:
            connection.exec_driver_sql("UPDATE lease SET holder = 'another run'")

    with pytest.raises(LeaseGone, match="taken_over"):
        swept(record, progress=taken_over)
    with record.reading() as connection:
        assert runs.open_incidents(connection) == []


def test_a_run_that_died_is_taken_over_and_noted(record):
    with record.registry() as connection:
        runs.begin_sweep(
            connection, treaty="att", day=record.today(), run="dead", actor="system:sweep", started_at=record.stamp()
        )
    assert unfinished(record) == [("att", record.today())]
    swept(record)
    assert unfinished(record) == []
    with record.reading() as connection:
        assert [(s["run"], s["state"]) for s in runs.sweeps(connection)] == [
            ("sweep of 2026-07-24", "completed"),
            ("dead", "taken over"),
        ]


# A person saves while the sweep runs.


def test_a_persons_save_between_two_batches_is_no_failure(record, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 50)
    many(record)
    saved = []

    def save(done, of):
        if not saved:
            saved.append(file(record, "ZWE", "exchange", "2026-07-24", "note_verbale:7"))

    found = swept(record, progress=save)
    assert (found.failed, len(saved)) == ((), 1)
    assert [f.kind for f in dossier_view(record, "ZWE", treaty="att", reader=OPERATOR).facts][-1] == "exchange"
    assert verify(record).is_sound


def test_a_dossier_in_somebodys_hand_is_waited_for(record, record_url):
    """The person's save is in mid-transaction when the sweep comes by, and nothing else is due."""
    file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification")
    other = Workspace(record.settings, Store(record_url), record.clock)
    found = []
    sweeper = threading.Thread(target=lambda: found.append(swept(other)))
    with record.open_dossier("KHM", treaty="att", right=Right.FILE, reader=OPERATOR) as open_dossier:
        open_dossier.file(
            "exchange", PartialDate.parse("2026-07-24"), source=SourceKind.PRESS, sensitivity=Sensitivity.COORDINATION
        )
        sweeper.start()
        sweeper.join(timeout=0.5)
        assert sweeper.is_alive(), "it waits for the save to end"
    sweeper.join()
    other.close()
    assert (found[0].failed, found[0].advanced) == ((), 1)
    assert [f.kind for f in dossier_view(record, "KHM", treaty="att", reader=OPERATOR).facts][-2:] == [
        "exchange",
        "step",
    ]
    assert verify(record).is_sound
