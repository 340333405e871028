"""Stage, missing proofs and counts follow from what somebody may read alone, and letters hold nothing of any fact."""

import pytest
from hypothesis import HealthCheck, given, settings

from casework.dossiers.dossier_view import dossier_view
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.overview.status import status
from models.ledger import dossiers
from pathways.grammar.clearance import Guarded, Reader, Sensitivity, may_read
from pathways.grammar.journey import open_steps
from pathways.grammar.projection import project
from pathways.grammar.stages import Stage
from tests.builders import ATT
from tests.desk.pages.any_world import STATES, worlds
from tests.desk.pages.world_on_file import World, a_world
from tests.mailserver import serving

pytestmark = pytest.mark.slow


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=worlds)
def test_stage_missing_proofs_and_counts_follow_from_what_may_be_read(empty_desk, drawn):
    with a_world(empty_desk, drawn) as world:
        for person in world.people:
            reader = world.eyes(person)
            for state in STATES:
                assert_adds_up(world, reader, state)
            assert_counted(world, reader)


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=worlds)
def test_no_letter_holds_a_mark_of_any_fact(empty_desk, drawn):
    """Letters carry links; what is confidential never travels, whoever it goes to."""
    with serving() as mail, a_world(empty_desk, drawn, smtp_port=mail.port) as world:
        swept = sweep(world.workspace, run="test", treaty="att")
        post(world.workspace, run="test")
        assert len(mail.messages) == swept.letters
        marks = (
            {mark for told in world.told for mark in told.marks.values()}
            | {o.mark for o in world.opened}
            | {o.comment_mark for o in world.opened}
        )
        for letter in mail.messages:
            assert not [mark for mark in marks if mark in letter.message.as_string() or mark in letter.text]


def assert_adds_up(world: World, reader: Reader, state: str) -> None:
    """Hold a State's view against a projection from the open facts alone, which knows no reader."""
    seen = dossier_view(world.workspace, state, reader=reader, treaty="att")
    if not may_know_stage(reader, state):
        assert (seen.stage, seen.tier, seen.open_steps, seen.missing) == (None, None, (), {})
        return
    dossier = project(ATT, state, world.facts_open_to(reader, state), on=world.workspace.today(), reader=None)
    steps = {step.name: missing for step, missing in open_steps(ATT, dossier)}
    assert (seen.stage, seen.tier, dict(seen.missing)) == (dossier.stage, dossier.tier, steps)


def assert_counted(world: World, reader: Reader) -> None:
    """Count the stages again, from the open facts of every State that the reader may know of."""
    counts = dict.fromkeys(Stage, 0)
    with world.workspace.reading() as connection:
        states = [record.state for record in dossiers.records(connection, "att")]
    for state in states:
        if may_know_stage(reader, state):
            counts[
                project(ATT, state, world.facts_open_to(reader, state), on=world.workspace.today(), reader=None).stage
            ] += 1
    assert status(world.workspace, reader=reader, treaty="att").by_stage == counts


def may_know_stage(reader: Reader, state: str) -> bool:
    """Tell whether our assessment of a State is open to somebody."""
    return may_read(reader, Guarded(state=state, sensitivity=Sensitivity.COORDINATION, author="", assessment=True))
