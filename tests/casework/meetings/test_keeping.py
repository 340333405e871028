"""A meeting is put on file by who keeps meetings, with days that can be, and is ended rather than deleted."""

from dataclasses import replace

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.meetings.keeping import NotKept, Planned, add_meeting, as_planned, change_meeting, end_meeting
from casework.meetings.kinds import Ended, MeetingStanding
from casework.meetings.listing import meeting_list, meeting_view, planned_of
from models.meetings import meetings
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.roles import Role
from tests.builders import a_day, clock_of

KEEPERS = [Reader.of("person:7", {role: ()}) for role in (Role.SECRETARIAT, Role.PRESIDENT, Role.CHAIR)]
OTHERS = [
    ANYONE,
    Reader.of("person:8", {Role.COORDINATOR: {"AGO"}}),
    Reader.of("person:8", {Role.CHAMPION: {"AGO"}}),
    Reader.of("person:8", {Role.CONTACT: {"AGO"}}),
]
WORKSHOP = "Workshop for South Asia"


def planned(first="2026-09-10", last=None, **said):
    until = PartialDate.parse(last) if last else None
    return Planned(**{"kind": "workshop", "title": WORKSHOP, "from_": PartialDate.parse(first), "until": until, **said})


def add(workspace, *days, reader=OPERATOR, **said):
    return add_meeting(workspace, planned(*days, **said), treaty="att", reader=reader)


def view(workspace, meeting, reader=OPERATOR):
    return meeting_view(workspace, meeting, treaty="att", reader=reader)


def refused(workspace, *days, **said):
    with pytest.raises(NotKept) as wrong:
        add(workspace, *days, **said)
    return list(zip(wrong.value.codes, wrong.value.fields, strict=True))


def test_a_meeting_is_called_by_its_kind_and_first_day(record):
    assert add(record).meeting == "workshop-2026-09-10"
    assert add(record, kind="treaty_event", title="Signing").meeting == "treaty-event-2026-09-10"
    assert add(record, title="Another workshop").meeting == "workshop-2026-09-10-2"
    assert add(record, "2026-10").meeting == "workshop-2026-10"


def test_the_same_meeting_again_is_the_one_that_is_there(record):
    first, again = add(record), add(record, place="Colombo")
    assert (again.meeting, again.repeated) == (first.meeting, True)
    assert view(record, first.meeting).place == ""


def test_a_meeting_is_closed_unless_somebody_says_that_everybody_hears_it(record):
    assert view(record, add(record).meeting).access == "closed"
    assert view(record, add(record, title="Seen by all", is_webcast=True).meeting).is_webcast


@pytest.mark.parametrize("reader", KEEPERS, ids=lambda reader: str(reader.serving[0][0]))
def test_secretariat_president_and_chair_keep_meetings(record, reader):
    meeting = add(record, reader=reader).meeting
    end_meeting(record, meeting, Ended.CANCELLED, treaty="att", reader=reader)
    assert view(record, meeting).standing is MeetingStanding.CANCELLED


@pytest.mark.parametrize("reader", OTHERS, ids=lambda reader: reader.serving[0][0] if reader.serving else "anyone")
def test_nobody_else_does(record, reader):
    with pytest.raises(NotYours, match="meetings_kept_by"):
        add(record, reader=reader)
    there = planned_of(record, "csp-2026-08-24", treaty="att", reader=reader)
    with pytest.raises(NotYours):
        change_meeting(record, "csp-2026-08-24", replace(there, place="Bonn"), treaty="att", reader=reader)
    with pytest.raises(NotYours):
        end_meeting(record, "csp-2026-08-24", Ended.CANCELLED, treaty="att", reader=reader)


def test_what_cannot_be_is_refused_and_says_where(record):
    assert refused(record, "2026-09-10", "2026-09-09") == [("meeting_ends_before_it_begins", "until")]
    assert refused(record, "2026-09", "2026-08-31") == [("meeting_ends_before_it_begins", "until")]
    assert refused(record, "2026-09-10", "2027-09-10") == [("meeting_too_long", "until")]
    assert refused(record, "2012-09-10") == [("meeting_before_the_treaty", "from")]
    assert refused(record, "2062-09-10") == [("meeting_too_far_ahead", "from")]
    assert refused(record, documents_by=a_day("2026-09-11")) == [("papers_after_the_meeting", "documents_by")]
    assert refused(record, kind="summit") == [("meeting_of_no_such_kind", "kind")]
    assert refused(record, title=" ") == [("name_not_a_line", "title")]
    assert refused(record, title="\u3164") == [("name_shows_blank", "title")]
    assert refused(record, place="x" * 121, source="two\nlines") == [
        ("place_not_a_line", "place"),
        ("source_not_a_line", "source"),
    ]


