"""A State's acts in one table can be true together, by the treaty's own rules, or are named with their row."""

from dataclasses import replace

import pytest

from casework.depositary.plausibility import implausible
from pathways.grammar.dates import PartialDate
from pathways.grammar.stages import Instrument
from sources.participation import Act, ActKind
from tests.builders import ATT, STATE, a_day

TODAY = a_day("2026-07-24")
SIGNATURE, DEPOSIT, PROVISIONALLY = ActKind.SIGNATURE, ActKind.DEPOSIT, ActKind.PROVISIONAL_APPLICATION


def acts_of(*given):
    """Make one act of each (kind, date, instrument or none), in rows from 2."""
    return [
        Act(
            state=STATE,
            kind=kind,
            effective=PartialDate.parse(on),
            row=row,
            instrument=Instrument(instrument[0]) if instrument else None,
        )
        for row, (kind, on, *instrument) in enumerate(given, start=2)
    ]


def faults(acts, today=TODAY):
    return [(fault.row, fault.why.code) for fault in implausible(ATT, "Cambodia", acts, today)]


CAN_BE = {
    "nothing at all": (),
    "a signature": ((SIGNATURE, "2013-10-18"),),
    "a signatory ratifies": ((SIGNATURE, "2013-10-18"), (DEPOSIT, "2014-04-02", "ratification")),
    "the deposit stands above the signature": ((DEPOSIT, "2014-04-02", "approval"), (SIGNATURE, "2013-10-18")),
    "another State accedes": ((DEPOSIT, "2015-01-05", "accession"),),
    "on the day of entry into force": ((DEPOSIT, "2014-12-24", "accession"),),
    "signed and deposited within a year we know no better": ((SIGNATURE, "2013"), (DEPOSIT, "2013", "acceptance")),
    "applied provisionally from the deposit": (
        (SIGNATURE, "2013-06-03"),
        (DEPOSIT, "2014-04-02", "ratification"),
        (PROVISIONALLY, "2014-04-02"),
    ),
    "applied provisionally from the signature": ((SIGNATURE, "2013-06-03"), (PROVISIONALLY, "2013-06-03")),
    "tomorrow, where the depositary's day is ahead of ours": ((DEPOSIT, "2026-07-25", "accession"),),
}


@pytest.mark.parametrize("given", CAN_BE.values(), ids=CAN_BE)
def test_acts_that_can_be_true_together_are_believed(given):
    assert faults(acts_of(*given)) == []


# What is given; the rows at fault, and the code of what is wrong with each.
CANNOT_BE = {
    "a signatory does not accede, and who acceded did not sign": (
        ((SIGNATURE, "2013-10-18"), (DEPOSIT, "2015-01-05", "accession")),
        [(2, "signature_of_a_state_that_acceded"), (3, "signatory_does_not_accede")],
    ),
    "who did not sign does not ratify": (
        ((DEPOSIT, "2015-01-05", "ratification"),),
        [(2, "not_signed_so_accedes")],
    ),
    "nobody accedes before the entry into force": (
        ((DEPOSIT, "2014-12-23", "accession"),),
        [(2, "accession_before_entry_into_force")],
    ),
    "nobody deposits before it signed": (
        ((SIGNATURE, "2013-10-18"), (DEPOSIT, "2013-10-17", "ratification")),
        [(3, "deposit_before_signature")],
    ),
    "nobody signs after it closed": (
        ((SIGNATURE, "2014-12-25"),),
        [(2, "signature_out_of_time")],
    ),
    "nobody signs before it opened": (
        ((SIGNATURE, "2013-06-02"),),
        [(2, "fact_before_the_treaty"), (2, "signature_out_of_time")],
    ),
    "nothing is applied provisionally on another day": (
        ((SIGNATURE, "2013-10-18"), (PROVISIONALLY, "2014-01-01")),
        [(3, "provisional_application_at_no_act")],
    ),
    "nothing is applied provisionally without an act": (
        ((PROVISIONALLY, "2014-01-01"),),
        [(2, "provisional_application_without_act")],
    ),
    "nothing has happened the day after tomorrow": (
        ((DEPOSIT, "2026-07-26", "accession"),),
        [(2, "fact_in_the_future")],
    ),
}


@pytest.mark.parametrize(("given", "expected"), CANNOT_BE.values(), ids=CANNOT_BE)
def test_an_act_that_cannot_be_is_named_with_its_row(given, expected):
    assert sorted(faults(acts_of(*given))) == sorted(expected)


def test_what_the_depositary_shows_in_brackets_is_not_measured():
    [signature] = acts_of((SIGNATURE, "2013-06-02"))
    in_brackets = Act(state=STATE, kind=SIGNATURE, effective=signature.effective, row=2, in_brackets=True)
    assert faults([signature]) != []
    assert faults([in_brackets]) == []


def test_a_kind_of_act_that_the_treaty_does_not_know_is_refused():
    [told] = acts_of((ActKind.DECLARATION_NOT_TO_JOIN, "2000"))
    others = tuple(kind for kind in ATT.kinds if kind.name != ActKind.DECLARATION_NOT_TO_JOIN)
    assert implausible(ATT, "Cambodia", [told], TODAY) != []
    [fault] = implausible(replace(ATT, kinds=others), "Cambodia", [told], TODAY)
    assert fault.why.code == "act_unknown_to_treaty"


def test_a_fault_names_the_state_as_the_reader_knows_it():
    [fault] = implausible(ATT, "Cambodia", acts_of((DEPOSIT, "2015-01-05", "ratification")), TODAY)
    assert fault.why.values["state"] == "Cambodia"
