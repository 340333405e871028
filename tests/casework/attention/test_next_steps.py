"""One line for every State that is not party: never blank, and only to whoever may know where the State stands."""

from datetime import date, timedelta

import pytest

from casework.attention.next_steps import next_steps
from casework.attention.unanswered import questions_open
from casework.attention.writing import write_next_step
from casework.core.as_of import UnknownRegion
from casework.enquiries.rounds import close_enquiry
from casework.enquiries.standing import note_answered
from casework.follow_ups.visibility import Visibility
from casework.operations.sweep import sweep
from notifications.refusals import sentence
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader, may_know_stage
from pathways.grammar.roles import Role
from tests.appointments import a_champion, a_coordinator, eyes, fallen_silent, the_secretariat
from tests.builders import STATE, clock_of, file, step
from tests.casework.enquiries.asked import a_contact, later, opened
from tests.casework.overview.test_overview import statements

OFFICER = Reader.of("person:1", {Role.SECRETARIAT: ()})
CHAIR = Reader.of("person:2", {Role.CHAIR: ()})
CHAMPION = Reader.of("person:4", {Role.CHAMPION: {"COM", "AGO", "MWI"}}, of_states={"NAM"})
CONTACT = Reader.of("person:6", {Role.CONTACT: {"COM"}})
#: An officer of the Secretariat who also speaks for a State.
BOTH = Reader.of("person:7", {Role.SECRETARIAT: (), Role.CONTACT: {"COM"}})


def lines(workspace, reader=OPERATOR, **asked):
    return next_steps(workspace, treaty="att", reader=reader, **asked).lines


def line(workspace, state=STATE, reader=OPERATOR, **asked):
    return next(one for one in lines(workspace, reader, **asked) if one.state == state)


def says(workspace, state=STATE, reader=OPERATOR, **asked):
    return sentence(line(workspace, state, reader, **asked).next_step)


def silent(workspace, reader=OPERATOR, **asked):
    """Return since when States have not answered."""
    return {one.state: one.unanswered_since for one in lines(workspace, reader, **asked) if one.unanswered_since}


def test_of_the_real_record_there_are_seventy_nine_lines_and_none_is_blank(record):
    found = lines(record)
    assert len(found) == len({one.state for one in found}) == 79 + 1
    assert all(sentence(one.next_step).strip() for one in found)
    assert {one.state for one in found if one.tier is None} == {"ECU"}  # which has deposited, and is not bound yet
    assert len(lines(record, on=date(2026, 11, 30))) == 79


