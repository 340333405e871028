"""A silence that was closed is asked anew, a whole period later, whatever closed it.

Angola was heard from in confidence, Burundi's reminder was closed by hand, on one day: from then on whoever may not
read what Angola said sees the same of both, day by day, and can reckon from neither when anybody was heard from.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.follow_ups.actions import close
from casework.follow_ups.closings import BY_THE_SECRETARIAT
from casework.follow_ups.inbox import follow_up_inbox
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.page import follow_up_page
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.overview.agenda import agenda_view
from casework.overview.cases import cases
from casework.overview.state_page import state_page
from casework.record.audit import verify
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import SILENT_ON, a_champion, a_coordinator, eyes, silent_states, told
from tests.builders import clock_of, file, name_of, step

D = SILENT_ON
HIDDEN, BY_HAND = "AGO", "BDI"
PERIOD = timedelta(days=90)  # of the stage at which both are
OPENED_ON = date(2026, 7, 24)
HEARD = D - timedelta(days=12)
ANEW = D + PERIOD
DAYS = (D, HEARD + PERIOD, ANEW - timedelta(days=1), ANEW, ANEW + timedelta(days=15))


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


@pytest.fixture
def readers(workspace):
    return {"champion": a_champion(workspace)[0], "coordinator": a_coordinator(workspace, "ZAF")[0]}


def goes_by(workspace, day):
    clock_of(workspace).stand_on(str(day))
    sweep(workspace, run=f"sweep of {day}", treaty="att")
    post(workspace, run=f"post of {day}")


def not_needed(workspace, follow_up, reader=OPERATOR):
    close(workspace, follow_up, "not needed: told at the reception", reader=reader, treaty=None)


def silences(workspace, state=BY_HAND, reader=OPERATOR):
    """Return the follow-ups of a State's silence, in the order in which they were opened."""
    listed = follow_up_list(workspace, treaty="att", reader=reader)
    return sorted((f for f in listed if (f.state, f.kind) == (state, "silence")), key=lambda f: f.id)


def seen(workspace, person):
    """Return all that somebody sees of the two States and their reminders, but for names and numbers, by State."""
    asked = {"treaty": "att", "reader": eyes(workspace, person)}
    inbox, states = follow_up_inbox(workspace, **asked), cases(workspace, **asked).states
    looks = [None, *(day for day in DAYS if day < workspace.today() == DAYS[-1])]
    agendas = [agenda_view(workspace, on=day, **asked).items for day in looks]
    found = {}
    for state in (HIDDEN, BY_HAND):
        mine = silences(workspace, state, asked["reader"])
        pages = [state_page(workspace, state, on=day, in_full=True, **asked) for day in looks]
        entries = [entry for month in pages[0].timeline.months for entry in month.entries if entry.follow_up]
        said = {
            "list": mine,
            "inbox": [(part, f) for part, f in inbox.open if f.state == state],
            "closed in the inbox": [f for f in inbox.closed if f.state == state],
            "page of each": [replace(follow_up_page(workspace, f.id, **asked), follow_up=None) for f in mine],
            "agenda": [[matter for matter in there if matter.state == state] for there in agendas],
            "overview": [(case.matters, case.owner, case.next_on) for case in states if case.state == state],
            "ahead": [page.ahead for page in pages],
            "timeline": [(entry.strand, entry.event, entry.on, entry.follow_up) for entry in entries],
            "letters": [kind for f in mine for who, kind in told(workspace, f.id) if who == person],
        }
        found[state] = {where: alike(str(what), state, [f.id for f in mine]) for where, what in said.items()}
    return found


def alike(said, state, numbers):
    """Return what is said without the State's code and name, and the numbers of its follow-ups."""
    said = said.replace(state, "STATE").replace(name_of(state), "Name")
    for place, number in enumerate(numbers):
        said = said.replace(f"id={number},", f"id={place},").replace(f"follow_up={number},", f"follow_up={place},")
        said = said.replace(f"/follow-ups/{number}'", f"/follow-ups/{place}'")
    return said


def test_what_was_told_in_confidence_and_what_was_closed_by_hand_look_alike_day_by_day(workspace, readers):
    ids = silent_states(workspace)
    post(workspace, run="first post")
    file(workspace, HIDDEN, "exchange", str(HEARD), "note_verbale")
    not_needed(workspace, ids[BY_HAND])
    for day in DAYS:
        goes_by(workspace, day)
        for part, person in readers.items():
            looks = seen(workspace, person)
            differ = [where for where, said in looks[HIDDEN].items() if said != looks[BY_HAND][where]]
            assert differ == [], (day, part, [looks[state][where] for where in differ for state in looks])
    champion = eyes(workspace, readers["champion"])
    assert [(f.opened_on, f.outcome) for f in silences(workspace, HIDDEN, champion)] == [
        (D, BY_THE_SECRETARIAT),
        (ANEW, None),
    ]
    then = agenda_view(workspace, treaty="att", on=HEARD + PERIOD, reader=champion).items
    assert {HIDDEN, BY_HAND}.isdisjoint(matter.state for matter in then), "nothing was asked of them on that day"


def test_a_silence_that_was_closed_as_not_needed_is_asked_anew_a_period_later_and_again(workspace, readers):
    not_needed(workspace, silent_states(workspace)[BY_HAND])
    again = ANEW + timedelta(days=3)
    for day, opened in ((ANEW - timedelta(days=1), [D]), (ANEW, [D, ANEW]), (again, [D, ANEW])):
        goes_by(workspace, day)
        assert [f.opened_on for f in silences(workspace)] == opened
    first, second = silences(workspace)
    assert (second.closed_on, second.due_on) == (None, ANEW + timedelta(days=14))
    assert second.silent_since == OPENED_ON
    assert first.closed_on == D
    assert told(workspace, second.id) == [(readers["champion"], "chase")]
    not_needed(workspace, second.id, eyes(workspace, readers["champion"]))
    for day, opened in ((again + PERIOD - timedelta(days=1), 2), (again + PERIOD, 3)):
        goes_by(workspace, day)
        assert len(silences(workspace)) == opened
    assert verify(workspace).is_sound


def test_the_sweep_looks_on_that_day_and_not_before(workspace):
    def next_due():
        with workspace.reading() as connection:
            return dossiers.record_of(connection, "att", BY_HAND).next_due_on

    ids = silent_states(workspace)
    assert next_due() is None
    not_needed(workspace, ids[BY_HAND])
    assert next_due() == ANEW
    goes_by(workspace, ANEW)
    assert next_due() is None


def test_who_was_heard_from_openly_is_asked_after_by_that_day(workspace):
    silent_states(workspace)
    file(workspace, BY_HAND, "exchange", str(HEARD), "assessment", sensitivity=Sensitivity.COORDINATION)
    for day, opened in ((HEARD + PERIOD - timedelta(days=1), 1), (HEARD + PERIOD, 2)):
        goes_by(workspace, day)
        assert len(silences(workspace)) == opened


def test_what_was_closed_at_one_stage_puts_nothing_off_at_another(workspace):
    entered = D - timedelta(days=80)
    not_needed(workspace, silent_states(workspace)[BY_HAND])
    file(workspace, BY_HAND, "contact_named", str(entered), "press", ministry="Defence")
    step(workspace, BY_HAND, "start_drafting", str(entered))
    for day, opened in ((entered + timedelta(days=179), 1), (entered + timedelta(days=180), 2)):
        goes_by(workspace, day)
        assert len(silences(workspace)) == opened
