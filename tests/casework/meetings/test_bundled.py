"""The bundled meetings come on file when a record is opened, and with a later opening those that it lacks, once."""

from dataclasses import replace

import pytest

from casework.meetings import bundled
from casework.meetings.keeping import change_meeting, end_meeting
from casework.meetings.kinds import Ended
from casework.meetings.listing import meeting_list, meeting_view, planned_of
from casework.record.audit import verify
from casework.record.opening import move_clock, open_record
from pathways import pathway
from pathways.grammar.clearance import OPERATOR
from sources.meetings import load_meetings
from tests.builders import a_day, a_workspace


def listed(workspace):
    return [one.meeting for one in meeting_list(workspace, treaty="att", reader=OPERATOR)]


def test_every_bundled_meeting_says_in_words_where_it_is_known_from():
    found = load_meetings("att")
    assert len(found) == len({one.meeting for one in found}) == 13
    for one in found:
        assert len(one.source.split()) > 2, one.meeting
        assert one.meeting == f"{one.kind.replace('_', '-')}-{one.starts}"
    assert [one.meeting for one in found if one.is_unconfirmed] == ["workshop-2023-05-31"]


def test_a_treaty_without_bundled_meetings_has_none():
    assert load_meetings("rivers") == ()


def test_opening_a_record_puts_them_on_file_and_a_second_time_changes_nothing(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, opened=False)
    assert open_record(workspace, treaty="att").meetings == 13
    assert len(listed(workspace)) == 13
    assert open_record(workspace, treaty="att").meetings == 0
    assert verify(workspace).is_sound
    workspace.close()


def test_an_open_record_learns_the_meetings_that_it_lacks_and_keeps_what_was_changed(record, monkeypatch):
    there = planned_of(record, "csp-2023-08-21", treaty="att", reader=OPERATOR)
    change_meeting(record, "csp-2023-08-21", replace(there, place="Bonn"), treaty="att", reader=OPERATOR)
    end_meeting(record, "workshop-2023-05-31", Ended.CANCELLED, treaty="att", reader=OPERATOR)
    newer = (*load_meetings("att"), replace(load_meetings("att")[-1], meeting="csp-2027-08-23"))
    monkeypatch.setattr(bundled, "load_meetings", lambda treaty: newer)
    opened = open_record(record, treaty="att")
    assert (opened.learnt, opened.meetings) == (0, 1)
    assert "csp-2027-08-23" in listed(record)
    assert meeting_view(record, "csp-2023-08-21", treaty="att", reader=OPERATOR).place == "Bonn"
    assert meeting_view(record, "workshop-2023-05-31", treaty="att", reader=OPERATOR).standing == "cancelled"


def test_of_two_who_open_it_at_once_the_second_learns_none(tmp_path, store_url, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(bundled, "load_meetings", lambda treaty: ())
        workspace = a_workspace(tmp_path, store_url)
    registry = workspace.registry

    def while_another_learns(**told):
        monkeypatch.setattr(workspace, "registry", registry)
        assert bundled.learn_meetings(workspace, "att", actor="system:init") == 13
        return registry(**told)

    monkeypatch.setattr(workspace, "registry", while_another_learns)
    assert bundled.learn_meetings(workspace, "att", actor="system:init") == 0
    assert len(listed(workspace)) == 13
    workspace.close()


def test_a_record_that_was_opened_empty_stays_without(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, empty=True)
    assert open_record(workspace, treaty="att").meetings == 0
    assert listed(workspace) == []
    workspace.close()


def test_a_training_record_has_those_of_the_year_ahead_and_learns_more_as_its_clock_moves(training):
    four = ["workshop-2023-05-31", "wgtu-2023-05-10", "wgtu-2023-02-15", "csp-2022-08"]
    assert listed(training) == four
    move_clock(training, a_day("2022-09-01"))
    assert open_record(training, treaty="att").meetings == 1
    assert listed(training)[0] == "csp-2023-08-21"


@pytest.mark.parametrize("one", load_meetings("att"), ids=lambda one: one.meeting)
def test_no_bundled_meeting_would_be_refused_by_hand(record, one):
    there = planned_of(record, one.meeting, treaty="att", reader=OPERATOR)
    assert change_meeting(record, one.meeting, there, treaty="att", reader=OPERATOR).repeated
    assert pathway("att").opened_for_signature <= one.starts.first
