"""A mandate is given by the rules, all of them said at once: consent, membership, region, term (B15, E3.4, E3.6)."""

from datetime import date

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.people.appointments import Appointment
from casework.people.mandates import NotAppointed, add_mandate, end_mandate
from casework.people.people_list import mandate_list
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.refusals import remark
from pathways.grammar.roles import Role, every_role
from tests.appointments import a_coordinator, a_mandate, due, put_everything_off

TODAY = date(2026, 7, 24)
CONSENT = "Note verbale 34/2026"


@pytest.fixture
def workspace(record):
    return record


def asked(role, of, **said):
    return Appointment(role=role, of=of, **{"from_": TODAY, "treaty": "att", **said})


def faults(workspace, role, of, **said):
    with pytest.raises(NotAppointed) as refused:
        add_mandate(workspace, asked(role, of, **said), reader=OPERATOR)
    assert mandate_list(workspace, treaty="att", reader=OPERATOR) == () or role == "champion"
    return refused.value.refusals


def codes(workspace, role, of, **said):
    return [fault.code for fault in faults(workspace, role, of, **said)]


def test_a_state_party_becomes_champion_of_its_own_region_by_its_own_consent(workspace):
    given = add_mandate(workspace, asked("champion", "Namibia", region="africa", consent=CONSENT), reader=OPERATOR)
    [view] = mandate_list(workspace, treaty="att", reader=OPERATOR)
    assert (view.mandate, view.role, view.of, view.scope) == (given.mandate, "champion", "NAM", "Africa")
    assert (view.from_, view.until, view.consent) == (TODAY, None, CONSENT)


def test_no_state_is_champion_without_its_note_verbale(workspace):
    assert codes(workspace, "champion", "NAM", region="Africa") == ["champion_without_consent"]
    assert codes(workspace, "champion", "NAM", region="Africa", consent="   ") == ["champion_without_consent"]


@pytest.mark.parametrize(
    ("of", "region", "words"),
    [("KHM", "Asia", "signatory"), ("IND", "Asia", "non-signatory"), ("USA", "Americas", "signatory")],
)
def test_who_is_not_a_state_party_is_no_champion(workspace, of, region, words):
    [fault] = faults(workspace, "champion", of, region=region, consent=CONSENT)
    assert (fault.code, fault.values["status"], fault.values["day"]) == ("champion_no_party", words, TODAY)


def test_membership_counts_on_the_first_day_of_the_term(workspace):
    """The Philippines deposited on 24 March 2022 and is bound from 22 June."""
    said = {"region": "Asia", "consent": CONSENT}
    [fault] = faults(workspace, "champion", "PHL", from_=date(2022, 6, 21), **said)
    assert (fault.code, fault.values["status"]) == ("champion_no_party", "deposited")
    assert add_mandate(workspace, asked("champion", "PHL", from_=date(2022, 6, 22), **said), reader=OPERATOR).mandate


def test_a_champion_serves_its_own_region_and_no_other(workspace):
    [fault] = faults(workspace, "champion", "NAM", region="Asia", consent=CONSENT)
    assert fault.code == "champion_of_another_region"
    assert fault.values == {"name": "Namibia", "own": "Africa", "region": "Asia"}
    [fault] = faults(workspace, "champion", "NAM", region="Asia-Pacific States", consent=CONSENT)
    assert fault.values == {"name": "Namibia", "own": "African States", "region": "Asia-Pacific States"}


def test_listed_states_are_of_the_champions_own_region(workspace):
    unknown, stranger = faults(workspace, "champion", "NAM", states=("Angola", "KHM", "Neverland"), consent=CONSENT)
    assert "“Neverland”" in sentence(unknown)
    assert (unknown.field, stranger.field, stranger.values["states"]) == ("states", "states", ("KHM",))
    [fault] = faults(workspace, "champion", "NAM", states=("Angola", "KHM", "IDN"), consent=CONSENT)
    assert sentence(fault).endswith("Namibia is of Africa, and KHM, IDN not.")
    given = add_mandate(
        workspace, asked("champion", "NAM", states=("Angola", "AGO", "Eswatini"), consent=CONSENT), reader=OPERATOR
    )
    assert [m.scope for m in mandate_list(workspace, treaty="att", reader=OPERATOR) if m.mandate == given.mandate] == [
        "AGO,SWZ"
    ]


