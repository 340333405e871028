"""A State's page: everything one reader may know of one State, and nothing more."""

from datetime import date

import pytest

from casework.core.days_ahead import Ahead
from casework.core.rights import NotOnFile
from casework.depositary.intake import take_in
from casework.dossiers.contradictions import settle_contradiction
from casework.dossiers.filing_form import FormGroup, Manner
from casework.dossiers.steps_view import Closed
from casework.operations.sweep import sweep
from casework.overview.state_page import state_page
from casework.overview.state_path import Place
from casework.overview.timeline import Event, TimelinePart
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.roles import Role
from tests.appointments import a_champion, a_coordinator, eyes, held, the_secretariat
from tests.builders import a_workspace, file, step
from tests.sources.files import a_csv

STATE = "KHM"  # a signatory that has not deposited
CONTACT = Reader.of("person:91", {Role.CONTACT: {STATE}})
CHAMPION = Reader.of("person:92", {Role.CHAMPION: {STATE}})
COORDINATOR = Reader.of("person:93", {Role.COORDINATOR: {STATE}})
ELSEWHERE = Reader.of("person:94", {Role.COORDINATOR: {"NAM"}})


@pytest.fixture
def workspace(tmp_path, sqlite_record_url):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    yield workspace
    workspace.close()


def page(workspace, state=STATE, reader=OPERATOR, **said):
    return state_page(workspace, state, treaty="att", reader=reader, **said)


def drafting(workspace):
    file(workspace, STATE, "contact_named", "2026-05-03", "note_verbale:12", ministry="Defence")
    step(workspace, STATE, "start_drafting", "2026-06-01")


def places(found):
    return {m.stage: (m.place, m.entered) for m in found.path}


def test_the_path_says_when_each_stage_was_entered_and_where_the_state_stands(workspace):
    drafting(workspace)
    assert places(page(workspace)) == {
        "outside": (Place.BEHIND, None),
        "interest": (Place.BEHIND, "2013-10-18"),
        "assistance": (Place.PASSED_OVER, None),
        "legislation": (Place.HERE, "2026-06-01"),
        "deposit": (Place.AHEAD, None),
        "implementation": (Place.AHEAD, None),
    }
    assert page(workspace).path[0].left == "2013-10-18"


def test_a_stage_that_was_lost_lies_ahead_again_and_says_since_when(workspace):
    drafting(workspace)
    file(workspace, STATE, "setback", "2026-07-01", "government:9", cause="dissolution")
    step(workspace, STATE, "start_over", "2026-07-02")
    found = page(workspace)
    assert places(found)["legislation"] == (Place.LOST, None)
    assert places(found)["deposit"] == (Place.AHEAD, None)
    assert places(found)["interest"] == (Place.HERE, "2026-07-02")
    assert {m.stage: m.left for m in found.path if m.left} == {"outside": "2013-10-18", "legislation": "2026-07-02"}

    step(workspace, STATE, "start_drafting", "2026-07-03")
    assert {m.stage: m.left for m in page(workspace).path if m.left} == {"outside": "2013-10-18"}


def test_of_a_state_whose_deposit_is_known_to_the_month_both_ends_are_expected(workspace):
    found = page(workspace, "GMB", on=date(2024, 8, 1))
    coming = found.path[-1]
    assert (coming.place, coming.expected.first, coming.expected.last) == (
        Place.AHEAD,
        date(2024, 8, 30),
        date(2024, 9, 28),
    )
    assert (found.ahead[0].what, found.ahead[0].is_certain) == (Ahead.ENTRY_INTO_FORCE, False)


def test_each_missing_proof_is_named_and_each_done_one_shows_its_fact(workspace):
    drafting(workspace)
    file(workspace, STATE, "cabinet_approval", "2026-06", "gazette:4", minute="C/7")
    prepare = next(s for s in page(workspace).steps if s.name == "prepare_instrument")
    assert (prepare.closed, prepare.is_open, prepare.done) == (None, False, 1)
    named = {p.kind: (p.is_done, p.is_missing, p.fact.effective_on if p.fact else None) for p in prepare.proofs}
    assert named["cabinet_approval"] == (True, False, "2026-06")
    assert named["parliamentary_approval"] == (False, True, None)


