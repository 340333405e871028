"""What may go on file: the treaty's own dates, who may say so, and every fault at once."""

import pytest

from pathways.grammar.admission import Proposed, faults_of
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.builders import ATT, a_deposit, a_dossier, a_fact, a_signature, a_step

TODAY = "2026-03-02"
CN = "C.N.811.2017"
OTHERS = sorted(set(SourceKind) - {SourceKind.DEPOSITARY, SourceKind.RECORD, SourceKind.EXAMPLE})


def faults(kind, on, *known, source=SourceKind.DEPOSITARY, reference=CN, today=TODAY, training=False, **said):
    """Return what speaks against a fact, given what is on file."""
    annuls = said.pop("annuls", ())
    by_hand = said.pop("by_hand", True)
    proposed = Proposed(
        state="Cambodia",
        kind=ATT.kind(kind),
        effective=PartialDate.parse(on),
        source=source,
        reference=reference,
        data=said,
        annuls=annuls,
        by_hand=by_hand,
    )
    return faults_of(ATT, a_dossier(*known, on=today), proposed, training=training)


def sole(found):
    """Return the code of the only thing that speaks against it."""
    assert len(found) == 1, found
    return found[0].code


# Art. 21(1): open for signature from 3 June 2013 until entry into force.


@pytest.mark.parametrize("day", ["2013-06-03", "2014-12-23", "2014-12-24", "2013", "2014-12", "2014"])
def test_a_state_signs_while_the_treaty_is_open_for_signature(day):
    assert faults("signature", day) == ()


@pytest.mark.parametrize("day", ["2014-12-25", "2015-01", "2015", "2024-06-05"])
def test_nobody_signs_after_entry_into_force(day):
    assert sole(faults("signature", day)) == "signature_out_of_time"


@pytest.mark.parametrize("day", ["2013-06-02", "2013-05", "2012"])
def test_nobody_signs_before_the_treaty_opened(day):
    before, window = faults("signature", day)
    assert (before.code, window.code) == ("fact_before_the_treaty", "signature_out_of_time")
    assert (str(window.values["day"]), str(window.values["opened"])) == (day, "2013-06-03")


def test_a_state_that_acceded_has_not_signed():
    assert (
        sole(faults("signature", "2013-10-18", a_deposit("2020-07-29", "accession")))
        == "signature_of_a_state_that_acceded"
    )


# Art. 21(2), (3): a signatory ratifies, accepts or approves; another State accedes, from entry into force.


@pytest.mark.parametrize("instrument", ["ratification", "acceptance", "approval"])
def test_a_signatory_ratifies_accepts_or_approves(instrument):
    assert faults("deposit", "2022-12-02", a_signature(), instrument=instrument) == ()


@pytest.mark.parametrize("instrument", ["accession", "succession"])
def test_a_signatory_does_not_accede(instrument):
    assert sole(faults("deposit", "2022-12-02", a_signature(), instrument=instrument)) == "signatory_does_not_accede"


@pytest.mark.parametrize("instrument", ["accession", "succession"])
def test_a_state_that_has_not_signed_accedes(instrument):
    assert faults("deposit", "2020-07-29", instrument=instrument) == ()


@pytest.mark.parametrize("instrument", ["ratification", "acceptance", "approval"])
def test_a_state_that_has_not_signed_does_not_ratify(instrument):
    assert sole(faults("deposit", "2020-07-29", instrument=instrument)) == "not_signed_so_accedes"


@pytest.mark.parametrize("day", ["2014-12-24", "2014-12", "2014", "2014-12-25"])
def test_accession_is_open_from_the_treatys_entry_into_force(day):
    assert faults("deposit", day, instrument="accession") == ()


@pytest.mark.parametrize("day", ["2014-12-23", "2014-11"])
def test_nobody_accedes_before_the_treaty_is_in_force(day):
    assert sole(faults("deposit", day, instrument="accession")) == "accession_before_entry_into_force"


def test_nobody_deposits_before_signing():
    assert (
        sole(faults("deposit", "2013-10-17", a_signature("2013-10-18"), instrument="ratification"))
        == "deposit_before_signature"
    )
    assert faults("deposit", "2013-10-18", a_signature("2013-10-18"), instrument="ratification") == ()
    assert faults("deposit", "2013-10", a_signature("2013-10-18"), instrument="ratification") == ()


