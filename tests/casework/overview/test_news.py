"""What is new since the last visit: within what the reader may know, by others, and there still when loaded again."""

from datetime import timedelta

import pytest

from casework.follow_ups.actions import close, hand_over, take
from casework.follow_ups.inbox import Show, follow_up_inbox
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.own import Intention, open_own
from casework.follow_ups.reopening import reopen
from casework.operations.sweep import sweep
from casework.overview.news import PAUSE, Change, come, new_follow_ups, news, seen_everything, seen_until
from pathways.grammar.clearance import OPERATOR, Sensitivity
from sources.states import load_register
from tests.builders import clock_of, file
from tests.casework.overview.test_overview import ROLES

HOUR = timedelta(hours=1)


def look(workspace, reader):
    return come(workspace, treaty="att", reader=reader)


def new(workspace, reader, since=None, **said):
    since = since or look(workspace, reader)
    return news(workspace, since, treaty="att", reader=reader, **said)


def told(found):
    """Return what is said, by State."""
    return {(e.change, (e.fact or e.follow_up).state) for e in found.entries}


def moved(workspace, reader):
    """Return the follow-ups that are new to a reader."""
    return {e.follow_up.id for e in new(workspace, reader, most=999).entries if e.follow_up}


def later(workspace, by=HOUR):
    clock_of(workspace).hour += by


def test_nothing_is_new_on_the_first_visit_and_loading_again_moves_nothing(workspace, readers):
    champion = readers["champion"]
    assert seen_until(workspace, treaty="att", reader=champion) is None
    assert look(workspace, champion) is None
    first = workspace.stamp()
    later(workspace, PAUSE - timedelta(seconds=1))
    assert look(workspace, champion) == first
    later(workspace, PAUSE - timedelta(seconds=1))
    last = workspace.stamp()
    assert look(workspace, champion) == first, "the visit goes on as long as somebody looks within half an hour"
    later(workspace, PAUSE)
    assert look(workspace, champion) == last == seen_until(workspace, treaty="att", reader=champion)
    assert look(workspace, champion) == last, "a page that is loaded again shows it still"