def test_steps_that_nobody_can_take_say_why(workspace):
    why = {s.name: s.closed for s in page(workspace).steps}
    assert why["deposited"] is Closed.BY_RECORD
    assert why["enter_into_force"] is Closed.BY_DATE
    assert why["prepare_instrument"] is Closed.OTHER_STAGE
    assert why["start_drafting"] is None
    assert {s.closed for s in page(workspace, "CAN").steps} == {Closed.BY_RECORD, Closed.BY_DATE, Closed.IN_HAND}


def test_who_may_not_know_the_stage_sees_no_path_and_no_list_of_what_is_missing(workspace):
    drafting(workspace)
    for reader in (CONTACT, ELSEWHERE):
        found = page(workspace, reader=reader)
        assert (found.path, found.steps, found.route) == ((), (), None)
        assert {e.fact.kind for m in found.timeline.months for e in m.entries if e.fact} <= {
            "signature", "record_opened", "contact_named",
        }  # fmt: skip
    assert "contact_named" in {f.kind for f in page(workspace, reader=CONTACT).dossier.facts}, "it told us itself"
    assert "contact_named" not in {f.kind for f in page(workspace, reader=ELSEWHERE).dossier.facts}


def test_a_proof_held_in_confidence_is_missing_for_who_may_not_read_it(workspace):
    drafting(workspace)
    file(workspace, STATE, "cabinet_approval", "2026-06", "note_verbale:4")
    prepare = next(s for s in page(workspace, reader=CHAMPION).steps if s.name == "prepare_instrument")
    assert all(p.is_missing for p in prepare.proofs)


def test_the_rights_of_each_are_those_of_the_mandate(workspace):
    allowed = {
        reader.actor: (found.manner, found.may_step, found.may_settle)
        for reader in (OPERATOR, COORDINATOR, CHAMPION, CONTACT, ELSEWHERE)
        for found in [page(workspace, reader=reader)]
    }
    assert allowed == {
        "operator": (Manner.FILE, True, True),
        "person:93": (Manner.FILE, True, False),
        "person:92": (Manner.FILE, False, False),
        "person:91": (Manner.PROPOSE, False, False),
        "person:94": (None, False, False),
    }


def test_only_the_secretariat_is_offered_the_acts_of_the_depositary(workspace):
    assert FormGroup.ACTS in page(workspace).kinds
    assert FormGroup.ACTS not in page(workspace, reader=COORDINATOR).kinds
    assert page(workspace, reader=COORDINATOR, kind="deposit").form is None
    assert page(workspace, reader=ELSEWHERE).kinds == {}


def test_a_contact_proposes_what_the_state_itself_says(workspace):
    found = page(workspace, reader=CONTACT, kind="bill")
    assert (found.form.manner, set(found.form.sources)) == (Manner.PROPOSE, {"note_verbale", "government"})
    assert "obstacle" not in {k.name for kinds in found.kinds.values() for k in kinds}
    assert page(workspace, reader=CONTACT, kind="tier_set").form is None


@pytest.mark.parametrize("kind", ["step", "nonsense", "release", ""])
def test_there_is_no_form_for_what_is_not_filed_by_hand(workspace, kind):
    assert page(workspace, kind=kind).form is None


def test_a_ruling_may_annul_proofs_and_never_the_depositarys_word_or_a_step(workspace):
    drafting(workspace)
    file(workspace, STATE, "cabinet_approval", "2026-06", "gazette:4")
    assert [f.kind for f in page(workspace, kind="ruling").form.annuls] == ["contact_named", "cabinet_approval"]
    assert page(workspace, kind="bill").form.annuls == ()
    assert page(workspace, reader=CHAMPION, kind="correction").form.annuls == (), "nothing there is the champion's own"


def test_as_of_another_day_the_page_is_for_looking_only(workspace):
    drafting(workspace)
    before = page(workspace, on=date(2026, 5, 31), kind="bill")
    assert (before.is_now, before.manner, before.may_step, before.form) == (False, None, False, None)
    assert places(before)["interest"][0] is Place.HERE
    unknown = page(workspace, known=date(2026, 7, 23))
    assert unknown.is_now is False
    assert places(unknown)["outside"][0] is Place.HERE, "this record was opened the day after"


def test_a_day_before_the_treaty_was_opened_shows_a_state_outside(workspace):
    found = page(workspace, on=date(2000, 1, 1))
    assert (found.dossier.legal_status, places(found)["outside"][0]) == ("non_signatory", Place.HERE)
    assert found.timeline.months == ()


def test_a_state_that_is_none_is_not_on_file(workspace):
    for state in ("XXX", "khm", "", "KHM'--"):
        with pytest.raises(NotOnFile):
            page(workspace, state)


