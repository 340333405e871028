"""Whatever happens in the life of a few States, the record is what a simple model of the ledger says it is."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.casework.model.lives import Lives

#: How many lives are lived, and of how many things that happen: `make lives LIVES=1000` for an hour.
FEW = 25
LIVES = int(os.environ.get("ACCEDE_TEST_LIVES", FEW))
HAPPENS = 40


@pytest.mark.slow
@pytest.mark.timeout(0 if LIVES > FEW else 120)
def test_the_record_is_what_the_model_says_whatever_happens(four):
    class Lived(Lives):
        template = four

    run_state_machine_as_test(
        Lived,
        settings=settings(
            max_examples=LIVES,
            stateful_step_count=HAPPENS,
            deadline=None,
            derandomize=LIVES == FEW,  # the same ones each time: a change is not to be held up by another's fault
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a life is told as it was; shrinking takes hours
        ),
    )
