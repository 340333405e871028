"""What every pathway must pass, the one there is and those to come."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import pathways
from pathways.grammar.needs import INSTRUMENT_PREPARED, Cause, DueForm, causes_of
from pathways.grammar.pathway import By
from pathways.grammar.stages import Stage
from pathways.grammar.words import ledger_kinds, note
from tests.made_up_treaty import EVERY_TREATY, FOLDER

EVERY = pytest.mark.parametrize("treaty", EVERY_TREATY, ids=lambda t: t.key)


def reachable(treaty, start, *, forward=True):
    """Return the stages that steps lead to from one, or that lead to it."""
    found, waiting = {start}, [start]
    while waiting:
        stage = waiting.pop()
        for step in treaty.steps:
            nexts = (step.target,) if forward and stage in step.sources else ()
            nexts = step.sources if not forward and step.target is stage else nexts
            waiting += [s for s in nexts if s not in found]
            found.update(nexts)
    return found


@EVERY
def test_it_leads_from_outside_to_implementation(treaty):
    assert Stage.IMPLEMENTATION in reachable(treaty, Stage.OUTSIDE)


@EVERY
def test_no_stage_is_a_dead_end(treaty):
    assert reachable(treaty, Stage.IMPLEMENTATION, forward=False) == set(Stage)
    assert reachable(treaty, Stage.OUTSIDE) == set(Stage)


@EVERY
def test_it_names_a_step_once(treaty):
    names = [step.name for step in treaty.steps]
    assert len(names) == len(set(names))


@EVERY
def test_its_key_is_the_name_of_its_file(treaty):
    assert any((folder / f"{treaty.key}.py").is_file() for folder in (Path(pathways.__file__).parent, FOLDER))


@EVERY
def test_its_entry_into_force_follows_from_its_own_rule(treaty):
    assert treaty.threshold.rule(treaty.threshold.met) == treaty.entered_into_force
    assert treaty.opened_for_signature < treaty.threshold.met < treaty.entered_into_force
    assert treaty.binds(treaty.opened_for_signature) == treaty.entered_into_force


@EVERY
def test_every_kind_of_fact_that_a_need_names_is_declared(treaty):
    needs = [need for step in treaty.steps for need in step.needs]
    named = {kind for need in needs for kind in getattr(need, "kinds", ())}
    named |= {need.kind for need in needs if hasattr(need, "kind")}
    named |= {kind for route in treaty.routes for kind in route.proofs}
    named |= {kind for route in treaty.routes for pair in route.order for kind in pair}
    named |= {INSTRUMENT_PREPARED for need in needs if isinstance(need, DueForm)}
    assert named <= {kind.name for kind in treaty.kinds}


@EVERY
def test_the_order_of_a_route_is_one_that_can_be_kept(treaty):
    for route in treaty.routes:
        for before, after in route.order:
            assert before in route.proofs
            assert after in route.proofs or after == INSTRUMENT_PREPARED
        assert not _circular(dict.fromkeys(route.order)), route.key


def _circular(order):
    pairs = list(order)
    while pairs:
        later = {after for _, after in pairs}
        kept = [pair for pair in pairs if pair[0] in later]
        if len(kept) == len(pairs):
            return True
        pairs = kept
    return False


@EVERY
def test_the_ledger_can_speak_in_it(treaty):
    spoken = ledger_kinds(tuple(route.key for route in treaty.routes))
    assert {kind.name for kind in spoken} <= {kind.name for kind in treaty.kinds}


@EVERY
def test_every_need_can_be_said_in_words(treaty):
    for step in treaty.steps:
        for need in step.needs:
            assert need.describe(treaty).strip(), step.name


@EVERY
def test_its_names_can_stand_in_a_diagram_and_in_a_key(treaty):
    names = [s.name for s in treaty.steps] + [k.name for k in treaty.kinds] + [treaty.key]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []


@EVERY
def test_a_step_back_has_a_cause_and_is_a_persons(treaty):
    for step in treaty.steps:
        if step.is_back:
            assert step.needs, step.name
            assert step.by is By.PERSON, step.name


@EVERY
def test_a_cause_is_what_a_step_back_asks_for_and_nothing_else(treaty):
    asked = {need.kind for step in treaty.steps if step.is_back for need in step.needs if isinstance(need, Cause)}
    assert causes_of(treaty) == asked


@EVERY
def test_a_duty_is_done_by_a_fact_that_can_be_filed(treaty):
    for duty in treaty.duties:
        assert treaty.kind(duty.done_by).by_hand
        assert duty.article


@EVERY
def test_only_the_depositary_makes_an_act(treaty):
    for step in treaty.steps:
        if step.by is By.RECORD:
            kinds = [treaty.kind(need.kind) for need in step.needs if hasattr(need, "kind")]
            assert kinds, step.name
            assert all(kind.is_depositary_act for kind in kinds), step.name


def test_a_treaty_nobody_declared_is_refused_with_those_there_are():
    with pytest.raises(pathways.UnknownTreaty) as refused:
        pathways.pathway("npt")
    (unknown,) = refused.value.refusals
    assert (unknown.code, unknown.values["key"]) == ("no_such_treaty", "npt")
    assert "att" in unknown.values["known"]


NO_FILE_MAY_BE_OPENED = """
import os, resource, pathways
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
taken = []
try:
    while True:
        taken.append(os.open(os.devnull, os.O_RDONLY))
except OSError:
    pass
try:
    pathways.pathway("att")
except Exception as wrong:
    print(type(wrong).__name__)
for one in taken:
    os.close(one)
print(pathways.pathway("att").key)
"""


def test_declarations_that_could_not_be_read_are_read_once_they_can_be():
    asked = [sys.executable, "-c", NO_FILE_MAY_BE_OPENED]
    home = Path(pathways.__file__).parents[1]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=home)
    assert (said.stdout.split(), said.stderr) == (["NoTreaties", "att"], "")


# A declaration that contradicts itself is refused when it is made.


def test_a_step_declared_twice_is_refused():
    att = pathways.pathway("att")
    with pytest.raises(ValueError, match="The step voice_interest is declared twice"):
        _again(att, steps=(*att.steps, att.steps[0]))


def test_a_route_that_asks_for_something_undeclared_is_refused():
    att = pathways.pathway("att")
    kinds = tuple(kind for kind in att.kinds if kind.name != "regulations")
    with pytest.raises(ValueError, match="att names undeclared kinds of fact: regulations"):
        _again(att, kinds=kinds)


def test_a_kind_declared_twice_is_refused():
    att = pathways.pathway("att")
    with pytest.raises(ValueError, match="The kind of fact signal is declared twice"):
        _again(att, kinds=(*att.kinds, note("signal", "again")))


def _again(treaty, **changed):
    from dataclasses import replace

    return replace(treaty, **changed)
