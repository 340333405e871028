"""The Secretariat says who else may know a fact, with the consent of a State that told us; and takes it back."""

import pytest

from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.filing import Filing, file_fact
from casework.dossiers.release_page import release_page
from casework.dossiers.releasing import release, take_back
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.record.audit import verify
from models.people import people
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import a_champion, a_coordinator, a_mandate, a_person, eyes, held, the_secretariat
from tests.builders import days_pass, file

STATE, NAME = "AGO", "Angola"


@pytest.fixture
def workspace(training):
    return training


def told(workspace, source="statement", **said):
    """File something that Angola is said to plan, held in confidence."""
    return file(workspace, STATE, "signal", "2022-06-01", source, **said).fact.id


def to(workspace, audience, fact, *, reader=OPERATOR, **said):
    return release(workspace, STATE, fact, audience=audience, treaty="att", name=NAME, reader=reader, **said)


def back(workspace, given, reader=OPERATOR):
    return take_back(workspace, STATE, given, treaty="att", name=NAME, reader=reader)


def seen_by(workspace, person):
    return {fact.fact for fact in dossier_view(workspace, STATE, reader=eyes(workspace, person), treaty="att").facts}


def faults(workspace, audience, fact, **said):
    with pytest.raises(NotAdmitted) as refused:
        to(workspace, audience, fact, **said)
    return refused.value.codes


def test_a_person_who_is_named_reads_the_fact_until_the_release_is_taken_back(workspace):
    fact, (champion, _) = told(workspace), a_champion(workspace)
    other = a_coordinator(workspace)[0]
    assert fact not in seen_by(workspace, champion)
    said = to(workspace, f"person:{champion}", fact).said
    assert fact in seen_by(workspace, champion)
    assert fact not in seen_by(workspace, other)
    back(workspace, said.id)
    assert fact not in seen_by(workspace, champion)
    assert verify(workspace).is_sound


def test_a_look_at_what_was_known_before_opens_nothing_that_was_taken_back_since(workspace):
    fact, (champion, _) = told(workspace), a_champion(workspace)
    said = to(workspace, f"person:{champion}", fact).said
    days_pass(workspace, "2022-06-21")
    back(workspace, said.id)
    then = dossier_view(
        workspace, STATE, known=PartialDate.parse("2022-06-20").first, reader=eyes(workspace, champion), treaty="att"
    )
    assert fact not in {seen.fact for seen in then.facts}


def test_a_state_that_is_named_reads_what_others_told_of_it(workspace):
    fact, (contact, _) = told(workspace), held(workspace, "Contact in Luanda", "contact", STATE)
    elsewhere = held(workspace, "Contact in Manila", "contact", "PHL")[0]
    to(workspace, f"state:{STATE}", fact)
    assert fact in seen_by(workspace, contact)
    assert fact not in seen_by(workspace, elsewhere)


def test_a_release_says_who_released_it_to_whom_and_with_whose_consent(workspace):
    officer, (champion, _) = the_secretariat(workspace)[0], a_champion(workspace)
    fact = told(workspace, "note_verbale:NV 4/2022")
    to(workspace, f"person:{champion}", fact, reader=eyes(workspace, officer), consent="NV 7/2022 of 3 June 2022")
    [seen] = [f for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts if f.fact == fact]
    [one] = seen.releases
    assert (one.audience, one.released_by) == (f"person:{champion}", f"person:{officer}")
    assert one.consent == "NV 7/2022 of 3 June 2022"


@pytest.mark.parametrize("source", ["note_verbale:NV 4/2022", "government:letter of 1 June"])
def test_what_the_state_told_us_needs_its_consent(workspace, source):
    fact, (champion, _) = told(workspace, source), a_champion(workspace)
    assert "consent_wanted" in faults(workspace, f"person:{champion}", fact)
    assert "consent_wanted" in faults(workspace, f"person:{champion}", fact, consent="   ")
    assert "release_consent_not_a_line" in faults(workspace, f"person:{champion}", fact, consent="NV 7\n8")
    assert "release_consent_not_a_line" in faults(workspace, f"person:{champion}", fact, consent="x" * 121)
    assert fact not in seen_by(workspace, champion)