def test_what_may_end_within_a_month_that_is_known_alone_is_taken(record):
    meeting = add(record, "2026-09-30", "2026-09", documents_by=a_day("2026-09-30")).meeting
    assert (view(record, meeting).from_, view(record, meeting).until) == ("2026-09-30", "2026-09")


def test_a_meeting_is_changed_but_for_its_kind_and_what_it_is_called(record):
    meeting = add(record).meeting
    said = planned("2026-09-11", "2026-09-12", kind="csp", place="Colombo", is_webcast=True)
    assert not change_meeting(record, meeting, said, treaty="att", reader=OPERATOR).repeated
    assert change_meeting(record, meeting, said, treaty="att", reader=OPERATOR).repeated
    found = view(record, meeting)
    assert (found.meeting, found.kind, found.from_, found.until) == (meeting, "workshop", "2026-09-11", "2026-09-12")
    assert (found.place, found.access) == ("Colombo", "webcast")
    with pytest.raises(NotKept, match="meeting_ends_before_it_begins"):
        change_meeting(record, meeting, planned("2026-09-11", "2026-09-10"), treaty="att", reader=OPERATOR)


def test_a_meeting_was_held_once_it_has_begun_and_is_confirmed_by_that(record):
    meeting = add(record, is_unconfirmed=True).meeting
    with pytest.raises(NotKept, match="meeting_is_yet_to_come"):
        end_meeting(record, meeting, Ended.HELD, treaty="att", reader=OPERATOR)
    clock_of(record).stand_on("2026-09-10")
    assert not view(record, meeting).confirmed
    assert not end_meeting(record, meeting, Ended.HELD, treaty="att", reader=OPERATOR).repeated
    assert end_meeting(record, meeting, Ended.HELD, treaty="att", reader=OPERATOR).repeated
    found = view(record, meeting)
    assert (found.standing, found.confirmed) == (MeetingStanding.WAS_HELD, True)


def test_how_a_meeting_stands_goes_by_the_day(record):
    meeting = add(record, "2026-09-10", "2026-09-11").meeting
    seen = []
    for day in ("2026-09-09", "2026-09-10", "2026-09-11", "2026-09-12"):
        clock_of(record).stand_on(day, at=clock_of(record).hour.time())
        seen.append(view(record, meeting).standing)
    over = MeetingStanding.OVER
    assert seen == [MeetingStanding.COMING, MeetingStanding.UNDER_WAY, MeetingStanding.UNDER_WAY, over]


def test_a_year_lists_what_lies_in_it_the_latest_first(record):
    add(record, "2024-12-31", "2025-01-02", title="Over the new year")
    listed = [one.meeting for one in meeting_list(record, treaty="att", reader=OPERATOR, year=2025)]
    assert listed == ["csp-2025-08-25", "preparatory-2025-05-20", "workshop-2024-12-31"]
    assert len(meeting_list(record, treaty="att", reader=OPERATOR)) == 14


def test_a_bilateral_meeting_is_known_to_who_reads_of_every_state(record):
    meeting = add(record, kind="bilateral", title="With the mission of Comoros").meeting
    for reader in KEEPERS:
        assert view(record, meeting, reader).kind == "bilateral"
    for reader in OTHERS:
        with pytest.raises(NotOnFile, match="no_such_meeting"):
            view(record, meeting, reader)
        assert meeting not in {one.meeting for one in meeting_list(record, treaty="att", reader=reader)}


def test_who_changed_what_stands_in_the_journal(record):
    meeting = add(record).meeting
    change_meeting(record, meeting, planned(place="Colombo"), treaty="att", reader=KEEPERS[1])
    with record.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT actor, what, detail FROM audit WHERE what IN ('meeting added', 'meeting changed') ORDER BY id"
        ).all()
    assert [tuple(row) for row in rows] == [
        ("operator", "meeting added", '{"kind":"workshop"}'),
        ("person:7", "meeting changed", '{"columns":["place"]}'),
    ]


def test_a_meeting_told_again_as_it_is_on_file_changes_nothing(record):
    there = planned_of(record, "csp-2022-08", treaty="att", reader=OPERATOR)
    assert str(there.from_) == "2022-08"
    assert change_meeting(record, "csp-2022-08", there, treaty="att", reader=OPERATOR).repeated


def test_what_is_on_file_is_told_again_in_whole(record):
    with record.reading() as connection:
        found = meetings.one(connection, "att", "csp-2023-08-21")
    assert as_planned(found).columns()["papers_due_on"] == a_day("2023-07-21")
