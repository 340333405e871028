"""What is said at a meeting is taken down once, by who keeps meetings, and is refused where it cannot have been so."""

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.meetings.keeping import Planned, add_meeting, end_meeting
from casework.meetings.kinds import Ended
from casework.meetings.taking_down import NotADraft, strike_out
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from tests.builders import clock_of
from tests.casework.meetings.meeting_days import (
    CHAIR,
    CHAMPION,
    CLOSED,
    CONTACT,
    ELSEWHERE,
    OF_A_WEEK,
    PRESIDENT,
    WEBCAST,
    check,
    faults,
    lines,
    take,
)


def test_a_line_is_taken_down_with_who_what_and_when(record):
    take(record, "com", "promise", "Will ratify.", condition="conditions are met", by="2023-12")
    [line] = lines(record)
    assert (line.state, line.speaker, line.about, line.words) == ("COM", "Comoros", "promise", "Will ratify.")
    assert (line.condition, line.by, line.on) == ("conditions are met", "2023-12", "2023-02-15")
    assert (line.sensitivity, line.standing, line.fact) == ("public", "draft", None)


def test_the_same_line_sent_twice_is_one_and_another_one_under_its_key_is_another(record):
    first = take(record, "com", sent="k")
    again = take(record, "com", sent="k", reader=CHAIR)
    other = take(record, "com", words="Will ratify soon.", sent="k")
    assert (first.repeated, again.repeated, again.draft) == (False, True, first.draft)
    assert (other.repeated, len(lines(record))) == (False, 2)


def test_it_stays_one_also_when_it_was_checked_or_struck_out_meanwhile(record):
    take(record, "com", sent="k")
    check(record)
    assert take(record, "com", sent="k").repeated
    assert len(lines(record)) == 1


@pytest.mark.parametrize("reader", [CHAIR, PRESIDENT])
def test_chair_and_president_take_down(record, reader):
    assert take(record, reader=reader).draft


@pytest.mark.parametrize("reader", [CHAMPION, ELSEWHERE, CONTACT])
def test_nobody_else_takes_down_or_sees_a_draft(record, reader):
    take(record)
    with pytest.raises(NotYours):
        take(record, reader=reader)
    with pytest.raises(NotYours):
        strike_out(record, WEBCAST, 1, treaty="att", reader=reader)
    assert lines(record, reader=reader) == ()


@pytest.mark.parametrize(
    ("typed", "state", "speaker"),
    [
        ("COM", "COM", "Comoros"),
        ("the gambia", "GMB", "Gambia"),
        ("République de Corée", "KOR", "Republic of Korea"),
        ("جزر القمر", "COM", "Comoros"),
        ("Several delegations", None, "Several delegations"),
        ("most speakers", None, "most speakers"),
        ("Secretariat", None, "Secretariat"),
        ("Civil society", None, "Civil society"),
        ("European Union", None, "European Union"),
        ("* Control Arms", None, "Control Arms"),
    ],
)
def test_a_speaker_is_a_state_by_any_name_or_somebody_else(record, typed, state, speaker):
    take(record, typed, "position", "Supports it.")
    [line] = lines(record)
    assert (line.state, line.speaker) == (state, speaker)


def test_an_organization_that_has_spoken_once_needs_no_asterisk_again(record):
    assert faults(record, "Control Arms", "outreach") == [("speaker_is_no_state", "speaker")]
    take(record, "*Control Arms", "outreach")
    take(record, "control arms", "outreach", "Held a workshop.", meeting=CLOSED, on="2024-05-16")
    assert lines(record, CLOSED)[0].speaker == "Control Arms"


def test_what_cannot_be_is_refused_all_of_it_at_once(record):
    assert faults(record, "Gondwana", "gossip", " ", on="2023-02-14", by="2022") == [
        ("words_wanted", "words"),
        ("by_a_day_or_a_month", "by"),
        ("speaker_is_no_state", "speaker"),
        ("say_what_it_was_about", "kind"),
        ("said_before_the_meeting", "on"),
        ("by_before_it_was_said", "by"),
    ]


def test_a_promise_is_a_states_own(record):
    assert faults(record, "Several delegations", "promise") == [("promise_of_no_state", "speaker")]
    assert faults(record, "European Union", "promise") == [("promise_of_no_state", "speaker")]


