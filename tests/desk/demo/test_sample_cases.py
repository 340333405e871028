"""The sample cases reach the stages they are meant to show, also when the pathway asks for more than they know."""

from dataclasses import replace

import pytest

from casework.attention.next_steps import next_steps
from casework.dossiers.dossier_view import dossier_view
from desk.demo import sample_cases
from desk.demo.sample_people import fill_offices
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_workspace

STAGES = {"GMB": "assistance", "GAB": "legislation", "COL": "legislation", "VUT": "legislation", "AND": "deposit"}


@pytest.fixture
def workspace(tmp_path):
    made = a_workspace(tmp_path, training="2022-06-20")
    fill_offices(made)
    yield made
    made.close()


def stages(workspace):
    return {state: dossier_view(workspace, state, treaty="att", reader=OPERATOR).stage for state in STAGES}


def test_each_case_stands_where_it_is_told_to(workspace):
    sample_cases.fill_cases(workspace)
    assert stages(workspace) == STAGES


def test_a_few_have_a_next_step_that_their_coordinator_wrote(workspace):
    sample_cases.fill_cases(workspace)
    lines = {one.state: one for one in next_steps(workspace, treaty="att", reader=OPERATOR).lines}
    written = {state for state, one in lines.items() if one.written_by}
    assert written == {"GMB", "GAB", "VUT"}
    assert lines["GMB"].written_by == "Regional coordinator, Africa (sample)"


@pytest.mark.parametrize("unknown", ["needs_recorded", "instrument_prepared"])
def test_a_proof_that_the_cases_do_not_know_is_filed_as_an_example(workspace, monkeypatch, unknown):
    without = [
        replace(case, told=tuple(one for one in case.told if getattr(one, "kind", "") != unknown))
        for case in sample_cases.CASES
    ]
    monkeypatch.setattr(sample_cases, "CASES", tuple(without))
    sample_cases.fill_cases(workspace)
    found = stages(workspace)
    assert found["GMB"] == "assistance"
    assert found["AND"] == "deposit"
    facts = dossier_view(
        workspace, "AND" if unknown != "needs_recorded" else "GMB", treaty="att", reader=OPERATOR
    ).facts
    assert {fact.source for fact in facts if fact.kind == unknown} == {"example"}
