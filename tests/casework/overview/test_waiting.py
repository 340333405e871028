"""What waits for the reader is what the inbox shows as the reader's own to do, and a proposal the Secretariat's."""

from datetime import timedelta

import pytest

from casework.follow_ups.actions import snooze, take
from casework.follow_ups.inbox import Show, follow_up_inbox
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.whose import Part
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.overview.waiting import waiting
from pathways.grammar.clearance import OPERATOR
from tests.builders import clock_of
from tests.casework.overview.conftest import TODAY
from tests.casework.overview.test_overview import ROLES, statements


def counted(workspace, reader):
    return waiting(workspace, treaty="att", reader=reader).follow_ups


def mine(workspace, reader):
    return follow_up_inbox(workspace, treaty="att", reader=reader).counts.get(Show.MINE, 0)


@pytest.mark.parametrize("role", ROLES)
def test_it_is_what_the_inbox_shows_as_the_readers_own(workspace, readers, role):
    assert counted(workspace, readers[role]) == mine(workspace, readers[role])


def test_it_follows_what_is_taken_put_off_and_come_to_its_day(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    [one, other, *_] = [f.id for _, f in follow_up_inbox(workspace, treaty="att", reader=champion, show=Show.MINE).open]
    before = counted(workspace, champion), counted(workspace, officer)
    take(workspace, one, reader=officer, treaty="att")
    assert (counted(workspace, champion), counted(workspace, officer)) == (before[0] - 1, before[1] + 1)
    until = workspace.today() + timedelta(days=1)
    snooze(workspace, other, until=until, reason="elections", reader=champion, treaty="att")
    assert counted(workspace, champion) == before[0] - 2 == mine(workspace, champion)
    assert counted(workspace, OPERATOR) == mine(workspace, OPERATOR)


def test_what_is_the_readers_own_no_longer_counts_where_the_right_is_gone(workspace, readers):
    """Whoever hands a mandate on keeps no number of what hung on it."""
    champion = readers["champion"]
    [one, *_] = [f.id for _, f in follow_up_inbox(workspace, treaty="att", reader=champion, show=Show.MINE).open]
    take(workspace, one, reader=champion, treaty="att")
    gone = type(champion).of(champion.actor, {"champion": ()})
    assert follow_up_list(workspace, treaty="att", open_only=True, reader=gone) == ()
    assert counted(workspace, gone) == 0


def test_what_a_coordinator_is_only_informed_of_does_not_count(workspace, readers):
    """No letter reaches the champion, so that silence goes on to the coordinator the day after."""
    post(workspace, run="without a mail server")
    clock_of(workspace).stand_on(str(TODAY + timedelta(days=1)))
    sweep(workspace, run="the day after", treaty="att")
    coordinator = readers["coordinator"]
    assert Part.FOR_INFORMATION in dict(follow_up_inbox(workspace, treaty="att", reader=coordinator).parts)
    assert counted(workspace, coordinator) == mine(workspace, coordinator)


@pytest.mark.parametrize(("role", "most"), [("champion", 1), ("secretariat", 2)])
def test_it_is_asked_for_in_a_statement_or_two(workspace, readers, role, most):
    asked = statements(workspace, lambda: counted(workspace, readers[role]))
    assert len(asked) == most, asked