def test_a_statement_is_of_its_meetings_days(record):
    assert faults(record, on="2023-02-16") == [("said_after_the_meeting", "on")]
    assert faults(record, on="2023-02") == []
    assert faults(record, meeting=OF_A_WEEK) == [("say_which_day_of_the_meeting", "on")]
    assert faults(record, meeting=OF_A_WEEK, on="2023-08-25") == []
    assert faults(record, meeting="csp-2022-08") == []
    assert lines(record, "csp-2022-08")[0].on == "2022-08"


def test_during_a_meeting_of_several_days_it_is_said_today(record):
    clock_of(record).stand_on("2026-08-26")
    take(record, meeting="csp-2026-08-24")
    assert lines(record, "csp-2026-08-24")[0].on == "2026-08-26"
    assert faults(record, meeting="csp-2026-08-24", on="2026-08-28") == [("nothing_said_yet", "on")]


def test_nothing_is_said_at_a_meeting_to_come_nor_at_one_that_does_not_take_place(record):
    assert faults(record, meeting="csp-2026-08-24", on="2026-08-24")[0][0] == "nothing_said_yet"
    end_meeting(record, CLOSED, Ended.CANCELLED, treaty="att", reader=OPERATOR)
    assert faults(record, meeting=CLOSED, on="2024-05-16") == [("nothing_said_at_a_cancelled_meeting", "")]


def test_a_line_is_never_held_more_widely_than_its_meeting(record):
    on = {"on": "2024-05-16"}
    take(record, meeting=CLOSED, **on)
    assert lines(record, CLOSED)[0].sensitivity == "coordination"
    assert faults(record, meeting=CLOSED, sensitivity=Sensitivity.PUBLIC, **on) == [
        ("held_otherwise_at_this_meeting", "sensitivity")
    ]
    take(record, meeting=WEBCAST, sensitivity=Sensitivity.CONFIDENTIAL)
    assert lines(record)[0].sensitivity == "confidential"


def test_what_a_state_tells_at_a_meeting_with_it_alone_is_told_in_confidence(record):
    planned = Planned(kind="bilateral", title="With Comoros", from_=PartialDate.parse("2026-07-01"))
    meeting = add_meeting(record, planned, treaty="att", reader=OPERATOR).meeting
    take(record, meeting=meeting)
    assert lines(record, meeting)[0].sensitivity == "confidential"
    assert faults(record, meeting=meeting, sensitivity=Sensitivity.COORDINATION) != []
    assert lines(record, meeting, reader=CHAIR) == ()  # told in confidence: the Secretariat's alone


def test_words_of_any_script_and_length_that_can_be_kept_are_kept(record):
    for words in ("سنصدّق قبل نهاية العام ✅", "🕊️" * 100, "x" * 10_000, "two\nlines"):
        take(record, words=words)
    assert [line.words for line in lines(record)][::-1] == [
        "سنصدّق قبل نهاية العام ✅",
        "🕊️" * 100,
        "x" * 10_000,
        "two\nlines",
    ]
    assert faults(record, words="x" * 20_000) == [("text_too_long", "words")]
    assert faults(record, words="half \ud83d") == [("text_is_no_text", "words")]
    assert faults(record, words="\u3164") == [("words_wanted", "words")]
    assert faults(record, condition="x" * 201) == [("condition_not_a_line", "condition")]


def test_a_line_that_was_struck_out_stays_readable_and_becomes_no_fact(record):
    draft = take(record).draft
    strike_out(record, WEBCAST, draft, treaty="att", reader=CHAIR)
    [line] = lines(record)
    assert (line.standing, line.words) == ("struck", "Will ratify.")
    assert check(record).checked == 0
    with pytest.raises(NotADraft, match="settled_meanwhile"):
        strike_out(record, WEBCAST, draft, treaty="att", reader=CHAIR)


def test_a_line_of_another_meeting_is_not_there(record):
    draft = take(record).draft
    with pytest.raises(NotOnFile, match="no_such_line"):
        strike_out(record, CLOSED, draft, treaty="att", reader=CHAIR)
    with pytest.raises(NotOnFile, match="no_such_meeting"):
        take(record, meeting="nowhere")