def test_a_regional_group_of_the_united_nations_is_a_scope_too(workspace):
    given = add_mandate(
        workspace,
        asked("champion", "AUS", region="western european and other states", consent=CONSENT),
        reader=OPERATOR,
    )
    assert mandate_list(workspace, treaty="att", reader=OPERATOR)[0].scope == "Western European and other States"
    assert given.says == ()


def test_a_coordinator_is_not_made_champion_without_its_own_consent(workspace):
    a_coordinator(workspace, "NAM", "Africa")
    said = codes(workspace, "champion", "NAM", region="Africa")
    assert said == ["champion_without_consent", "coordinator_is_no_champion"]
    assert add_mandate(workspace, asked("champion", "NAM", region="Africa", consent=CONSENT), reader=OPERATOR).mandate


def test_everything_wrong_with_a_champion_is_said_at_once(workspace):
    assert codes(workspace, "champion", "Cambodia", region="Africa", until=date(2026, 1, 1)) == [
        "term_ends_before_it_begins",
        "champion_without_consent",
        "champion_no_party",
        "champion_of_another_region",
    ]


def test_an_unknown_role_region_or_state_is_answered_with_what_there_is(workspace):
    [fault] = faults(workspace, "ambassador", "NAM")
    assert ", ".join(every_role()) in sentence(fault)
    [fault] = faults(workspace, "coordinator", "NAM", region="Narnia")
    assert fault.values["regions"] == ("Africa", "Americas", "Asia", "Europe", "Oceania")
    assert "African States" in fault.values["groups"]
    [fault] = faults(workspace, "coordinator", "Namibai", region="Africa")
    assert (fault.code, fault.field) == ("role_of_a_state", "of")
    assert "Namibia (NAM)" in sentence(fault)
    [fault] = faults(workspace, "coordinator", "NAM", region="Africa", scheme="continents")
    assert fault.values["schemes"] == ("att_region", "un_regional_group")


@pytest.mark.parametrize("role", ["secretariat", "president", "chair"])
def test_an_organ_serves_every_state(workspace, role):
    assert codes(workspace, role, "ATT Secretariat", region="Africa") == ["role_of_every_state"]
    add_mandate(workspace, asked(role, "ATT Secretariat"), reader=OPERATOR)
    assert mandate_list(workspace, treaty="att", reader=OPERATOR)[0].scope == "every State"
    assert mandate_list(workspace, treaty="att", reader=OPERATOR)[0].of == "ATT Secretariat"


def test_a_state_may_hold_the_presidency(workspace):
    add_mandate(workspace, asked("president", "Republic of Korea"), reader=OPERATOR)
    assert (
        mandate_list(workspace, treaty="att", reader=OPERATOR)[0].of,
        mandate_list(workspace, treaty="att", reader=OPERATOR)[0].name,
    ) == (
        "KOR",
        "Republic of Korea",
    )


@pytest.mark.parametrize("role", ["president", "coordinator"])
def test_a_name_by_which_two_states_are_called_is_neither_of_them_and_no_organ(workspace, role):
    assert codes(workspace, role, "Congo", region="Africa")[0] == "name_of_several_states"


def test_a_contact_is_a_states_own_and_serves_it_alone(workspace):
    assert codes(workspace, "contact", "Control Arms") == ["role_of_a_state"]
    assert codes(workspace, "contact", "KHM", states=("LAO",)) == ["role_of_its_own_state"]
    add_mandate(workspace, asked("contact", "KHM"), reader=OPERATOR)
    assert mandate_list(workspace, treaty="att", reader=OPERATOR)[0].scope == "KHM"


@pytest.mark.parametrize("of", ["ATT Secretariat", "European Union"])
@pytest.mark.parametrize("role", ["coordinator", "champion"])
def test_no_organ_is_coordinator_or_champion(workspace, role, of):
    assert codes(workspace, role, of, region="Africa", consent=CONSENT) == ["role_of_a_state"]


def test_a_coordinator_has_a_scope_and_is_told_that_its_term_ends_with_the_bureaus(workspace):
    assert codes(workspace, "coordinator", "NAM") == ["say_region_or_states"]
    assert codes(workspace, "coordinator", "NAM", region="Africa", states=("AGO",)) == ["region_or_states"]
    [said] = add_mandate(workspace, asked("coordinator", "NAM", region="Africa"), reader=OPERATOR).says
    assert said == remark("coordinator_without_a_last_day")
    until = date(2026, 8, 28)
    assert (
        add_mandate(workspace, asked("coordinator", "PRY", region="Americas", until=until), reader=OPERATOR).says == ()
    )
    [said] = add_mandate(workspace, asked("coordinator", "JPN", region="Oceania", until=until), reader=OPERATOR).says
    assert said == remark("coordinator_of_another_region", name="Japan", region="Oceania")


