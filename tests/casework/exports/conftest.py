"""The cast's record, to be exported by each of them, and each export made once."""

from contextlib import closing

import pytest

from casework.exports.export import export
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_workspace
from tests.cast import read_cast


@pytest.fixture(scope="module")
def cast_home(a_home_with_cast):
    """Give a home with the cast on file."""
    return a_home_with_cast()


@pytest.fixture(scope="module")
def workspace(cast_home):
    """Open it; its clock stands."""
    with closing(a_workspace(cast_home, opened=False)) as opened:
        yield opened


@pytest.fixture(scope="module")
def cast(cast_home):
    """Give the cast."""
    return read_cast(cast_home)


@pytest.fixture(scope="module")
def exported(workspace, cast):
    """Give what somebody of the cast, or the operator, may read; read once."""
    made = {}

    def read(who):
        if who not in made:
            reader = OPERATOR if who == "operator" else cast.eyes(workspace, who)
            made[who] = export(workspace, treaty="att", reader=reader, say=str)
        return made[who]

    return read
