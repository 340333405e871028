"""How the end of a follow-up looks to others, however the mandate of whoever closed it went on."""

from casework.follow_ups.actions import close
from casework.follow_ups.closings import BY_THE_SECRETARIAT
from casework.follow_ups.listing import follow_up_view
from casework.people.ending_holds import end_hold
from pathways.grammar.clearance import OPERATOR
from tests.appointments import SILENT_ON, a_champion, eyes, silent_states, the_secretariat


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