# Art. 23: provisional application is declared at signature or deposit.


@pytest.mark.parametrize("day", ["2013-10-18", "2015-01-30", "2015-01"])
def test_provisional_application_is_declared_at_signature_or_deposit(day):
    assert faults("provisional_application", day, a_signature("2013-10-18"), a_deposit("2015-01-30")) == ()


def test_provisional_application_is_not_declared_in_between():
    known = (a_signature("2013-10-18"), a_deposit("2015-01-30"))
    assert sole(faults("provisional_application", "2014-06-03", *known)) == "provisional_application_at_no_act"
    assert sole(faults("provisional_application", "2014-06-03")) == "provisional_application_without_act"


# Art. 24: only who has deposited withdraws.


def test_only_a_state_with_an_instrument_withdraws():
    assert sole(faults("withdrawal", "2024-01-15", a_signature())) == "nothing_to_withdraw"
    known = (a_signature(), a_deposit("2020-01-10"))
    assert faults("withdrawal", "2024-01-15", *known) == ()
    assert sole(faults("withdrawal", "2020-01-09", *known)) == "withdrawal_before_deposit"


# A fact is filed once it has happened, and no sooner than the treaty opened.


def test_a_future_day_begins_after_tomorrow():
    sources = {"source": SourceKind.STATEMENT, "reference": "note"}
    assert faults("signal", "2026-03-02", **sources) == ()
    assert faults("signal", "2026-03-03", **sources) == ()
    assert sole(faults("signal", "2026-03-04", **sources)) == "fact_in_the_future"


@pytest.mark.parametrize("on", ["2026-03", "2026"])
def test_a_month_or_year_that_has_begun_is_not_the_future(on):
    assert faults("signal", on, source=SourceKind.STATEMENT) == ()


def test_a_month_still_to_come_is_the_future():
    assert sole(faults("signal", "2026-04", source=SourceKind.STATEMENT)) == "fact_in_the_future"


def test_nothing_is_older_than_the_treaty():
    assert sole(faults("signal", "2013-06-02", source=SourceKind.STATEMENT)) == "fact_before_the_treaty"
    assert faults("signal", "2013-06-03", source=SourceKind.STATEMENT) == ()
    assert faults("signal", "2013", source=SourceKind.STATEMENT) == ()


# Who may say so: that an instrument was deposited is the depositary's word alone (art. 21(4), 27).


@pytest.mark.parametrize("act", ["signature", "deposit", "provisional_application", "withdrawal"])
@pytest.mark.parametrize("source", OTHERS)
def test_only_the_depositarys_word_makes_an_act(act, source):
    """Ghana 2015: the press said “ratified”, and no instrument lay with the depositary."""
    found = faults(act, "2013-10-18", source=source, instrument="ratification")
    (counts,) = [one for one in found if one.code == "source_does_not_count"]
    assert (counts.field, counts.values["source"], counts.values["accepted"]) == ("source", source, ("depositary",))


@pytest.mark.parametrize(
    "reference", ["", "somewhere", "C.N.2017", "C.N.811", "C.N.811.2017 and more", "C.N.811.2017\n"]
)
def test_a_depositary_act_filed_by_hand_needs_the_number_of_the_notification(reference):
    assert sole(faults("signature", "2013-10-18", reference=reference)) == "depositary_notification_wanted"


@pytest.mark.parametrize("reference", ["C.N.811.2017", "CN 811.2017", "c.n.266.2013.TREATIES-XXVI-8"])
def test_the_number_of_a_notification_may_be_written_as_people_write_it(reference):
    assert faults("signature", "2013-10-18", reference=reference) == ()


def test_the_press_proves_nothing_that_a_state_did_at_home():
    (said,) = faults("parliamentary_approval", "2024-01-10", source=SourceKind.PRESS)
    assert said.code == "source_does_not_count"
    assert said.values["accepted"][:2] == ("court", "gazette")


def test_an_example_belongs_into_a_training_record():
    said = sole(faults("signal", "2024-01-10", source=SourceKind.EXAMPLE))
    assert said == "example_in_a_real_record"
    assert faults("signal", "2024-01-10", source=SourceKind.EXAMPLE, training=True) == ()


