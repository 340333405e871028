"""Whatever goes wrong at once, no letter and no step is lost, and none is doubled but a letter that was in doubt."""

import pytest

from tests.chaos.ground import ground
from tests.chaos.round import play

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # half a hundred processes a round, all after two processors

SEED, ROUNDS, ON_SERVER = 1, 3, 2
SHORT = (1.0, 2.0)  # seconds that the database is away; `make chaos` has it away for longer


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    with ground("sqlite", tmp_path_factory.mktemp("worlds")) as there:
        yield there


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with ground("postgres", tmp_path_factory.mktemp("worlds")) as there:
        yield there


@pytest.mark.parametrize("number", range(1, ROUNDS + 1))
def test_nothing_is_lost_or_doubled_in_files(files, tmp_path, number):
    came_to = play(files, tmp_path, seed=SEED, number=number, outages=SHORT).came_to
    assert came_to.wrong == ()
    assert came_to.letters > 60


@pytest.mark.postgres
@pytest.mark.parametrize("number", range(1, ON_SERVER + 1))
def test_nothing_is_lost_or_doubled_on_a_server_that_goes_away(server, tmp_path, number):
    came_to = play(server, tmp_path, seed=SEED, number=number, outages=SHORT).came_to
    assert came_to.wrong == ()
    assert came_to.letters > 60
