"""What a step asks for, one by one: by name as in what is refused."""

from hypothesis import given, settings

from pathways.grammar.journey import missing_for
from pathways.grammar.pathway import By
from pathways.grammar.projection import project
from pathways.grammar.proofs import proofs_for
from tests.builders import ATT, STATE, a_dossier, a_fact, a_signature
from tests.pathways.test_agenda_properties import days, files

PREPARE = ATT.step("prepare_instrument")


@settings(max_examples=150, deadline=None)
@given(files(), days)
def test_a_step_misses_a_proof_if_and_only_if_it_says_so_when_refused(filed, day):
    dossier = project(ATT, STATE, filed, on=day, reader=None)
    for step in ATT.steps:
        proofs, wanting = proofs_for(ATT, dossier, step), missing_for(ATT, dossier, step)
        assert all(proof.is_done for proof in proofs) == (not wanting)
        for proof in proofs:
            named = proof.kind in [one.values.get("kind") for one in wanting]
            assert step.by is not By.PERSON or not proof.kind or proof.is_missing == named


def test_a_proof_on_file_is_named_with_its_fact():
    dossier = a_dossier(a_signature(), a_fact("contact_named", "2024-05-02", ministry="Defence"), on="2024-06-01")
    (proof,) = proofs_for(ATT, dossier, ATT.step("start_drafting"))
    assert (proof.kind, proof.is_done, proof.fact.text("ministry")) == ("contact_named", True, "Defence")


def test_every_proof_of_the_route_is_named_once():
    dossier = a_dossier(a_signature(), on="2024-06-01")
    assert [p.kind for p in proofs_for(ATT, dossier, PREPARE)] == [
        "committee", "gap_analysis", "cabinet_approval", "parliamentary_approval", "instrument_prepared",
        "reservations_checked",
    ]  # fmt: skip


def test_a_proof_that_came_too_early_is_on_file_and_not_done():
    dossier = a_dossier(
        a_signature(),
        a_fact("cabinet_approval", "2024-05"),
        a_fact("parliamentary_approval", "2024-04-30", law_number="7"),
        on="2024-06-01",
    )
    found = {p.kind: p for p in proofs_for(ATT, dossier, PREPARE)}
    late = found["parliamentary_approval"]
    assert (late.is_done, late.is_missing, late.not_before) == (False, False, ("cabinet_approval",))


def test_an_instrument_of_the_wrong_kind_names_those_that_are_open():
    accession = a_fact("instrument_prepared", "2024-05-01", instrument="accession", signed_by="foreign_minister")
    dossier = a_dossier(a_signature(), accession, on="2024-06-01")
    found = {p.kind: p for p in proofs_for(ATT, dossier, PREPARE)}
    assert found["instrument_prepared"].instruments == ("ratification", "acceptance", "approval")


def test_what_nobody_can_file_is_said():
    dossier = a_dossier(a_signature(), a_fact("setback", "2024-05-01", cause="dissolution"), on="2024-06-01")
    (cause, signed) = proofs_for(ATT, dossier, ATT.step("stand_aside"))
    assert cause.is_done
    assert (signed.kind, signed.is_done, signed.is_missing) == ("", False, False)
    assert signed.says.code == "signature_stands"