def test_of_letters_another_sees_only_the_own(workspace):
    champion, _ = held(workspace, "Champion of Japan", "champion", "JPN", region="Asia", from_=date(2021, 6, 1))
    coordinator, _ = held(workspace, "Coordinator", "coordinator", "KOR", region="Asia")
    drafting(workspace)
    workspace.clock.stand_on("2027-02-01")
    sweep(workspace, run="a sweep", treaty="att")
    for person in (champion, coordinator):
        entries = [e for m in page(workspace, reader=eyes(workspace, person)).timeline.months for e in m.entries]
        assert {e.letter.person for e in entries if e.letter} <= {person}
    moved_on = Reader.of(f"person:{champion}", {Role.CHAMPION: {"NAM"}})
    for reader in (ELSEWHERE, moved_on):
        assert page(workspace, reader=reader).timeline.counts[TimelinePart.LETTERS] == 0


def test_the_next_deadline_is_the_nearest_and_leads_to_its_follow_up(workspace):
    held(workspace, "Champion of Japan", "champion", "JPN", region="Asia", from_=date(2021, 6, 1))
    drafting(workspace)
    workspace.clock.stand_on("2027-02-01")
    sweep(workspace, run="a sweep", treaty="att")
    first = page(workspace).ahead[0]
    assert (first.what, first.occasion, first.about) == (Ahead.FOLLOW_UP, "silence", "legislation")
    assert first.follow_up.id
    assert page(workspace, reader=CONTACT).ahead == ()


def test_a_duty_with_a_follow_up_is_named_once(workspace):
    workspace.clock.stand_on("2027-05-10")
    sweep(workspace, run="a sweep", treaty="att")
    due = [d for d in page(workspace, "CAN").ahead if d.about == "annual report 2026"]
    assert [d.what for d in due] == [Ahead.FOLLOW_UP]


def test_a_follow_up_that_was_closed_later_was_open_then(workspace):
    drafting(workspace)
    workspace.clock.stand_on("2027-02-01")
    sweep(workspace, run="a sweep", treaty="att")
    workspace.clock.stand_on("2027-02-05")
    file(workspace, STATE, "exchange", "2027-02-04", "note_verbale:9")
    sweep(workspace, run="another sweep", treaty="att")
    events = {e.event for m in page(workspace).timeline.months for e in m.entries if e.follow_up}
    assert events == {Event.OPENED, Event.CLOSED}
    then = page(workspace, on=date(2027, 2, 3))
    assert {e.event for m in then.timeline.months for e in m.entries if e.follow_up} == {Event.OPENED}
    assert then.ahead[0].what is Ahead.FOLLOW_UP


def test_who_serves_the_state_is_named_to_those_who_may_know_it(workspace):
    a_champion(workspace)
    held(workspace, "Champion of Japan", "champion", "JPN", region="Asia", from_=date(2021, 6, 1))
    held(workspace, "Mission of Cambodia", "contact", STATE)
    a_coordinator(workspace, of="KOR", region="Asia", name="Coordinator of Asia")
    the_secretariat(workspace)
    assert [(p.role, p.name) for p in page(workspace).people] == [
        ("contact", "Mission of Cambodia"),
        ("champion", "Champion of Japan"),
        ("coordinator", "Coordinator of Asia"),
        ("secretariat", "Desk officer"),
    ]
    stranger = Reader.of("person:99", {Role.CONTACT: {"NAM"}})
    assert page(workspace, reader=stranger).people == ()
    assert [p.name for p in page(workspace, "JPN").people if p.role == "champion"] == [], "no State accompanies itself"
    assert page(workspace, on=date(2021, 5, 31)).people[1].role == "coordinator", "the champion's mandate had not begun"


def test_a_contradiction_shows_both_sides_until_it_is_settled(workspace):
    take_in(workspace, a_csv("BRA,Brazil,2013-06-03,,2018-08-15,,Ratification,,"), treaty="att")
    (found,) = page(workspace, "BRA").contradictions
    assert (found.theirs.effective_on, [f.effective_on for f in found.ours]) == ("2018-08-15", ["2018-08-14"])
    about = {"treaty": "att", "name": "Brazil", "reader": OPERATOR, "reason": "A note came."}
    settle_contradiction(workspace, "BRA", found.theirs.fact, **about)
    assert page(workspace, "BRA").contradictions == ()
