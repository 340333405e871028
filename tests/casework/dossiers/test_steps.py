"""A person takes a step: dated when it was taken, with its proofs, and never before the last one."""

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.steps import take_step
from casework.record.audit import verify
from pathways.grammar.clearance import OPERATOR, Reader, Sensitivity
from pathways.grammar.journey import NotTaken
from pathways.grammar.roles import Role
from pathways.grammar.stages import Stage
from tests.builders import a_day, file, step

NOTE = "note_verbale:7"


@pytest.fixture
def cambodia(record):
    """Give the record with a contact in Cambodia on file, so that drafting may begin."""
    file(record, "KHM", "contact_named", "2026-07-01", NOTE, ministry="Defence")
    return record


def refused(workspace, name, on=None):
    with pytest.raises(NotTaken) as wrong:
        step(workspace, "KHM", name, on)
    return wrong.value.codes


def test_a_step_is_dated_when_it_was_taken(cambodia):
    taken = step(cambodia, "KHM", "start_drafting", "2026-07-10")
    assert (taken.source, taken.target, taken.on) == (Stage.INTEREST, Stage.LEGISLATION, a_day("2026-07-10"))
    assert dossier_view(cambodia, "KHM", on=a_day("2026-07-09"), treaty="att", reader=OPERATOR).stage is Stage.INTEREST
    assert (
        dossier_view(cambodia, "KHM", on=a_day("2026-07-10"), treaty="att", reader=OPERATOR).stage is Stage.LEGISLATION
    )
    assert verify(cambodia).is_sound


def test_a_step_counts_with_the_proofs_of_its_own_day(cambodia):
    assert refused(cambodia, "start_drafting", "2026-06-30") == ("proof_not_on_file",)
    step(cambodia, "KHM", "start_drafting", "2026-07-01")


def test_a_step_is_not_dated_further_ahead_than_tomorrow(cambodia):
    assert refused(cambodia, "start_drafting", "2026-07-26") == ("step_in_the_future",)
    step(cambodia, "KHM", "start_drafting", "2026-07-25")
    assert dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR).stage is Stage.INTEREST
    assert verify(cambodia).is_sound


def test_a_step_dated_tomorrow_is_the_last_one_too(cambodia):
    file(cambodia, "KHM", "needs_recorded", "2026-07-01", NOTE, categories="legal")
    step(cambodia, "KHM", "start_drafting", "2026-07-25")
    assert refused(cambodia, "ask_for_help", "2026-07-24") == ("step_before_the_last",)


def test_a_step_is_not_dated_before_the_last_one(cambodia):
    step(cambodia, "KHM", "start_drafting", "2026-07-10")
    file(cambodia, "KHM", "setback", "2026-07-05", NOTE, cause="dissolution")
    assert refused(cambodia, "start_over", "2026-07-09") == ("step_before_the_last",)
    step(cambodia, "KHM", "start_over", "2026-07-10")
    assert dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR).stage is Stage.INTEREST


def test_a_refused_step_leaves_nothing_behind(cambodia):
    before = dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR)
    refused(cambodia, "prepare_instrument")
    after = dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR)
    assert (after.version, len(after.facts)) == (before.version, len(before.facts))


def test_a_reason_stands_beside_the_ledger(cambodia):
    step(cambodia, "KHM", "start_drafting", reason="  The committee met.  ")
    with cambodia.reading() as connection:
        notes = connection.execute(text("SELECT note FROM fact_content WHERE note LIKE '%committee%'")).scalars().all()
    assert notes == ["The committee met."]
    assert dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR).facts[-1].note == "The committee met."
    assert verify(cambodia).is_sound


def test_a_step_is_held_for_coordination(cambodia):
    step(cambodia, "KHM", "start_drafting")
    assert (
        dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR).facts[-1].sensitivity
        == Sensitivity.COORDINATION.label
    )


def test_who_has_no_right_there_takes_no_step(cambodia):
    for reader in (
        Reader.of("person:1", {Role.CHAMPION: {"KHM"}}),
        Reader.of("person:1", {Role.CONTACT: {"KHM"}}),
        Reader(actor="person:1"),
    ):
        with pytest.raises(NotYours, match="beyond_the_mandate"):
            take_step(cambodia, "KHM", "start_drafting", treaty="att", name="Cambodia", reader=reader)


def test_a_state_without_a_dossier_is_not_on_file(cambodia):
    with pytest.raises(NotOnFile, match="no_dossier"):
        take_step(cambodia, "XXX", "start_drafting", treaty="att", name="Atlantis", reader=OPERATOR)


@pytest.mark.parametrize("reason", ["x" * 10_001, "half a character \udcff"])
def test_a_reason_that_cannot_be_kept_is_refused_and_the_step_with_it(cambodia, reason):
    with pytest.raises(NotTaken, match=r"text_(too_long|is_no_text)"):
        take_step(cambodia, "KHM", "start_drafting", treaty="att", name="Cambodia", reason=reason, reader=OPERATOR)
    assert dossier_view(cambodia, "KHM", treaty="att", reader=OPERATOR).stage is Stage.INTEREST
