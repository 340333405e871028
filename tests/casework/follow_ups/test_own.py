"""A follow-up of one's own: opened by a person for a day, held as that person says, and reminded of on its day."""

from datetime import date

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import NotFollowedUp, close, hand_over, snooze
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.own import Intention, open_own
from casework.follow_ups.reassignment import OutOfReach
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.overview.agenda import agenda_view
from casework.people.holds import hold
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.appointments import (
    FROM,
    SILENT_ON,
    a_champion,
    a_coordinator,
    a_mandate,
    eyes,
    held,
    the_secretariat,
    told,
)
from tests.builders import clock_of

TODAY = SILENT_ON
THE_DAY = date(2026, 11, 20)
SECRET = Sensitivity.CONFIDENTIAL


@pytest.fixture
def workspace(silent_record):
    return silent_record


def opened(workspace, reader, state="AGO", *, words="Call the mission", on=THE_DAY, **said):
    meant = Intention(words=words, on=on, state=state, **said)
    return open_own(workspace, meant, reader=reader, treaty="att").follow_up.id


def known_to(workspace, *people):
    """Return who of these people may know of an own follow-up, in a list and by its number."""
    found = []
    for person in people:
        listed = follow_up_list(workspace, treaty="att", reader=eyes(workspace, person))
        found += [person for f in listed if f.kind == "own"]
    return found


def swept(workspace, day):
    clock_of(workspace).stand_on(str(day))
    sweep(workspace, run=f"sweep of {day}", treaty="att")


def test_somebody_opens_one_for_a_day_and_has_it(workspace):
    person, _ = a_champion(workspace)
    view = follow_up_view(
        workspace, opened(workspace, eyes(workspace, person)), treaty="att", reader=eyes(workspace, person)
    )
    assert (view.kind, view.state, view.words, view.owner) == ("own", "AGO", "Call the mission", person)
    assert (view.opened_on, view.due_on, view.is_late) == (TODAY, THE_DAY, False)
    assert (view.opened_by, view.sensitivity) == (f"person:{person}", "coordination")


def test_what_is_to_be_done_stands_in_no_ledger_no_audit_and_no_letter(workspace):
    person, _ = a_champion(workspace)
    opened(workspace, eyes(workspace, person), words="Ask the frank secretary")
    swept(workspace, THE_DAY)
    with workspace.reading() as connection:
        for table in ("fact", "audit", "notice", "letter"):
            rows = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert not any("frank" in str(row) for row in rows), table


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"words": " "}, "say_what_is_to_be_done"),
        ({"words": "two\nlines"}, "no_line"),
        ({"on": date(2026, 11, 1)}, "opened_for_a_day_to_come"),
        ({"sensitivity": Sensitivity.PUBLIC}, "held_so_is_no_follow_up"),
        ({"state": ""}, "say_which_state"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_why(workspace, said, refusal):
    person, _ = a_champion(workspace)
    with pytest.raises(NotFollowedUp, match=refusal):
        opened(workspace, eyes(workspace, person), **said)
    assert known_to(workspace, person) == []


def test_it_may_be_for_today(workspace):
    person, _ = a_champion(workspace)
    id_ = opened(workspace, eyes(workspace, person), on=TODAY)
    swept(workspace, TODAY)
    assert told(workspace, id_) == [(person, "task")]


@pytest.mark.parametrize("role", ["president", "chair", "contact"])
def test_who_has_no_part_in_following_up_opens_none(workspace, role):
    person, _ = held(workspace, "Delegate", role, "AGO")
    with pytest.raises(NotYours):
        opened(workspace, eyes(workspace, person))


def test_nobody_opens_one_about_a_state_of_another_region_or_for_somebody_else(workspace):
    (person, _), (far, _) = a_champion(workspace), a_champion(workspace, "JPN", "Asia")
    with pytest.raises(NotYours):
        opened(workspace, eyes(workspace, far))
    with pytest.raises(NotYours, match="opened_for_somebody_else"):
        opened(workspace, eyes(workspace, person), owner=far)


def test_the_secretariat_opens_one_for_who_may_know_it_and_do_it_and_that_person_is_told(workspace):
    (person, _), (far, _) = a_champion(workspace), a_champion(workspace, "JPN", "Asia")
    id_ = opened(workspace, OPERATOR, owner=person)
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).owner == person
    assert told(workspace, id_) == [(person, "task")]
    with pytest.raises(OutOfReach, match="reaches_not_this_one"):
        opened(workspace, OPERATOR, owner=far)
    with pytest.raises(OutOfReach, match="reads_not_what_it_rests_on"):
        opened(workspace, OPERATOR, owner=person, sensitivity=SECRET)
    with pytest.raises(NotFollowedUp, match="say_whose_it_is"):
        opened(workspace, OPERATOR)