def test_what_the_program_writes_is_not_filed_by_hand():
    said = sole(faults("step", "2024-01-10", source=SourceKind.ASSESSMENT))
    assert said == "not_filed_by_hand"
    assert sole(faults("signal", "2024-01-10", source=SourceKind.RECORD)) == "record_is_no_source"


# What may be annulled.


def test_the_depositarys_word_is_not_annulled_by_ours():
    (deposit,) = a_dossier(a_deposit("2020-07-29", "accession"), on=TODAY).proofs("deposit")
    said = faults("correction", TODAY, deposit, source=SourceKind.ASSESSMENT, annuls=(deposit,))
    assert sole(said) == "depositarys_word_not_annulled"


def test_an_act_of_the_bundled_record_is_the_depositarys_word_too():
    (deposit,) = a_dossier(a_deposit("2020-07-29", "accession", source=SourceKind.RECORD), on=TODAY).proofs("deposit")
    said = faults("correction", TODAY, deposit, source=SourceKind.ASSESSMENT, annuls=(deposit,))
    assert sole(said) == "depositarys_word_not_annulled"


def test_an_unconfirmed_act_filed_by_hand_may_be_taken_back():
    (deposit,) = a_dossier(a_deposit("2020-07-29", "accession", unconfirmed=("deposit_date",)), on=TODAY).in_force
    assert faults("correction", TODAY, deposit, source=SourceKind.ASSESSMENT, annuls=(deposit,)) == ()


@pytest.mark.parametrize(("cause", "said"), [("ruling", {"ruling_number": "1"}), ("setback", {"cause": "dissolution"})])
def test_nothing_at_home_undoes_an_act_before_the_depositary_confirmed_or_not(cause, said):
    signature = a_signature(unconfirmed=("signature_date",))
    found = faults(cause, "2024-01-10", signature, source=SourceKind.GOVERNMENT, annuls=(signature,), **said)
    assert "act_not_undone_at_home" in [one.code for one in found]


@pytest.mark.parametrize("kind", ["correction", "route", "tier_set"])
def test_what_was_a_mistake_is_no_matter_of_a_court(kind):
    said = {"route": {"route": "T2"}, "tier_set": {"tier": "2"}}.get(kind, {})
    ours = a_fact(kind, "2024-01-10", source=SourceKind.ASSESSMENT, **said)
    found = faults("ruling", "2024-02-10", ours, source=SourceKind.COURT, annuls=(ours,), ruling_number="1")
    assert sole(found) == "taken_back_by_a_correction_alone"
    assert faults("correction", "2024-02-10", ours, source=SourceKind.ASSESSMENT, annuls=(ours,)) == ()


def test_a_step_is_taken_back_by_a_step_not_annulled():
    taken = a_step("voice_interest", "2024-01-10")
    said = sole(faults("correction", TODAY, taken, source=SourceKind.ASSESSMENT, annuls=(taken,)))
    assert said == "step_not_annulled"


@pytest.mark.parametrize(
    ("kind", "said"), [("ruling", {"ruling_number": "C-1"}), ("setback", {"cause": "dissolution"})]
)
def test_after_deposit_no_ruling_undoes_a_step(kind, said):
    law = a_fact("parliamentary_approval", "2020-01-10", id="law", law_number="1782")
    known = (a_signature(), law, a_deposit("2021-01-10"))
    source = SourceKind.COURT if kind == "ruling" else SourceKind.NOTE_VERBALE
    assert sole(faults(kind, "2021-02-10", *known, source=source, annuls=(law,), **said)) == "not_undone_after_deposit"
    assert faults(kind, "2021-02-10", a_signature(), law, source=source, annuls=(law,), **said) == ()


def test_every_fault_is_said_at_once():
    found = faults(
        "deposit", "2026-05-01", a_signature(), source=SourceKind.PRESS, reference="", instrument="accession"
    )
    assert len(found) == 3, found


def test_the_future_is_counted_from_the_records_own_day():
    assert faults("signal", "2022-06-22", source=SourceKind.STATEMENT, today="2022-06-21") == ()
    (said,) = faults("signal", "2022-06-22", source=SourceKind.STATEMENT, today="2022-06-20")
    assert str(said.values["today"]) == "2022-06-20"
