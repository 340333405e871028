"""The sample workshop: lines to read and to check, one promise whose day has come, and no word that says it is real."""

from casework.meetings.listing import meeting_view
from casework.meetings.room import room
from desk.demo import sample_meetings
from desk.demo.sample_people import TREATY, fill_offices
from pathways.grammar.clearance import ANYONE, OPERATOR
from tests.builders import a_workspace

MEETING = "workshop-2022-04-26"


def test_it_says_of_itself_that_it_is_a_sample(tmp_path):
    workspace = a_workspace(tmp_path, training="2022-06-21")
    fill_offices(workspace)
    sample_meetings.fill_meetings(workspace)
    seen = room(workspace, MEETING, treaty=TREATY, reader=OPERATOR)
    assert (len(seen.lines), seen.to_check) == (8, 2)
    assert [line.state for line in seen.lines if line.about == "promise"] == ["COM", "GAB"]
    meeting = meeting_view(workspace, MEETING, treaty=TREATY, reader=ANYONE)
    assert "sample" in meeting.title
    assert meeting.source == "Sample: no such workshop was held."
    workspace.close()
