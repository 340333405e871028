"""The treaty's own dossier: made once in every record, whole in all that happens to a record, and no State."""

from contextlib import closing

import pytest
from sqlalchemy import text

from casework.core.own_dossiers import make_own_dossier
from casework.core.workspace import Workspace
from casework.operations.sweep import sweep
from casework.overview.states_table import StatesSearch, states_table
from casework.overview.status import status
from casework.record.audit import audit, verify
from casework.record.audit_result import places_of
from casework.record.backup import back_up
from casework.record.opening import open_record
from casework.record.restore import restore
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import CORRECTION
from pathways.grammar.facts import SourceKind
from pathways.grammar.pathway import OF_NO_STATE, own_key
from pathways.grammar.roles import Right
from tests.builders import a_workspace, clock_of
from tests.casework.tampering import tampered

OWN = own_key("att")


def own(workspace):
    with workspace.reading() as connection:
        return dossiers.record_of(connection, OWN, OF_NO_STATE)


def say_something(workspace, on="2026-07-01"):
    """Put a fact on file that every dossier takes."""
    told = {"treaty": OWN, "reader": OPERATOR, "right": Right.FILE}
    with workspace.open_dossier(OF_NO_STATE, **told) as open_dossier:
        open_dossier.file(
            CORRECTION,
            PartialDate.parse(on),
            source=SourceKind.STATEMENT,
            sensitivity=Sensitivity.PUBLIC,
        )


def test_a_record_is_opened_with_one_and_a_second_opening_makes_no_other(record):
    assert (own(record).head_seq, own(record).next_due_on) == (0, None)
    open_record(record, treaty="att")
    with record.reading() as connection:
        assert len(dossiers.records(connection, OWN)) == 1
        assert dossiers.treaties(connection) == ["att"]


def without_its_own(workspace):
    with workspace.registry() as connection:
        connection.execute(text("DELETE FROM setting WHERE key = 'own_dossier:att'"))
        connection.execute(text("DELETE FROM dossier WHERE treaty = 'att:own'"))
    workspace.forget()


def test_a_record_of_before_gets_one_at_its_next_opening(record):
    without_its_own(record)
    assert verify(record).dossiers == 197
    assert not open_record(record, treaty="att").learnt
    found = verify(record)
    assert (found.is_sound, found.dossiers) == (True, 198)


def test_of_two_who_make_it_at_once_one_does(record, monkeypatch):
    without_its_own(record)
    registry = record.registry

    def while_another_does(**told):
        monkeypatch.setattr(record, "registry", registry)
        make_own_dossier(record, "att")
        return registry(**told)

    monkeypatch.setattr(record, "registry", while_another_does)
    make_own_dossier(record, "att")
    with record.reading() as connection:
        assert len(dossiers.records(connection, OWN)) == 1


def test_its_facts_are_chained_verified_and_sealed(record):
    say_something(record)
    say_something(record, "2026-07-02")
    assert own(record).head_seq == 2
    found = audit(record, run="one")
    assert (found.is_sound, found.sealed, found.verified.dossiers) == (True, True, 198)
    tampered(record, "UPDATE fact SET effective_on = '2026-07-03' WHERE effective_on = '2026-07-02'")
    found = verify(record)
    assert "att:own: fact 2 was changed" in found.chain
    assert places_of(found)[0] == "att:own"


def test_it_is_missed_by_name_when_it_is_gone(record):
    with record.registry() as connection:
        connection.execute(text("DELETE FROM dossier WHERE treaty = 'att:own'"))
    assert "att:own: the treaty's own dossier is gone" in verify(record).chain


def test_no_count_list_or_search_of_states_has_it(record):
    say_something(record)
    seen = status(record, treaty="att", reader=OPERATOR)
    assert sum(seen.by_stage.values()) == 197
    assert len(states_table(record, StatesSearch(text=""), treaty="att", reader=OPERATOR).rows) <= 197


@pytest.mark.parametrize("treaty", ["att", None])
@pytest.mark.parametrize("on", ["2026-07-01", "2026-07"])
def test_no_sweep_comes_by_it(record, on, treaty):
    say_something(record, on)
    before = own(record)
    sweep(record, treaty, run="one")
    clock_of(record).stand_on("2026-08-02")
    sweep(record, treaty, run="two")
    assert own(record) == before
    assert verify(record).is_sound


def test_it_goes_into_a_backup_and_comes_back(record, tmp_path):
    say_something(record)
    file = back_up(record, tmp_path / "kept.zip").file
    with closing(a_workspace(tmp_path / "back", opened=False)) as back:
        restore(back, file)
        assert own(back).head_hash == own(record).head_hash
        assert verify(back).is_sound


def test_a_workspace_made_of_another_ones_pathways_finds_it_too(record):
    again = Workspace(record.settings, record.store, record.clock, record.pathway)
    assert again.pathway(OWN).key == OWN