def test_one_about_no_state_is_the_secretariats(workspace):
    (officer, _), (champion, _) = the_secretariat(workspace), a_champion(workspace)
    id_ = opened(workspace, eyes(workspace, officer), None, words="Write to the Bureau")
    assert known_to(workspace, officer, champion) == [officer]
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).role == "secretariat"
    with pytest.raises(OutOfReach):
        hand_over(workspace, id_, champion, reader=OPERATOR, treaty=None)


def test_who_accompanies_the_state_knows_of_it_and_nobody_else(workspace):
    (one, _), (two, _), (far, _) = (
        a_champion(workspace, "NAM"),
        a_coordinator(workspace, "ZAF"),
        a_champion(workspace, "JPN", "Asia"),
    )
    president, _ = held(workspace, "The President", "president", "Bureau")
    contact, _ = held(workspace, "Mission", "contact", "AGO")
    opened(workspace, eyes(workspace, one))
    assert known_to(workspace, one, two, far, president, contact) == [one, two]


def test_one_held_in_confidence_is_known_to_the_secretariat_and_who_opened_it(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    (officer, _), (coordinator, _) = the_secretariat(workspace), a_coordinator(workspace)
    id_ = opened(workspace, eyes(workspace, one), sensitivity=SECRET)
    assert known_to(workspace, one, two, officer, coordinator) == [one, officer]
    for verb in (
        lambda reader: follow_up_view(workspace, id_, treaty="att", reader=reader),
        lambda reader: close(workspace, id_, "done", reader=reader, treaty=None),
    ):
        with pytest.raises(NotOnFile):
            verb(eyes(workspace, two))
    with pytest.raises(OutOfReach, match="reads_not_what_it_rests_on"):
        hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    hand_over(workspace, id_, officer, reader=eyes(workspace, one), treaty=None)
    assert known_to(workspace, one, officer) == [one, officer]


def test_it_never_reaches_who_comes_to_hold_a_mandate_of_the_state(workspace):
    """As with assessments: also not a coordinator of the region who is that State's contact by now."""
    (author, _), (theirs, _) = a_champion(workspace), a_coordinator(workspace, "ZAF")
    opened(workspace, eyes(workspace, author))
    assert known_to(workspace, theirs) == [theirs]
    hold(workspace, theirs, a_mandate(workspace, "contact", "AGO"), from_=FROM, reader=OPERATOR, treaty=None)
    assert known_to(workspace, theirs) == []


def test_opened_twice_it_is_there_once(workspace):
    person, _ = a_champion(workspace)
    reader, meant = eyes(workspace, person), Intention(words="Call the mission", on=THE_DAY, state="AGO")
    first, second = (open_own(workspace, meant, reader=reader, treaty="att") for _ in range(2))
    assert (first.repeated, second.repeated, first.follow_up.id) == (False, True, second.follow_up.id)
    close(workspace, first.follow_up.id, "done", reader=reader, treaty=None)
    assert not open_own(workspace, meant, reader=reader, treaty="att").repeated


def test_on_its_day_its_owner_is_reminded_and_not_before(workspace):
    (lead, _), (person, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = opened(workspace, eyes(workspace, person))
    swept(workspace, date(2026, 11, 19))
    assert told(workspace, id_) == []
    swept(workspace, THE_DAY)
    assert told(workspace, id_) == [(person, "task")]
    assert not follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).is_late
    assert lead not in [person for person, _ in told(workspace, id_)]


def test_left_undone_it_comes_to_the_secretariat_once(silent_record_with_mail):
    workspace = silent_record_with_mail
    (person, _), (officer, _) = a_champion(workspace), the_secretariat(workspace)
    id_ = opened(workspace, eyes(workspace, person))
    swept(workspace, THE_DAY)
    post(workspace, run="morning")
    after = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (after.due_on, after.next_role, after.next_on) == (THE_DAY, "secretariat", date(2026, 12, 4))
    for day in (date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 20)):
        swept(workspace, day)
        post(workspace, run=f"post of {day}")
    assert told(workspace, id_) == [(person, "task"), (officer, "task"), (person, "news")]
    after = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (after.owner, after.role, after.due_on) == (None, "secretariat", date(2026, 12, 18))


