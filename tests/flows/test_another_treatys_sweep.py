"""The sweep of a treaty that was made up, as everybody sees it in Prefect: it shows nothing of another one."""

from contextlib import closing

import pytest

from casework.core.workspace import Workspace, open_workspace
from casework.dossiers.filing import Filing, file_fact
from casework.record.opening import move_clock, open_record
from flows.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.builders import a_day, name_of
from tests.foreign_words import foreign_words_in
from tests.made_up_treaty import RIVERS

STATE = "SRB"
EVE, BOUND = a_day("2019-12-31"), a_day("2020-01-01")


def learns(workspace: Workspace, kind: str, on: str, number: int, **fields: str) -> None:
    """File an act of the depositary of the rivers."""
    filing = Filing(
        kind=kind,
        effective=PartialDate.parse(on),
        source=SourceKind.DEPOSITARY,
        reference=f"FR/{number}/2019",
        fields=fields,
    )
    file_fact(workspace, STATE, filing, treaty=RIVERS.key, name=name_of(STATE), reader=OPERATOR)


@pytest.fixture
def eve(rivers, tmp_path, monkeypatch):
    """Give a record of the rivers on the eve of a State's entry into force, where flows find it."""
    monkeypatch.setenv("ACCEDE_HOME", str(tmp_path))
    monkeypatch.setenv("ACCEDE_TREATY", rivers.key)
    with closing(open_workspace()) as opened:
        open_record(opened, training=EVE, treaty=rivers.key)
        learns(opened, "signature", "2019-03-05", 1)
        learns(opened, "deposit", "2019-09-10", 2, instrument="ratification")
        yield opened


def test_the_sweep_of_a_made_up_treaty_takes_its_steps_and_shows_nothing_of_another_one(window, eve):
    window.run(sweep, RIVERS.key)
    move_clock(eve, BOUND)
    ran = window.run(sweep, RIVERS.key)
    assert ran.name == "sweep rivers 2020-01-01"
    assert ran.state.is_completed(), ran.message
    assert ran.parameters == {"treaty": "rivers", "on": None, "asked_by": None}
    assert "Sweep of rivers, 2020-01-01" in ran.artifacts["markdown"]
    assert f"[{STATE}](http://127.0.0.1:8300/states/{STATE}): the treaty day has come" in ran.artifacts["markdown"]
    assert {row["what"]: row["number"] for row in ran.artifacts["table"]}["advanced"] == 1
    assert ran.artifacts["progress"] == 100
    assert not set(foreign_words_in(ran.everything))
