"""The rules of an appointment as tables: what is asked, what comes of it, and every fault said at once."""

from datetime import date

import pytest

from casework.people.appointments import Appointment, Circumstances, examine
from pathways.grammar.roles import Role
from pathways.grammar.stages import LegalStatus
from sources.states import load_register

FROM, UNTIL = date(2026, 7, 24), date(2027, 8, 27)
NOTE = "Note verbale 34/2026"
REGIONS = {
    "NAM": ("Africa", "African States"),
    "AGO": ("Africa", "African States"),
    "SWZ": ("Africa", "African States"),
    "KHM": ("Asia", "Asia-Pacific States"),
    "AUS": ("Oceania", "Western European and other States"),
    "FJI": ("Oceania", "Asia-Pacific States"),
    "VAT": ("", ""),
}
STATUS = {"NAM": LegalStatus.STATE_PARTY, "AUS": LegalStatus.STATE_PARTY, "KHM": LegalStatus.SIGNATORY}


def examined(role, of, *, coordinators=(), **said):
    there = Circumstances(
        register=load_register(), regions=REGIONS, legal_status=STATUS.get, coordinators=frozenset(coordinators)
    )
    return examine(Appointment(role=role, of=of, treaty="att", **{"from_": FROM, **said}), there)


def champion(of="NAM", **said):
    return ("champion", of, {"region": "Africa", "consent": NOTE, **said})


def coordinator(of="NAM", **said):
    return ("coordinator", of, {"region": "Africa", "until": UNTIL, **said})


# What is asked; what is written of it: of whom, scheme, region, States.
GIVEN = {
    "a champion of its region": (champion(), ("NAM", "att_region", "Africa", ())),
    "by the State's name": (champion("Namibia"), ("NAM", "att_region", "Africa", ())),
    "the region in another case and with space": (
        champion(region=" aFRICA "),
        ("NAM", "att_region", "Africa", ()),
    ),
    "a group of the United Nations": (
        champion(region="African States"),
        ("NAM", "un_regional_group", "African States", ()),
    ),
    "a region where its scheme is named": (
        champion("AUS", region="oceania", scheme="att_region"),
        ("AUS", "att_region", "Oceania", ()),
    ),
    "listed States": (champion(region=None, states=("AGO",)), ("NAM", "att_region", "", ("AGO",))),
    "listed States, one by name and named twice": (
        champion(region=None, states=("AGO", "Eswatini", "Angola")),
        ("NAM", "att_region", "", ("AGO", "SWZ")),
    ),
    "listed States of a group of the United Nations": (
        champion("AUS", region=None, states=("AUS",), scheme="un_regional_group"),
        ("AUS", "un_regional_group", "", ("AUS",)),
    ),
    "a coordinator": (coordinator(), ("NAM", "att_region", "Africa", ())),
    "a coordinator that is no State Party": (
        coordinator("KHM", region="Asia"),
        ("KHM", "att_region", "Asia", ()),
    ),
    "a contact": (("contact", "KHM", {}), ("KHM", "", "", ())),
    "an organ": (("chair", " Working Group ", {}), ("Working Group", "", "", ())),
    "the Secretariat": (("secretariat", "ATT Secretariat", {}), ("ATT Secretariat", "", "", ())),
    "a State in the presidency": (("president", "Namibia", {}), ("NAM", "", "", ())),
    "a term of one day": (champion(until=FROM), ("NAM", "att_region", "Africa", ())),
    "an organisation of States in the chair": (("chair", "European Union", {}), ("European Union", "", "", ())),
}


@pytest.mark.parametrize(("asked", "written"), GIVEN.values(), ids=GIVEN)
def test_an_appointment_by_the_rules_is_written_as_asked(asked, written):
    role, of, said = asked
    terms = examined(role, of, **said)
    assert (terms.faults, terms.says) == ([], [])
    assert (terms.role, (terms.of, terms.scheme, terms.region, terms.states)) == (Role(role), written)


