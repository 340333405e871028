"""How the end of a follow-up looks to others, however the mandate of whoever closed it went on."""

import pytest

from casework.follow_ups.actions import close
from casework.follow_ups.closings import BY_THE_SECRETARIAT, Closings, Doing, stays_closed
from casework.follow_ups.listing import follow_up_view
from casework.people.ending_holds import end_hold
from models.follow_ups.lifecycle import BY_TIME, overtaken
from pathways.grammar.clearance import OPERATOR
from tests.appointments import SILENT_ON, a_champion, eyes, silent_states, the_secretariat
from tests.casework.overview.case_material import READERS, TODAY, a_follow_up


def test_what_an_officer_closed_stays_the_secretariats_when_the_officer_leaves_that_day(silent_record):
    workspace = silent_record
    the_secretariat(workspace, "Another officer")
    officer, mandate = the_secretariat(workspace)
    champion, _ = a_champion(workspace)
    angola = silent_states(workspace)["AGO"]
    close(workspace, angola, "not needed: told us in confidence", reader=eyes(workspace, officer), treaty=None)
    for day in (None, SILENT_ON):
        if day:
            end_hold(workspace, officer, mandate, on=day, reader=OPERATOR, treaty="att")
        seen = follow_up_view(workspace, angola, treaty="att", reader=eyes(workspace, champion))
        assert (seen.outcome, seen.closed_by) == (BY_THE_SECRETARIAT, None)


KNOWN, HIDDEN = "a" * 32, "b" * 32


@pytest.mark.parametrize(
    ("by", "reader", "is_public", "is_told"),
    [
        (KNOWN, "champion", False, True),
        (HIDDEN, "champion", False, False),
        (HIDDEN, "champion", True, False),
        (BY_TIME, "champion", False, False),
        (BY_TIME, "champion", True, True),
        (BY_TIME, "secretariat", False, True),
    ],
)
def test_what_ended_it_is_told_to_who_may_know_and_to_others_it_reads_as_the_secretariats(
    by, reader, is_public, is_told
):
    found, _ = a_follow_up(closed_on=TODAY, closed_by="system:sweep", outcome=overtaken(by), is_public=is_public)
    seen = Closings(reader=READERS[reader], readable=frozenset({KNOWN}), terms=()).shown(found)
    assert seen == (found if is_told else found._replace(outcome=BY_THE_SECRETARIAT, closed_by=None))


@pytest.mark.parametrize(
    ("occasion", "about", "by", "became"),
    [
        ("ready", "start_drafting", ("step", "start_drafting"), "step taken"),
        ("ready", "start_drafting", ("step", "prepare_instrument"), None),
        ("ready", "start_drafting", ("paused", ""), None),
        ("silence", "interest", ("exchange", ""), "heard from"),
        ("silence", "interest", ("step", "start_drafting"), None),
        ("date_near", "initial report", ("exchange", ""), None),
    ],
)
def test_doing_what_is_asked_is_told_from_being_overtaken_and_to_nobody_who_may_not_read_it(
    occasion, about, by, became
):
    found, _ = a_follow_up(occasion, about, closed_on=TODAY, closed_by="system:sweep", outcome=overtaken(KNOWN))
    knows = Closings(reader=READERS["champion"], facts={KNOWN: Doing(*by)}, readable=frozenset({KNOWN}), terms=())
    assert knows.became(knows.shown(found)) == became
    other = Closings(reader=READERS["champion"], readable=frozenset(), terms=())
    assert other.became(other.shown(found)) is None
    for words in ("done: the step was taken", "overtaken by the passing of time", BY_THE_SECRETARIAT, None):
        assert knows.became(found._replace(outcome=words)) is None


@pytest.mark.parametrize(
    ("reader", "comes_again"), [("champion", {"by a known fact"}), ("secretariat", {"by a known fact", "by time"})]
)
def test_an_occasion_comes_again_to_who_knows_what_had_overtaken_it(reader, comes_again):
    ended = {
        "by a known fact": overtaken(KNOWN),
        "by a hidden fact": overtaken(HIDDEN),
        "by time": overtaken(BY_TIME),
        "by somebody": "done: spoke with the mission",
    }
    assert ended.keys() - stays_closed(ended, frozenset({KNOWN}), READERS[reader]) == comes_again
