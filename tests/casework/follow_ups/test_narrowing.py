"""The inbox is narrowed to what is the reader's to do now, to what of that is late, and to what rests; counts are true.

Each rung of the silent States has fourteen days of patience.
"""

from datetime import date, timedelta

import pytest

from casework.follow_ups.actions import snooze, take
from casework.follow_ups.inbox import Show, follow_up_inbox
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.whose import Part
from casework.operations.sweep import sweep
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, a_coordinator, eyes, silent_states, the_secretariat
from tests.builders import clock_of, file

TODAY = date(2026, 11, 2)
ROLES = {"champion": a_champion, "coordinator": a_coordinator, "secretariat": the_secretariat}
OWN = {Part.MINE, Part.FOR_MY_ROLE}


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


@pytest.fixture
def readers(workspace):
    """Give a reader for each rung; the champion has put one of the own off, taken another, and all the rest is late."""
    people = {role: appoint(workspace)[0] for role, appoint in ROLES.items()}
    silent = silent_states(workspace)
    champion = eyes(workspace, people["champion"])
    take(workspace, silent["BDI"], reader=champion, treaty="att")
    clock_of(workspace).stand_on(str(TODAY + timedelta(days=15)))
    snooze(
        workspace,
        silent["AGO"],
        until=TODAY + timedelta(days=20),
        reason="elections",
        reader=champion,
        treaty="att",
    )
    return {role: eyes(workspace, person) for role, person in people.items()}


def shown(workspace, reader, show=None, **said):
    """Return every page of what is open."""
    found, page = [], 1
    while True:
        inbox = follow_up_inbox(workspace, treaty="att", reader=reader, show=show, page=page, **said)
        found += inbox.open
        if not inbox.has_more:
            return found
        page += 1


def rests(workspace, found):
    return found.snoozed_until is not None and found.snoozed_until > workspace.today()


def stands_under(workspace, part, found):
    is_mine = part in OWN and not rests(workspace, found)
    return {
        *({Show.MINE} if is_mine else ()),
        *({Show.LATE} if is_mine and found.is_late else ()),
        *({Show.RESTING} if rests(workspace, found) else ()),
    }


@pytest.mark.parametrize("role", ROLES)
def test_each_shows_what_stands_under_it_and_no_more_and_its_count_is_true(workspace, readers, role):
    everything = shown(workspace, readers[role])
    counts = follow_up_inbox(workspace, treaty="att", reader=readers[role]).counts
    for show in Show:
        wanted = [(part, f.id) for part, f in everything if show in stands_under(workspace, part, f)]
        assert [(part, f.id) for part, f in shown(workspace, readers[role], show)] == wanted
        assert counts.get(show, 0) == len(wanted)


def test_a_champion_has_some_of_each_and_what_rests_is_neither_the_champions_to_do_nor_late(workspace, readers):
    inbox = follow_up_inbox(workspace, treaty="att", reader=readers["champion"])
    assert inbox.counts[Show.RESTING] == 1
    assert inbox.counts[Show.LATE] == inbox.counts[Show.MINE] > 1
    assert {f.state for _, f in shown(workspace, readers["champion"], Show.RESTING)} == {"AGO"}
    assert "AGO" not in {f.state for _, f in shown(workspace, readers["champion"], Show.MINE)}


def test_late_is_the_readers_own_lateness(workspace, readers):
    """What a coordinator is only told of, and what waits for others, is late to those alone."""
    inbox = follow_up_inbox(workspace, treaty="att", reader=readers["coordinator"])
    assert any(f.is_late for _, f in shown(workspace, readers["coordinator"]))
    assert inbox.counts.get(Show.LATE, 0) == 0


def test_region_and_person_are_kept_and_what_is_closed_is_left_out(workspace, readers):
    officer = readers["secretariat"]
    inbox = follow_up_inbox(workspace, treaty="att", reader=officer, region="Asia", show=Show.RESTING)
    assert (inbox.open, inbox.counts[Show.RESTING], inbox.show, inbox.closed) == ((), 0, Show.RESTING, ())
    everywhere = follow_up_inbox(workspace, treaty="att", reader=officer, show=Show.RESTING)
    assert len(everywhere.open) == everywhere.counts[Show.RESTING] == 1
    champion = readers["champion"]
    person = int(champion.actor.removeprefix("person:"))
    assert [f.state for _, f in shown(workspace, champion, Show.LATE, person=person)] == ["BDI"]


def test_no_count_tells_of_what_the_reader_may_not_know(workspace, readers):
    """That a State is ready is known to the Secretariat alone, which lets it rest."""
    before = follow_up_inbox(workspace, treaty="att", reader=readers["coordinator"]).counts
    file(workspace, "COM", "contact_named", "2026-10-30", "note_verbale", ministry="Defence")  # in confidence
    with workspace.registry() as connection:
        dossiers.look_again(connection, workspace.today(), treaty="att")
    sweep(workspace, run="morning", treaty="att")
    [ready] = [f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "ready"]
    until = workspace.today() + timedelta(days=3)
    snooze(workspace, ready.id, until=until, reason="a session", reader=OPERATOR, treaty="att")
    assert follow_up_inbox(workspace, treaty="att", reader=readers["secretariat"]).counts[Show.RESTING] == 2
    after = follow_up_inbox(workspace, treaty="att", reader=readers["coordinator"]).counts
    assert {show: after.get(show, 0) for show in Show} == {show: before.get(show, 0) for show in Show}
