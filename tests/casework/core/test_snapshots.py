"""The gallery: portraits kept in memory are what a plain projection says, for the reader who asks and nobody else."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from casework.core.snapshots import Gallery
from models.ledger import dossiers
from pathways.grammar.agenda import agenda
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader, Role
from pathways.grammar.projection import project
from pathways.grammar.stages import Stage, Standing
from tests.builders import ATT, STATE, a_day, clock_of, file, step

CHAMPION = Reader(actor="person:9", roles=frozenset({Role.CHAMPION}), scope=frozenset({STATE}))
NAMED = Reader(actor="person:8", roles=frozenset({Role.CHAMPION}), scope=frozenset({STATE}))
CONTACT = Reader(actor="person:7", roles=frozenset({Role.CONTACT}), own=frozenset({STATE}))
READERS = (OPERATOR, CHAMPION, CONTACT, ANYONE)


@pytest.fixture
def office(record):
    return record


def portraits(office, reader):
    with office.reading() as connection:
        hung = office.gallery.of(connection, ATT, reader, office.today())
    return {portrait.state: portrait for _, _, portrait in hung}


def statements(office, reader):
    """Return what a look at every State asks the database."""
    asked = []
    note = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(office.store.engine, "before_cursor_execute", note)
    portraits(office, reader)
    event.remove(office.store.engine, "before_cursor_execute", note)
    return [said for said in asked if said.startswith("SELECT")]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.actor)
def test_a_portrait_is_what_the_readers_facts_add_up_to(office, reader):
    file(office, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    with office.reading() as connection:
        facts = {r.state: dossiers.facts_of(connection, [r])[r.id] for r in dossiers.records(connection, "att")}
    for state, portrait in portraits(office, reader).items():
        dossier = project(ATT, state, facts[state], on=office.today(), reader=reader)
        knows = reader is OPERATOR or state in reader.scope
        assert portrait.stage == (dossier.stage if knows else None)
        assert portrait.legal_status == dossier.legal.status
        if knows:
            assert portrait.items == agenda(ATT, dossier).items


def test_what_is_filed_is_seen_at_the_next_look_and_its_dossier_alone_is_read_again(office):
    assert portraits(office, OPERATOR)[STATE].stage is Stage.INTEREST
    assert len(statements(office, OPERATOR)) == 1
    file(office, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    step(office, STATE, "start_drafting", "2026-07-02")
    asked = statements(office, OPERATOR)
    assert len(asked) == 2  # where every dossier stands, and the facts of those that moved
    assert portraits(office, OPERATOR)[STATE].stage is Stage.LEGISLATION


def test_what_one_reader_may_know_is_not_shown_to_another(office):
    """What a champion heard in confidence stays the champion's, whoever looked first."""
    file(office, STATE, "paused", "2026-07-02", "note_verbale", review_on="2027-01-01")
    assert portraits(office, OPERATOR)[STATE].standing is Standing.PAUSED
    for reader in (CHAMPION, NAMED, ANYONE):
        assert portraits(office, reader)[STATE].standing is Standing.OPEN
    assert portraits(office, CONTACT)[STATE].standing is Standing.PAUSED  # its own word
    assert portraits(office, CONTACT)[STATE].stage is None


def test_a_mandate_that_changes_changes_the_picture(office):
    assert portraits(office, CHAMPION)["BRA"].stage is None
    wider = Reader(actor="person:9", roles=CHAMPION.roles, scope=frozenset({STATE, "BRA"}))
    assert portraits(office, wider)["BRA"].stage is not None
    assert portraits(office, CHAMPION)["BRA"].stage is None


def test_a_new_day_is_looked_at_anew(office):
    assert not any(item.occasion == "silence" for item in portraits(office, OPERATOR)[STATE].items)
    clock_of(office).stand_on("2026-11-02")
    assert any(item.occasion == "silence" for item in portraits(office, OPERATOR)[STATE].items)
    clock_of(office).stand_on("2026-07-24")
    assert not any(item.occasion == "silence" for item in portraits(office, OPERATOR)[STATE].items)


def test_only_so_many_readers_are_kept(office):
    office.gallery = Gallery(most=2)
    for reader in READERS:
        portraits(office, reader)
    assert len(office.gallery) == 2
    assert len(statements(office, ANYONE)) == 1
    assert len(statements(office, OPERATOR)) == 2


def test_who_looks_from_an_earlier_moment_leaves_nothing_old_to_others(office):
    with office.reading() as early:
        office.gallery.of(early, ATT, OPERATOR, a_day("2026-07-24"))
        file(office, STATE, "paused", "2026-07-02", "note_verbale", review_on="2027-01-01")
        assert portraits(office, OPERATOR)[STATE].standing is Standing.PAUSED
        seen = {p.state: p for _, _, p in office.gallery.of(early, ATT, OPERATOR, a_day("2026-07-24"))}
        assert seen[STATE].standing is Standing.OPEN
    assert portraits(office, OPERATOR)[STATE].standing is Standing.PAUSED


def test_many_who_look_while_somebody_files_see_what_is_on_file_in_the_end(office):
    def look(reader):
        return [portraits(office, reader)[STATE].standing for _ in range(5)]

    with ThreadPoolExecutor(6) as elsewhere:
        looking = [elsewhere.submit(look, reader) for reader in (OPERATOR, CONTACT, ANYONE) * 2]
        file(office, STATE, "paused", "2026-07-02", "note_verbale", review_on="2027-01-01")
    seen = [one.result() for one in looking]
    assert all(standings == sorted(standings, key=[Standing.OPEN, Standing.PAUSED].index) for standings in seen)
    assert portraits(office, OPERATOR)[STATE].standing is Standing.PAUSED
    assert portraits(office, CONTACT)[STATE].standing is Standing.PAUSED
    assert {standing for one in (seen[2], seen[5]) for standing in one} == {Standing.OPEN}