def test_references_and_organs_are_one_line(workspace):
    assert codes(workspace, "secretariat", "The\nSecretariat") == ["name_not_a_line"]
    assert codes(workspace, "champion", "NAM", region="Africa", consent="1\n2") == ["consent_not_a_line"]


def test_the_same_mandate_asked_for_twice_is_given_once(workspace):
    first = add_mandate(workspace, asked("champion", "NAM", region="Africa", consent=CONSENT), reader=OPERATOR)
    again = add_mandate(workspace, asked("champion", "namibia", region="AFRICA", consent=CONSENT), reader=OPERATOR)
    assert (again.mandate, again.says) == (first.mandate, (remark("mandate_on_file_already"),))
    assert len(mandate_list(workspace, treaty="att", reader=OPERATOR)) == 1


def test_a_mandate_given_or_ended_lets_the_sweep_look_at_the_states_in_its_scope_alone(workspace):
    put_everything_off(workspace)
    mandate = a_mandate(workspace, "champion", "NAM", states=("AGO", "COM"), from_=TODAY)
    assert due(workspace) == {"AGO", "COM"}
    put_everything_off(workspace)
    end_mandate(workspace, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    assert due(workspace) == {"AGO", "COM"}
    put_everything_off(workspace)
    a_mandate(workspace, "chair", "Working Group on Treaty Universalization")
    assert len(due(workspace)) == 197


def test_a_refused_mandate_leaves_the_dossiers_alone(workspace):
    put_everything_off(workspace)
    faults(workspace, "champion", "NAM", region="Africa")
    assert due(workspace) == set()


def test_a_mandate_ends_from_the_day_named_once_and_within_its_term(workspace):
    mandate = a_mandate(workspace, "coordinator", "NAM", region="Africa", from_=TODAY, until=date(2026, 8, 28))
    for day, code in (
        (date(2026, 7, 1), "mandate_ends_before_it_begins"),
        (date(2026, 9, 1), "mandate_ends_by_itself"),
    ):
        with pytest.raises(NotAppointed, match=code):
            end_mandate(workspace, mandate, on=day, reader=OPERATOR, treaty=None)
    end_mandate(workspace, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    assert mandate_list(workspace, treaty="att", reader=OPERATOR)[0].in_term is False
    assert mandate_list(workspace, treaty="att", reader=OPERATOR)[0].until == TODAY
    again = end_mandate(workspace, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    assert again.says == (remark("mandate_ended_so_already", day=TODAY),)
    with pytest.raises(NotAppointed, match="mandate_ended_already"):
        end_mandate(workspace, mandate, on=date(2026, 8, 1), reader=OPERATOR, treaty=None)


def test_an_end_that_has_not_come_yet_may_be_moved(workspace):
    mandate = a_mandate(workspace, "coordinator", "NAM", region="Africa")
    end_mandate(workspace, mandate, on=date(2026, 9, 1), reader=OPERATOR, treaty=None)
    end_mandate(workspace, mandate, on=date(2026, 8, 1), reader=OPERATOR, treaty=None)
    assert (
        mandate_list(workspace, treaty="att", reader=OPERATOR)[0].until,
        mandate_list(workspace, treaty="att", reader=OPERATOR)[0].in_term,
    ) == (
        date(2026, 8, 1),
        True,
    )


def test_only_the_secretariat_gives_and_ends_mandates(workspace):
    coordinator = Reader.of("person:1", {Role.COORDINATOR: {"NAM"}})
    with pytest.raises(NotYours):
        add_mandate(workspace, asked("champion", "NAM", region="Africa", consent=CONSENT), reader=coordinator)
    mandate = a_mandate(workspace, "champion", "NAM", region="Africa", from_=TODAY)
    with pytest.raises(NotYours):
        end_mandate(workspace, mandate, on=TODAY, reader=coordinator, treaty=None)
    with pytest.raises(NotOnFile, match="no_such_mandate_listed"):
        end_mandate(workspace, 99, on=TODAY, reader=OPERATOR, treaty=None)