def test_the_pathway_names_what_is_wanted_first_of_the_step_that_is_nearest(record):
    assert says(record, "DZA") == "Get on file: signal of interest, for “Interest voiced”"
    assert says(record) == "Get on file: contact named, for “Drafting begun”"
    file(record, STATE, "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    assert says(record) == "Take the step “Drafting begun”: all that it asks for is on file"
    step(record, STATE, "start_drafting", "2026-07-02")
    assert says(record) == "Get on file: inter-agency committee, for “Instrument ready for deposit”"


def test_a_state_that_paused_or_declined_is_asked_again_on_the_day_it_named(record):
    file(record, STATE, "paused", "2026-07-03", "note_verbale", review_on="2027-01-01")
    assert says(record) == "Ask again: the State has paused its process"
    assert line(record).due_on == date(2027, 1, 1)
    assert says(record, "USA") == "Ask only whether its word still stands: the State has declined"


def test_a_state_that_has_deposited_is_welcomed_when_it_is_bound(record):
    file(record, STATE, "deposit", "2026-07-20", "depositary:C.N.9.2026", instrument="ratification")
    assert says(record) == "Welcome the State: it is bound from 2026-10-18"
    assert line(record).due_on == date(2026, 10, 18)
    assert STATE not in {one.state for one in lines(record, on=date(2026, 10, 18))}


def test_proofs_told_in_confidence_are_wanted_by_whoever_may_not_know_them(record):
    file(record, "COM", "contact_named", "2026-07-01", "note_verbale", ministry="Foreign Affairs")
    assert says(record, "COM") == "Take the step “Drafting begun”: all that it asks for is on file"
    assert says(record, "COM", CHAMPION) == "Get on file: contact named, for “Drafting begun”"
    assert line(record, "COM").last_word.on == date(2026, 7, 1)
    assert line(record, "COM", CHAMPION).last_word.on == date(2013, 9, 26)


def test_nobody_has_a_line_of_a_state_whose_stage_is_not_theirs_to_know(record):
    everything = {one.state for one in lines(record)}
    assert {one.state for one in lines(record, CHAIR)} == everything
    assert {one.state for one in lines(record, CHAMPION)} == {"COM", "AGO"}
    assert {one.state for one in lines(record, BOTH)} == everything - {"COM"}
    assert lines(record, CONTACT) == lines(record, ANYONE) == ()
    for reader in (OPERATOR, CHAIR, CHAMPION, BOTH, CONTACT, ANYONE):
        assert all(may_know_stage(reader, one.state) for one in lines(record, reader))


@pytest.mark.parametrize(
    ("source", "kind", "said", "is_heard"),
    [
        ("note_verbale", "contact_named", {"ministry": "Defence"}, True),
        ("government", "cabinet_approval", {}, True),
        ("statement", "signal", {}, True),
        ("assessment", "exchange", {}, True),
        ("assessment", "obstacle", {"reason": "elections"}, False),
        ("assessment", "tier_set", {"tier": "2"}, False),
        ("press", "signal", {}, False),
        ("gazette", "bill", {"bill_number": "7"}, False),
        ("parliament", "bill", {"bill_number": "7"}, False),
    ],
)
def test_a_state_is_heard_where_it_spoke_itself(record, source, kind, said, is_heard):
    file(record, "IND", kind, "2026-07-02", source, **said)
    heard = line(record, "IND").last_word
    assert (heard is not None and (heard.on, heard.kind) == (date(2026, 7, 2), kind)) is is_heard
    assert is_heard or heard is None


def test_a_signature_is_the_states_own_act(record):
    heard = line(record).last_word
    assert (heard.on, heard.kind) == (date(2013, 10, 18), "signature")


def test_who_answers_is_the_nearest_who_holds_a_mandate(record):
    assert line(record, "AGO").owner is None
    the_secretariat(record)
    assert line(record, "AGO").owner.name == "Desk officer"
    a_coordinator(record, "ZAF")
    assert line(record, "AGO").owner.name == "Coordinator of ZAF"
    a_champion(record, "SEN")
    assert line(record, "AGO").owner.name == "Champion of SEN"
    assert line(record, "IND").owner.name == "Desk officer"
    assert line(record, "AGO", on=date(2021, 1, 1)).owner.name == "Coordinator of ZAF"  # before the champion's term


def test_a_question_is_unanswered_from_the_day_on_which_it_was_put_until_the_state_speaks(record):
    assert line(record).unanswered_since is None
    fallen_silent(record)
    sweep(record, run="morning", treaty="att")
    today = record.today()
    assert line(record).unanswered_since == today
    clock_of(record).stand_on("2026-12-24")
    assert line(record).unanswered_since == today
    file(record, STATE, "contact_named", "2026-12-20", "note_verbale", ministry="Foreign Affairs")
    assert line(record).unanswered_since is None
    assert line(record, on=date(2026, 12, 1)).unanswered_since == today
    assert line(record, on=date(2026, 11, 1)).unanswered_since is None


def test_a_letter_of_the_enquiry_is_unanswered_from_the_first_one_until_it_is_answered_or_the_round_closed(record):
    the_secretariat(record)
    for state in ("AGO", "COM", "KHM"):
        a_contact(record, state)
    first = record.today()
    opened(record)
    later(record, 22)  # with a reminder after three weeks
    note_answered(record, "COM", treaty="att", reader=OPERATOR)
    assert silent(record) == silent(record, CHAIR) == {"AGO": first, "KHM": first}
    assert silent(record, CHAMPION) == {"AGO": first}
    with record.reading() as connection:
        asked = questions_open(connection, Visibility(record, connection, CHAMPION), "att", record.today())
    assert asked == {"AGO": [first]}
    assert silent(record, on=first) == {"AGO": first, "COM": first, "KHM": first}
    assert silent(record, on=first - timedelta(days=1)) == {}
    file(record, "KHM", "contact_named", str(record.today()), "note_verbale", ministry="Defence")
    assert silent(record) == {"AGO": first}
    close_enquiry(record, treaty="att", reader=OPERATOR)
    assert silent(record) == {}


def test_lines_stand_by_their_day_then_by_tier_and_name(record):
    file(record, "IND", "paused", "2026-07-03", "note_verbale", review_on="2026-08-01")
    file(record, "ZWE", "paused", "2026-07-03", "note_verbale", review_on="2026-07-20")
    found = lines(record)
    assert [one.state for one in found[:4]] == ["ZWE", "IND", "ECU", "AGO"]
    assert (found[2].due_on, found[3].due_on) == (line(record, "ECU").due_on, None)
    tiers = [one.tier for one in found[3:]]
    assert tiers == sorted(tiers)
    assert line(record, "COM", language="fr").name == "Comores"


def test_a_region_is_asked_for_by_its_name(record):
    of_africa = lines(record, region="africa")
    assert {one.region for one in of_africa} == {"Africa"}
    assert len(of_africa) == 23
    with pytest.raises(UnknownRegion):
        lines(record, region="Atlantis")


def test_another_day_shows_who_was_not_party_then(record):
    assert len(lines(record, on=date(2015, 1, 1))) > 79
    assert "PHL" in {one.state for one in lines(record, on=date(2022, 6, 20))}
    assert "PHL" not in {one.state for one in lines(record)}


def test_all_lines_are_read_in_a_handful_of_statements(record):
    person = a_champion(record, "SEN")[0]
    champion = eyes(record, person)
    write_next_step(record, "COM", "Call between capitals", treaty="att", name="Comoros", reader=champion)
    fallen_silent(record)
    sweep(record, run="morning", treaty="att")
    for reader in (OPERATOR, champion):
        lines(record, reader)
        asked = statements(record, lambda who=reader: lines(record, who))
        assert len(asked) <= 7, asked
    file(record, "COM", "exchange", "2026-10-30", "note_verbale")
    asked = statements(record, lambda: lines(record))
    assert len(asked) <= 8, asked