def test_a_letter_that_tells_of_it_before_its_day_moves_nothing(silent_record_with_mail):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace)
    id_ = opened(workspace, OPERATOR, owner=person)
    post(workspace, run="at once")
    swept(workspace, date(2026, 11, 19))
    assert told(workspace, id_) == [(person, "task")]
    swept(workspace, THE_DAY)
    assert told(workspace, id_) == [(person, "task")] * 2


def test_who_looks_reads_who_is_asked_after_its_day(workspace):
    (person, _), _ = a_champion(workspace), the_secretariat(workspace)
    view = follow_up_view(workspace, opened(workspace, eyes(workspace, person)), treaty="att", reader=OPERATOR)
    assert (view.next_role, view.next_on) == ("secretariat", date(2026, 12, 4))


def test_handed_over_it_keeps_its_day_and_the_new_owner_is_reminded(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = opened(workspace, eyes(workspace, one))
    hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).due_on == THE_DAY
    swept(workspace, THE_DAY)
    assert told(workspace, id_) == [(two, "task")] * 2


def test_handed_over_after_its_day_it_is_not_late_with_who_gets_it(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = opened(workspace, eyes(workspace, one))
    clock_of(workspace).stand_on("2026-11-25")
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).is_late
    hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).due_on == date(2026, 12, 9)


def test_it_rests_from_its_day_on_and_not_before(workspace):
    person, _ = a_champion(workspace)
    reader = eyes(workspace, person)
    id_ = opened(workspace, reader)
    with pytest.raises(NotFollowedUp, match="waits_for_its_day"):
        snooze(workspace, id_, until=date(2026, 11, 9), reason="no time", reader=reader, treaty=None)
    swept(workspace, THE_DAY)
    snooze(workspace, id_, until=date(2026, 11, 27), reason="no answer", reader=reader, treaty=None)
    swept(workspace, date(2026, 11, 27))
    assert told(workspace, id_)[-1] == (person, "task")
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).snoozed_until is None


def test_closed_as_done_it_files_nothing_and_no_sweep_ends_it(workspace):
    person, _ = a_champion(workspace)
    id_ = opened(workspace, eyes(workspace, person))
    swept(workspace, TODAY)
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).closed_on is None
    close(workspace, id_, "done: spoke with the mission", reader=eyes(workspace, person), treaty=None)
    with workspace.reading() as connection:
        filed = connection.execute(text("SELECT count(*) FROM fact WHERE kind = 'exchange'")).scalar_one()
    assert filed == 0


def test_the_agenda_names_it_to_who_may_know_it(workspace):
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    opened(workspace, eyes(workspace, one), sensitivity=SECRET)
    said = {
        person: [m.words for m in agenda_view(workspace, treaty="att", reader=eyes(workspace, person)).items if m.words]
        for person in (one, two)
    }
    assert said == {one: ["Call the mission"], two: []}


@pytest.mark.parametrize("turner", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_its_words_hold_nothing_that_turns_the_writing_unseen(workspace, turner):
    person, _ = a_champion(workspace)
    with pytest.raises(NotFollowedUp) as wrong:
        opened(workspace, eyes(workspace, person), words=f"Call the{turner} mission")
    assert wrong.value.codes == ("line_turns_unseen",)


@pytest.mark.parametrize("said", ["اتصل بالبعثة \u200f(ATT)\u200f", "Call \u200eATT\u200e"])
def test_marks_that_such_writing_needs_may_stand_in_its_words(workspace, said):
    person, _ = a_champion(workspace)
    assert opened(workspace, eyes(workspace, person), words=said)
