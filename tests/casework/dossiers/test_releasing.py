"""The Secretariat says who else may know a fact, with the consent of a State that told us; and takes it back."""

import pytest

from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.filing import Filing, file_fact
from casework.dossiers.releasing import release, take_back
from casework.operations.audit import verify
from casework.people.ending_holds import end_hold
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import a_champion, a_coordinator, a_person, eyes, held, the_secretariat
from tests.builders import days_pass, file

STATE, NAME = "AGO", "Angola"


@pytest.fixture
def office(training):
    return training


def told(office, source="statement", **said):
    """File something that Angola is said to plan, held in confidence."""
    return file(office, STATE, "signal", "2022-06-01", source, **said).fact.id


def to(office, audience, fact, *, reader=OPERATOR, **said):
    return release(office, STATE, fact, audience=audience, treaty="att", name=NAME, reader=reader, **said)


def back(office, given, reader=OPERATOR):
    return take_back(office, STATE, given, treaty="att", name=NAME, reader=reader)


def seen_by(office, person):
    return {fact.fact for fact in dossier_view(office, STATE, reader=eyes(office, person)).facts}


def faults(office, audience, fact, **said):
    with pytest.raises(NotAdmitted) as refused:
        to(office, audience, fact, **said)
    return " ".join(refused.value.faults)


def test_a_person_who_is_named_reads_the_fact_until_the_release_is_taken_back(office):
    fact, (champion, _) = told(office), a_champion(office)
    other = a_coordinator(office)[0]
    assert fact not in seen_by(office, champion)
    said = to(office, f"person:{champion}", fact).said
    assert fact in seen_by(office, champion)
    assert fact not in seen_by(office, other)
    back(office, said.id)
    assert fact not in seen_by(office, champion)
    assert verify(office).is_sound


def test_a_look_at_what_was_known_before_opens_nothing_that_was_taken_back_since(office):
    fact, (champion, _) = told(office), a_champion(office)
    said = to(office, f"person:{champion}", fact).said
    days_pass(office, "2022-06-21")
    back(office, said.id)
    then = dossier_view(office, STATE, known=PartialDate.parse("2022-06-20").first, reader=eyes(office, champion))
    assert fact not in {seen.fact for seen in then.facts}


def test_a_state_that_is_named_reads_what_others_told_of_it(office):
    fact, (contact, _) = told(office), held(office, "Contact in Luanda", "contact", STATE)
    elsewhere = held(office, "Contact in Manila", "contact", "PHL")[0]
    to(office, f"state:{STATE}", fact)
    assert fact in seen_by(office, contact)
    assert fact not in seen_by(office, elsewhere)


def test_a_release_says_who_released_it_to_whom_and_with_whose_consent(office):
    officer, (champion, _) = the_secretariat(office)[0], a_champion(office)
    fact = told(office, "note_verbale:NV 4/2022")
    to(office, f"person:{champion}", fact, reader=eyes(office, officer), consent="NV 7/2022 of 3 June 2022")
    [seen] = [f for f in dossier_view(office, STATE).facts if f.fact == fact]
    [one] = seen.releases
    assert (one.audience, one.released_by) == (f"person:{champion}", f"person:{officer}")
    assert one.consent == "NV 7/2022 of 3 June 2022"


@pytest.mark.parametrize("source", ["note_verbale:NV 4/2022", "government:letter of 1 June"])
def test_what_the_state_told_us_needs_its_consent(office, source):
    fact, (champion, _) = told(office, source), a_champion(office)
    assert "give the reference of its consent" in faults(office, f"person:{champion}", fact)
    assert "give the reference of its consent" in faults(office, f"person:{champion}", fact, consent="   ")
    assert "one line" in faults(office, f"person:{champion}", fact, consent="NV 7\n8")
    assert "one line" in faults(office, f"person:{champion}", fact, consent="x" * 121)
    assert fact not in seen_by(office, champion)


def test_only_the_secretariat_releases_even_what_somebody_else_filed(office):
    champion, coordinator = a_champion(office)[0], a_coordinator(office)[0]
    filing = Filing(kind="signal", effective=PartialDate.parse("2022-06-01"), source=SourceKind.STATEMENT)
    own = file_fact(office, STATE, filing, treaty="att", name=NAME, reader=eyes(office, champion)).fact.id
    for person in (champion, coordinator, held(office, "Contact", "contact", STATE)[0]):
        with pytest.raises(NotYours):
            to(office, f"person:{coordinator}", own, reader=eyes(office, person))
    said = to(office, f"person:{coordinator}", own).said
    with pytest.raises(NotYours):
        back(office, said.id, reader=eyes(office, champion))


