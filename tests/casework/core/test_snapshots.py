"""Snapshots kept in memory are what a plain projection says, for the reader who asks and nobody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from casework.core.snapshots import Snapshots
from models.ledger import dossiers
from pathways.grammar.agenda import agenda
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.projection import project
from pathways.grammar.roles import Reach, Role
from pathways.grammar.stages import Stage, Standing
from tests.builders import ATT, STATE, a_day, clock_of, file, step
from tests.statements import questions

CHAMPION = Reader.of("person:9", {Role.CHAMPION: {STATE}})
NAMED = Reader.of("person:8", {Role.CHAMPION: {STATE}})
CONTACT = Reader.of("person:7", {Role.CONTACT: {STATE}})
READERS = (OPERATOR, CHAMPION, CONTACT, ANYONE)


@pytest.fixture
def workspace(record):
    return record


def snapshots(workspace, reader):
    with workspace.reading() as connection:
        placed = workspace.snapshots.of(connection, ATT, reader, workspace.today())
    return {snapshot.state: snapshot for _, _, snapshot in placed}


def statements(workspace, reader):
    """Return what a look at every State asks the database."""
    asked = []
    note = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(workspace.store.engine, "before_cursor_execute", note)
    snapshots(workspace, reader)
    event.remove(workspace.store.engine, "before_cursor_execute", note)
    return questions(asked)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.actor)
def test_a_snapshot_is_what_the_readers_facts_add_up_to(workspace, reader):
    file(workspace, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    with workspace.reading() as connection:
        facts = {r.state: dossiers.facts_of(connection, [r])[r.id] for r in dossiers.records(connection, "att")}
    for state, snapshot in snapshots(workspace, reader).items():
        dossier = project(ATT, state, facts[state], on=workspace.today(), reader=reader)
        knows = reader is OPERATOR or state in reader.served(Reach.SCOPE)
        assert snapshot.stage == (dossier.stage if knows else None)
        assert snapshot.legal_status == dossier.legal.status
        if knows:
            assert snapshot.items == agenda(ATT, dossier).items


def test_what_is_filed_is_seen_at_the_next_look_and_its_dossier_alone_is_read_again(workspace):
    assert snapshots(workspace, OPERATOR)[STATE].stage is Stage.INTEREST
    assert len(statements(workspace, OPERATOR)) == 1
    file(workspace, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    step(workspace, STATE, "start_drafting", "2026-07-02")
    asked = statements(workspace, OPERATOR)
    assert len(asked) == 2  # where every dossier stands, and the facts of those that moved
    assert snapshots(workspace, OPERATOR)[STATE].stage is Stage.LEGISLATION


def test_what_one_reader_may_know_is_not_shown_to_another(workspace):
    """What a champion heard in confidence stays the champion's, whoever looked first."""
    file(workspace, STATE, "paused", "2026-07-02", "note_verbale", review_on="2027-01-01")
    assert snapshots(workspace, OPERATOR)[STATE].standing is Standing.PAUSED
    for reader in (CHAMPION, NAMED, ANYONE):
        assert snapshots(workspace, reader)[STATE].standing is Standing.OPEN
    assert snapshots(workspace, CONTACT)[STATE].standing is Standing.PAUSED  # its own word
    assert snapshots(workspace, CONTACT)[STATE].stage is None


def test_a_mandate_that_changes_changes_the_picture(workspace):
    assert snapshots(workspace, CHAMPION)["BRA"].stage is None
    wider = Reader.of("person:9", {Role.CHAMPION: {STATE, "BRA"}})
    assert snapshots(workspace, wider)["BRA"].stage is not None
    assert snapshots(workspace, CHAMPION)["BRA"].stage is None


def test_a_new_day_is_looked_at_anew(workspace):
    assert not any(item.occasion == "silence" for item in snapshots(workspace, OPERATOR)[STATE].items)
    clock_of(workspace).stand_on("2026-11-02")
    assert any(item.occasion == "silence" for item in snapshots(workspace, OPERATOR)[STATE].items)
    clock_of(workspace).stand_on("2026-07-24")
    assert not any(item.occasion == "silence" for item in snapshots(workspace, OPERATOR)[STATE].items)


def test_only_so_many_readers_are_kept(workspace):
    workspace.snapshots = Snapshots(most=2, most_facts=0)
    for reader in READERS:
        snapshots(workspace, reader)
    assert len(workspace.snapshots) == 2
    assert len(statements(workspace, ANYONE)) == 1
    assert len(statements(workspace, OPERATOR)) == 2


def test_what_one_readers_picture_was_made_from_is_not_read_again_for_the_next(workspace):
    snapshots(workspace, OPERATOR)
    assert [len(statements(workspace, reader)) for reader in READERS] == [1] * len(READERS)


def test_only_so_many_facts_are_kept_of_who_was_asked_for_last(workspace):
    workspace.snapshots = Snapshots(most_facts=40)
    snapshots(workspace, OPERATOR)
    with workspace.reading() as connection:
        last = dossiers.records(connection, "att")[-1]
    kept = workspace.snapshots._facts
    assert 0 < kept._count == sum(len(facts) for _, facts in kept._kept.values()) <= 40
    assert last.id in kept._kept


def test_who_looks_from_an_earlier_moment_leaves_nothing_old_to_others(workspace):
    with workspace.reading() as early:
        workspace.snapshots.of(early, ATT, OPERATOR, a_day("2026-07-24"))
        file(workspace, STATE, "paused", "2026-07-02", "note_verbale", review_on="2027-01-01")
        assert snapshots(workspace, OPERATOR)[STATE].standing is Standing.PAUSED
        seen = {p.state: p for _, _, p in workspace.snapshots.of(early, ATT, OPERATOR, a_day("2026-07-24"))}
        assert seen[STATE].standing is Standing.OPEN
    assert snapshots(workspace, OPERATOR)[STATE].standing is Standing.PAUSED


def test_many_who_look_while_somebody_files_see_what_is_on_file_in_the_end(workspace):
    def look(reader):
        return [snapshots(workspace, reader)[STATE].standing for _ in range(5)]

    with ThreadPoolExecutor(6) as elsewhere:
        looking = [elsewhere.submit(look, reader) for reader in (OPERATOR, CONTACT, ANYONE) * 2]
        file(workspace, STATE, "paused", "2026-07-02", "note_verbale", review_on="2027-01-01")
    seen = [one.result() for one in looking]
    assert all(standings == sorted(standings, key=[Standing.OPEN, Standing.PAUSED].index) for standings in seen)
    assert snapshots(workspace, OPERATOR)[STATE].standing is Standing.PAUSED
    assert snapshots(workspace, CONTACT)[STATE].standing is Standing.PAUSED
    assert {standing for one in (seen[2], seen[5]) for standing in one} == {Standing.OPEN}