def test_everybody_has_a_mark_of_their_own_and_moves_it_by_a_word(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    look(workspace, champion), look(workspace, officer)
    later(workspace)
    file(workspace, "AGO", "signal", "2026-10-30", "press")
    assert (Change.FILED, "AGO") in told(new(workspace, champion))
    seen_everything(workspace, treaty="att", reader=champion)
    assert told(new(workspace, champion)) == set()
    assert (Change.FILED, "AGO") in told(new(workspace, officer))
    assert look(workspace, OPERATOR) is None, "who is no person has no mark"


def test_it_is_what_others_filed_and_the_reader_may_read(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    look(workspace, champion), look(workspace, officer)
    later(workspace)
    file(workspace, "AGO", "signal", "2026-10-30", "note_verbale")  # in confidence
    file(workspace, "KHM", "signal", "2026-10-30", "press")  # of another region
    file(workspace, "BDI", "signal", "2026-10-30", "press")
    mine = follow_up_inbox(workspace, treaty="att", reader=champion, show=Show.MINE).open
    own = next(f for _, f in mine if f.kind == "silence" and f.state not in ("AGO", "BDI"))
    close(workspace, own.id, "done: spoke", reader=champion, treaty="att")  # which files an exchange
    filed = {state for change, state in told(new(workspace, champion)) if change is Change.FILED}
    assert filed == {"BDI"}
    filed = {state for change, state in told(new(workspace, officer)) if change is Change.FILED}
    assert filed == {"AGO", "KHM", "BDI", own.state}


@pytest.mark.parametrize("role", ROLES)
def test_only_follow_ups_within_reach_are_told_and_a_hidden_fact_changes_no_number(workspace, readers, role):
    reader = readers[role]
    look(workspace, reader)
    since = workspace.stamp() - timedelta(days=30)
    known = {f.id for f in follow_up_list(workspace, treaty="att", reader=reader)}
    before = new(workspace, reader, since, most=10_000)
    assert {e.follow_up.id for e in before.entries if e.follow_up} <= known
    later(workspace)
    file(workspace, "AGO", "signal", "2026-10-30", "note_verbale", sensitivity=Sensitivity.PERSONAL)
    after = new(workspace, reader, since, most=10_000)
    if not reader.sees_personal:
        assert (after.entries, after.more) == (before.entries, before.more)


def test_a_reminder_that_came_or_was_answered_by_somebody_else_is_new(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    since = workspace.stamp() - timedelta(days=1)
    opened = {e.follow_up.id for e in new(workspace, champion, since, most=999).entries if e.change is Change.OPENED}
    [first, second, third, *_] = [
        f.id for _, f in follow_up_inbox(workspace, treaty="att", reader=champion, show=Show.MINE).open
    ]
    assert {first, second, third} <= opened
    assert first in new_follow_ups(workspace, since, treaty="att", reader=champion)
    look(workspace, officer), look(workspace, champion)
    later(workspace)
    close(workspace, first, "done: spoke", reader=champion, treaty="att")
    assert {(e.change, e.follow_up.id) for e in new(workspace, officer).entries if e.follow_up} == {
        (Change.ANSWERED, first)
    }
    assert not any(e.follow_up for e in new(workspace, champion).entries), "not what the reader did"


def test_nothing_of_ones_own_doing_is_new_and_all_of_it_is_to_others(workspace, readers, eventful):
    champion, officer = readers["champion"], readers["secretariat"]
    mine = follow_up_inbox(workspace, treaty="att", reader=champion, show=Show.MINE).open
    taken, given, back, *_ = [f.id for _, f in mine if f.kind == "silence"]
    look(workspace, officer), look(workspace, champion)
    later(workspace)
    take(workspace, taken, reader=champion, treaty="att")
    hand_over(workspace, given, eventful[1]["secretariat"], reader=champion, treaty="att")
    close(workspace, back, "not needed: a wrong click", reader=champion, treaty="att")
    reopen(workspace, back, reader=champion, treaty="att")
    meant = Intention(words="Call the mission", on=workspace.today(), state="AGO")
    opened = open_own(workspace, meant, reader=champion, treaty="att").follow_up.id
    assert not {taken, given, back, opened} & moved(workspace, champion)
    assert {taken, given, back, opened} <= moved(workspace, officer)


def test_what_somebody_else_has_done_since_with_ones_own_is_new(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    meant = Intention(words="Call the mission", on=workspace.today(), state="AGO")
    look(workspace, champion)
    later(workspace)
    opened = open_own(workspace, meant, reader=champion, treaty="att").follow_up.id
    later(workspace, timedelta(minutes=1))
    take(workspace, opened, reader=officer, treaty="att")
    assert (Change.PASSED_ON, opened) in {(e.change, e.follow_up.id) for e in new(workspace, champion).entries}


def test_what_the_secretariat_answered_looks_like_what_a_hidden_fact_overtook(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    mine = [f for _, f in follow_up_inbox(workspace, treaty="att", reader=champion, show=Show.MINE).open]
    one, other = [f for f in mine if f.kind == "silence"][:2]
    look(workspace, champion)
    since = workspace.stamp()
    later(workspace, timedelta(days=1))
    take(workspace, one.id, reader=officer, treaty="att")
    close(workspace, one.id, "done: heard", reader=officer, treaty="att")
    file(workspace, other.state, "exchange", str(workspace.today()), "note_verbale")
    seen = {
        e.follow_up.id: (e.change, e.follow_up.outcome) for e in new(workspace, champion, since).entries if e.follow_up
    }
    assert seen[one.id] == seen[other.id] == (Change.CLOSED, "closed by the Secretariat")


def test_the_latest_stand_first_and_what_is_too_much_is_counted(workspace, readers):
    officer = readers["secretariat"]
    look(workspace, officer)
    for state in ("AGO", "BDI", "COM"):
        later(workspace)
        file(workspace, state, "signal", "2026-10-30", "press")
    found = new(workspace, officer, most=2)
    assert [e.fact.state for e in found.entries] == ["COM", "BDI"]
    assert found.more == len(new(workspace, officer, most=999).entries) - 2 >= 1


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", ["Austria", "Botswana", "Brunei Darussalam", "Switzerland"]),
        ("ar", ["بروني دار السلام", "بوتسوانا", "سويسرا", "النمسا"]),
    ],
)
def test_what_one_sweep_brings_stands_by_the_states_names(workspace, readers, language, order):
    """By their codes it were Austria, Brunei, Botswana, Switzerland."""
    officer = readers["secretariat"]
    look(workspace, officer)
    later(workspace)
    for state in ("CHE", "BWA", "BRN", "AUT"):
        file(workspace, state, "signal", "2026-10-30", "press")
    found = new(workspace, officer, language=language, most=4)
    register = load_register()
    assert [register.name_of(e.state, language) for e in found.entries] == order


def test_what_is_passed_on_says_so(workspace, readers):
    look(workspace, readers["secretariat"])
    since = workspace.stamp()
    for days in (1, 16):
        later(workspace, timedelta(days=days))
        sweep(workspace, run=f"after {days}", treaty="att")
    found = new(workspace, readers["secretariat"], since, most=999)
    assert Change.PASSED_ON in {e.change for e in found.entries}