def test_only_the_secretariat_releases_even_what_somebody_else_filed(workspace):
    champion, coordinator = a_champion(workspace)[0], a_coordinator(workspace)[0]
    filing = Filing(kind="signal", effective=PartialDate.parse("2022-06-01"), source=SourceKind.STATEMENT)
    own = file_fact(workspace, STATE, filing, treaty="att", name=NAME, reader=eyes(workspace, champion)).fact.id
    for person in (champion, coordinator, held(workspace, "Contact", "contact", STATE)[0]):
        with pytest.raises(NotYours):
            to(workspace, f"person:{coordinator}", own, reader=eyes(workspace, person))
    said = to(workspace, f"person:{coordinator}", own).said
    with pytest.raises(NotYours):
        back(workspace, said.id, reader=eyes(workspace, champion))


def test_the_same_release_twice_is_one_and_the_same_taking_back_too(workspace):
    fact, (champion, _) = told(workspace), a_champion(workspace)
    once, twice = to(workspace, f"person:{champion}", fact), to(workspace, f"person:{champion}", fact)
    assert (once.repeated, twice.repeated, twice.said.id) == (False, True, once.said.id)
    ended, again = back(workspace, once.said.id), back(workspace, once.said.id)
    assert (ended.repeated, again.repeated, again.said.id) == (False, True, ended.said.id)
    assert not to(workspace, f"person:{champion}", fact).repeated
    assert fact in seen_by(workspace, champion)


@pytest.mark.parametrize("audience", ["", "everybody", "role:champion", "person:", "person:-1", "person:7 or 1=1"])
def test_an_audience_that_is_nobody_is_refused(workspace, audience):
    assert "release_names_nobody" in faults(workspace, audience, told(workspace))


def test_somebody_without_a_mandate_is_released_nothing(workspace):
    fact, nobody = told(workspace), a_person(workspace, "Somebody")
    assert "released_without_a_mandate" in faults(workspace, f"person:{nobody}", fact)
    assert "released_without_a_mandate" in faults(workspace, "person:999", fact)


def test_a_release_opens_nothing_to_somebody_whose_mandate_ended(workspace):
    fact, (champion, mandate) = told(workspace), a_champion(workspace)
    to(workspace, f"person:{champion}", fact)
    end_hold(workspace, champion, mandate, on=workspace.today(), reader=OPERATOR, treaty=None)
    with pytest.raises(NotYours):
        reader_for(workspace, champion, treaty="att")


def test_another_state_as_a_whole_is_released_nothing(workspace):
    assert "released_to_another_state" in faults(workspace, "state:PHL", told(workspace))


def test_a_state_is_not_released_what_it_told_us(workspace):
    said = faults(workspace, f"state:{STATE}", told(workspace, "note_verbale:NV 4/2022"), consent="NV 5")
    assert said == ("told_by_the_state_itself",)


def test_an_assessment_of_a_state_reaches_neither_the_state_nor_its_contact(workspace):
    view = file(workspace, STATE, "obstacle", "2022-06-01", "assessment", reason="political").fact.id
    contact, (champion, _) = held(workspace, "Contact", "contact", STATE)[0], a_champion(workspace)
    assert "assessment_not_for_the_state" in faults(workspace, f"state:{STATE}", view)
    assert "assessment_not_for_the_contact" in faults(workspace, f"person:{contact}", view)
    to(workspace, f"person:{champion}", view)


def an_obstacle(workspace):
    """File what is said to stand in Angola's way, held in confidence."""
    said = {"reason": "elections", "sensitivity": Sensitivity.CONFIDENTIAL}
    return file(workspace, STATE, "obstacle", "2022-06-01", "assessment", **said).fact.id


def test_an_assessment_that_was_released_is_closed_to_who_becomes_the_states_contact(workspace):
    champion, _ = a_champion(workspace)
    view, plan = an_obstacle(workspace), told(workspace)
    for fact in (view, plan):
        to(workspace, f"person:{champion}", fact)
    assert {view, plan} <= seen_by(workspace, champion)
    mandate = a_mandate(workspace, "contact", STATE)
    hold(workspace, champion, mandate, from_=workspace.today(), reader=OPERATOR, treaty=None)
    assert seen_by(workspace, champion) & {view, plan} == {plan}