def test_the_same_release_twice_is_one_and_the_same_taking_back_too(office):
    fact, (champion, _) = told(office), a_champion(office)
    once, twice = to(office, f"person:{champion}", fact), to(office, f"person:{champion}", fact)
    assert (once.repeated, twice.repeated, twice.said.id) == (False, True, once.said.id)
    ended, again = back(office, once.said.id), back(office, once.said.id)
    assert (ended.repeated, again.repeated, again.said.id) == (False, True, ended.said.id)
    assert not to(office, f"person:{champion}", fact).repeated
    assert fact in seen_by(office, champion)


@pytest.mark.parametrize("audience", ["", "everybody", "role:champion", "person:", "person:-1", "person:7 or 1=1"])
def test_an_audience_that_is_nobody_is_refused(office, audience):
    assert "Say to whom it is released" in faults(office, audience, told(office))


def test_somebody_without_a_mandate_is_released_nothing(office):
    fact, nobody = told(office), a_person(office, "Somebody")
    assert "holds no mandate" in faults(office, f"person:{nobody}", fact)
    assert "Nobody on file has the number 999" in faults(office, "person:999", fact)


def test_a_release_opens_nothing_to_somebody_whose_mandate_ended(office):
    fact, (champion, mandate) = told(office), a_champion(office)
    to(office, f"person:{champion}", fact)
    end_hold(office, champion, mandate, on=office.today())
    with pytest.raises(NotYours):
        reader_for(office, champion, treaty="att")


def test_another_state_as_a_whole_is_released_nothing(office):
    assert "of another State, name the person" in faults(office, "state:PHL", told(office))


def test_a_state_is_not_released_what_it_told_us(office):
    said = faults(office, f"state:{STATE}", told(office, "note_verbale:NV 4/2022"), consent="NV 5")
    assert said == "Angola told us this itself and reads it already."


def test_an_assessment_of_a_state_reaches_neither_the_state_nor_its_contact(office):
    view = file(office, STATE, "obstacle", "2022-06-01", "assessment", reason="political").fact.id
    contact, (champion, _) = held(office, "Contact", "contact", STATE)[0], a_champion(office)
    assert "not released to Angola" in faults(office, f"state:{STATE}", view)
    assert "not shown to Angola's own contact" in faults(office, f"person:{contact}", view)
    to(office, f"person:{champion}", view)


def test_what_is_personal_is_released_by_the_administrator_to_a_person_alone(office):
    passport = told(office, sensitivity=Sensitivity.PERSONAL)
    officer, (champion, _) = the_secretariat(office)[0], a_champion(office)
    with pytest.raises(NotOnFile):
        to(office, f"person:{champion}", passport, reader=eyes(office, officer))
    assert "never to a State" in faults(office, f"state:{STATE}", passport)
    to(office, f"person:{champion}", passport)
    assert passport in seen_by(office, champion)
    assert passport not in seen_by(office, officer)


def test_book_keeping_and_releases_themselves_are_not_released(office):
    fact, (champion, _) = told(office), a_champion(office)
    said = to(office, f"person:{champion}", fact).said
    opened = next(f for f in dossier_view(office, STATE).facts if f.kind == "record_opened")
    for of in (said.id, opened.fact):
        assert "book-keeping is not released" in faults(office, f"person:{champion}", of)


def test_what_is_public_needs_no_release(office):
    signature = next(f for f in dossier_view(office, STATE).facts if f.kind == "signature")
    assert "is public" in faults(office, f"person:{a_champion(office)[0]}", signature.fact)


def test_what_no_longer_counts_is_not_released(office):
    fact, (champion, _) = told(office), a_champion(office)
    file(office, STATE, "correction", "2022-06-02", annuls=(fact,))
    assert "no longer counts" in faults(office, f"person:{champion}", fact)


def test_every_fault_is_named_at_once(office):
    said = faults(office, "state:PHL", told(office, "government:letter"))
    assert "of another State" in said
    assert "consent" in said


def test_only_a_release_is_taken_back_here(office):
    with pytest.raises(NotAdmitted, match="Only a release is taken back here"):
        back(office, told(office))


def test_a_release_is_not_annulled_as_a_fact_filed_by_mistake(office):
    said = to(office, f"person:{a_champion(office)[0]}", told(office)).said
    with pytest.raises(NotAdmitted, match="book-keeping is not annulled"):
        file(office, STATE, "correction", "2022-06-02", annuls=(said.id,))


def test_a_fact_of_another_state_is_not_on_this_file(office):
    elsewhere = file(office, "PHL", "signal", "2022-06-01", "statement").fact.id
    with pytest.raises(NotOnFile):
        to(office, f"person:{a_champion(office)[0]}", elsewhere)


def test_nothing_is_released_to_the_secretariat_which_would_outlast_its_mandate(office):
    fact, (officer, _) = told(office), the_secretariat(office)
    for reader in (OPERATOR, eyes(office, officer)):
        assert "The Secretariat reads it already" in faults(office, f"person:{officer}", fact, reader=reader)