# What is asked; what is wrong with it, in this order.
NOT_GIVEN = {
    "no such role": (("ambassador", "NAM", {}), ["no_such_role"]),
    "nobody named": (("contact", "  ", {}), ["choose_a_state"]),
    "nobody named as an organ": (("chair", "  ", {}), ["name_not_a_line"]),
    "an organ of two lines": (("secretariat", "The\nSecretariat", {}), ["name_not_a_line"]),
    "an organ's name without end": (("secretariat", "S" * 121, {}), ["name_not_a_line"]),
    "an organ as contact": (("contact", "Control Arms", {}), ["role_of_a_state"]),
    "an organisation of States as champion": (champion("European Union"), ["role_of_a_state"]),
    "an organ as coordinator": (coordinator("ATT Secretariat"), ["role_of_a_state"]),
    "a contact of more than its own State": (("contact", "KHM", {"states": ("AGO",)}), ["role_of_its_own_state"]),
    "a president of a region": (("president", "NAM", {"region": "Africa"}), ["role_of_every_state"]),
    "region and States": (champion(states=("AGO",)), ["region_or_states"]),
    "neither region nor States": (champion(region=None), ["say_region_or_states"]),
    "an unknown scheme": (champion(scheme="continents"), ["no_such_scheme"]),
    "an unknown region": (champion(region="Narnia"), ["no_region_here"]),
    "a group under the other scheme": (
        champion(region="African States", scheme="att_region"),
        ["no_region_here"],
    ),
    "an unknown State in the list": (champion(region=None, states=("AGO", "Neverland")), ["name_of_no_state_nearest"]),
    "a term that ends before it begins": (champion(until=date(2026, 7, 23)), ["term_ends_before_it_begins"]),
    "no consent": (champion(consent=None), ["champion_without_consent"]),
    "a consent of nothing": (champion(consent="  "), ["champion_without_consent"]),
    "a consent of two lines": (champion(consent="1\n2"), ["consent_not_a_line"]),
    "a consent without end": (champion(consent="1" * 121), ["consent_not_a_line"]),
    "a signatory as champion": (champion("KHM", region="Asia"), ["champion_no_party"]),
    "a champion not on file": (champion("FJI", region="Oceania"), ["champion_not_on_file"]),
    "another region": (champion(region="Asia"), ["champion_of_another_region"]),
    "another group of the United Nations": (
        champion("AUS", region="Asia-Pacific States"),
        ["champion_of_another_region"],
    ),
    "listed States of elsewhere": (
        champion(region=None, states=("AGO", "KHM", "FJI")),
        ["champion_of_strangers"],
    ),
    "listed States of another group of the United Nations": (
        champion("AUS", region=None, states=("AUS", "FJI"), scheme="un_regional_group"),
        ["champion_of_strangers"],
    ),
    "a champion of no region": (
        champion("VAT", region=None, states=("AGO",)),
        ["champion_not_on_file", "champion_of_no_region_of_strangers"],
    ),
    "a champion of no region for another of none": (
        champion("VAT", region=None, states=("VAT",)),
        ["champion_not_on_file", "champion_of_no_region_of_strangers"],
    ),
    "everything at once": (
        champion("KHM", states=("AGO",), until=date(2026, 1, 1), consent=None),
        [
            "region_or_states",
            "term_ends_before_it_begins",
            "champion_without_consent",
            "champion_no_party",
            "champion_of_another_region",
            "champion_of_strangers",
        ],
    ),
}


@pytest.mark.parametrize(("asked", "codes"), NOT_GIVEN.values(), ids=NOT_GIVEN)
def test_an_appointment_against_the_rules_is_answered_with_every_reason(asked, codes):
    role, of, said = asked
    assert [fault.code for fault in examined(role, of, **said).faults] == codes


def test_a_coordinator_is_no_champion_for_that_alone():
    alone = examined("champion", "NAM", region="Africa", coordinators={"NAM"}).faults
    assert [fault.code for fault in alone] == ["champion_without_consent", "coordinator_is_no_champion"]
    assert examined("champion", "NAM", region="Africa", consent=NOTE, coordinators={"NAM"}).faults == []
    assert len(examined("champion", "NAM", region="Africa", coordinators={"AGO"}).faults) == 1


SAID = {
    "no last day": (coordinator(until=None), ["coordinator_without_a_last_day"]),
    "of another region": (coordinator("KHM"), ["coordinator_of_another_region"]),
    "of another group": (coordinator("AUS", region="Asia-Pacific States"), ["coordinator_of_another_region"]),
    "both": (coordinator("KHM", until=None), ["coordinator_without_a_last_day", "coordinator_of_another_region"]),
    "of its own group": (coordinator("FJI", region="Asia-Pacific States"), []),
    "listed States of elsewhere": (coordinator("KHM", region=None, states=("AGO",)), []),
    "a champion without a last day": (champion(until=None), []),
}


@pytest.mark.parametrize(("asked", "codes"), SAID.values(), ids=SAID)
def test_a_coordinator_is_given_what_is_worth_knowing_besides(asked, codes):
    role, of, said = asked
    terms = examined(role, of, **said)
    assert terms.faults == []
    assert [remark.code for remark in terms.says] == codes


def test_a_mandate_is_written_with_its_term_and_its_consent_without_space_around():
    asked = Appointment(
        role="champion", of="Namibia", from_=FROM, until=UNTIL, states=("AGO", "SWZ"), consent=f" {NOTE} ", treaty="att"
    )
    there = Circumstances(register=load_register(), regions=REGIONS, legal_status=STATUS.get, coordinators=frozenset())
    assert examine(asked, there).row(asked) == {
        "role": "champion",
        "of": "NAM",
        "of_state": True,
        "treaty": "att",
        "scheme": "att_region",
        "region": "",
        "states": "AGO,SWZ",
        "starts_on": FROM,
        "ends_on": UNTIL,
        "consent": NOTE,
    }


def test_an_organ_is_written_as_no_state():
    asked = Appointment(role="chair", of="Working Group", from_=FROM, treaty="att")
    there = Circumstances(register=load_register(), regions=REGIONS, legal_status=STATUS.get, coordinators=frozenset())
    row = examine(asked, there).row(asked)
    assert (row["of"], row["of_state"], row["states"], row["consent"]) == ("Working Group", False, "", None)