@pytest.mark.parametrize("role", ["champion", "coordinator"])
def test_an_assessment_is_neither_shown_nor_released_to_a_holder_of_the_states_own_mandate(workspace, role):
    others = a_champion(workspace)[0]
    with workspace.registry() as connection:
        number = people.add(
            connection, "mandate", role=role, of=STATE, of_state=True, treaty="att", scheme="att_region",
            region="Africa", starts_on=workspace.today(),
        )  # fmt: skip
    hold(workspace, others, number, from_=workspace.today(), reader=OPERATOR, treaty=None)
    view = an_obstacle(workspace)
    assert view not in seen_by(workspace, others)
    assert "assessment_not_for_the_contact" in faults(workspace, f"person:{others}", view)
    offered = release_page(workspace, STATE, view, treaty="att", reader=OPERATOR).audiences
    assert f"person:{others}" not in {audience.audience for audience in offered}


def test_what_is_personal_is_released_by_the_administrator_to_a_person_alone(workspace):
    passport = told(workspace, sensitivity=Sensitivity.PERSONAL)
    officer, (champion, _) = the_secretariat(workspace)[0], a_champion(workspace)
    with pytest.raises(NotOnFile):
        to(workspace, f"person:{champion}", passport, reader=eyes(workspace, officer))
    assert "personal_not_for_a_state" in faults(workspace, f"state:{STATE}", passport)
    to(workspace, f"person:{champion}", passport)
    assert passport in seen_by(workspace, champion)
    assert passport not in seen_by(workspace, officer)


def test_book_keeping_and_releases_themselves_are_not_released(workspace):
    fact, (champion, _) = told(workspace), a_champion(workspace)
    said = to(workspace, f"person:{champion}", fact).said
    opened = next(
        f for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts if f.kind == "record_opened"
    )
    for of in (said.id, opened.fact):
        assert "bookkeeping_not_released" in faults(workspace, f"person:{champion}", of)


def test_what_is_public_needs_no_release(workspace):
    signature = next(
        f for f in dossier_view(workspace, STATE, treaty="att", reader=OPERATOR).facts if f.kind == "signature"
    )
    assert "public_already" in faults(workspace, f"person:{a_champion(workspace)[0]}", signature.fact)


def test_what_no_longer_counts_is_not_released(workspace):
    fact, (champion, _) = told(workspace), a_champion(workspace)
    file(workspace, STATE, "correction", "2022-06-02", annuls=(fact,))
    assert "no_longer_counts" in faults(workspace, f"person:{champion}", fact)


def test_every_fault_is_named_at_once(workspace):
    said = faults(workspace, "state:PHL", told(workspace, "government:letter"))
    assert said == ("released_to_another_state", "told_by_the_state_itself", "consent_wanted")


def test_only_a_release_is_taken_back_here(workspace):
    with pytest.raises(NotAdmitted, match="not_a_release"):
        back(workspace, told(workspace))


def test_a_release_is_not_annulled_as_a_fact_filed_by_mistake(workspace):
    said = to(workspace, f"person:{a_champion(workspace)[0]}", told(workspace)).said
    with pytest.raises(NotAdmitted, match="bookkeeping_not_annulled"):
        file(workspace, STATE, "correction", "2022-06-02", annuls=(said.id,))


def test_a_fact_of_another_state_is_not_on_this_file(workspace):
    elsewhere = file(workspace, "PHL", "signal", "2022-06-01", "statement").fact.id
    with pytest.raises(NotOnFile):
        to(workspace, f"person:{a_champion(workspace)[0]}", elsewhere)


def test_nothing_is_released_to_the_secretariat_which_would_outlast_its_mandate(workspace):
    fact, (officer, _) = told(workspace), the_secretariat(workspace)
    for reader in (OPERATOR, eyes(workspace, officer)):
        assert "secretariat_reads_already" in faults(workspace, f"person:{officer}", fact, reader=reader)
