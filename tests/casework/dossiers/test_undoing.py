"""Who may take back what is on file: one's own, and the Secretariat everything that the ledger allows."""

import pytest

from casework.core.rights import NotYours
from casework.dossiers.filing import Filing, file_fact
from casework.record.audit import verify
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import a_champion, a_coordinator, eyes
from tests.builders import a_workspace, file

STATE = "AGO"


@pytest.fixture
def workspace(tmp_path, sqlite_record_as):
    workspace = a_workspace(tmp_path, sqlite_record_as(training="2022-06-21"), opened=False)
    yield workspace
    workspace.close()


def filed_by(workspace, reader, kind, *, annuls=(), **said):
    filing = Filing(
        kind=kind,
        effective=PartialDate.parse("2022-06-10"),
        source=SourceKind.EXAMPLE,
        annuls=annuls,
        fields=said,
        sensitivity=Sensitivity.COORDINATION if kind == "correction" else None,
    )
    return file_fact(workspace, STATE, filing, treaty="att", name="Angola", reader=reader)


def test_a_champion_does_not_take_back_what_the_secretariat_filed(workspace):
    route = file(workspace, STATE, "route", "2022-06-01", route="T3")
    champion = eyes(workspace, a_champion(workspace)[0])
    with pytest.raises(NotAdmitted, match="fact_of_somebody_else"):
        filed_by(workspace, champion, "exchange", annuls=(route.fact.id,))


def test_everybody_takes_back_the_own_mistake(workspace):
    champion = eyes(workspace, a_champion(workspace)[0])
    mistake = filed_by(workspace, champion, "exchange")
    assert filed_by(workspace, champion, "correction", annuls=(mistake.fact.id,)).fact.annuls == (mistake.fact.id,)
    assert verify(workspace).is_sound


def test_a_coordinator_files_the_ruling_that_undoes_a_proof_of_somebody_else(workspace):
    coordinator = eyes(workspace, a_coordinator(workspace)[0])
    file(workspace, STATE, "contact_named", "2022-06-01", ministry="Foreign Affairs")
    law = filed_by(workspace, OPERATOR, "signal")
    with pytest.raises((NotAdmitted, LookupError)):  # what one may not know cannot be undone either
        filed_by(workspace, coordinator, "ruling", annuls=(law.fact.id,), ruling_number="1/22")


def test_a_champion_does_not_file_the_depositarys_word(workspace):
    champion = eyes(workspace, a_champion(workspace)[0])
    with pytest.raises(NotYours):
        filed_by(workspace, champion, "deposit", instrument="ratification")


@pytest.mark.parametrize("year", ["1999", "2023", "99999"])
def test_an_annual_report_covers_a_year_that_was(workspace, year):
    with pytest.raises(NotAdmitted, match="report_of_another_year"):
        file(workspace, "PHL", "annual_report", "2022-06-10", year=year)


def test_a_withdrawal_takes_effect_after_ninety_days_at_the_soonest(workspace):
    with pytest.raises(NotAdmitted, match="withdrawal_takes_effect_later"):
        file(workspace, "FRA", "withdrawal", "2022-06-01", source="depositary:C.N.1.2022", takes_effect_on="2022-07-01")


def test_a_reference_and_a_field_may_be_set_as_french_is(workspace):
    filed = file(workspace, STATE, "signal", "2022-06-10", "example:JO n°\u00a04", speaker="Cabinet n°\u00a02")
    assert (filed.fact.reference, filed.fact.text("speaker")) == ("JO n°\u00a04", "Cabinet n°\u00a02")


def test_a_reference_that_turns_the_line_round_is_refused(workspace):
    with pytest.raises(NotAdmitted, match="reference_not_a_line"):
        file(workspace, STATE, "signal", "2022-06-10", source="example:\u202eNV-1")
