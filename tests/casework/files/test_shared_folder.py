"""Two machines with homes of their own, whose attachments are one folder that both share."""

from contextlib import closing

import pytest

from casework.dossiers.downloads import attachment_of
from casework.files.attachments import clear_away, place_of
from casework.record.audit import verify
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_workspace
from tests.papers import PDF, file_with


@pytest.fixture
def machines(tmp_path, record_as):
    """Give the workspaces of two machines over one record."""
    url = record_as(training="2022-06-20")
    shared, homes = tmp_path / "shared", (tmp_path / "one", tmp_path / "another")
    for place in (shared, *homes):
        place.mkdir(mode=0o700)
    for home in homes:
        (home / "attachments").symlink_to(shared)
    one, another = (a_workspace(home, url, opened=False) for home in homes)
    with closing(one), closing(another):
        yield one, another


def test_a_file_that_one_machine_took_in_is_handed_out_checked_and_spared_by_the_other(machines):
    one, another = machines
    fact = file_with(one, "AGO", "signal", "2022-06-01", paper=PDF, name="Note verbale.pdf").fact
    kept = attachment_of(another, fact.id, treaty="att", reader=OPERATOR)
    assert (kept.name, kept.path.read_bytes()) == ("Note verbale.pdf", PDF)
    assert verify(another).files == ()
    assert clear_away(another) == 0
    assert place_of(one, kept.path.name).read_bytes() == PDF


def test_what_no_fact_refers_to_is_cleared_away_for_both(machines):
    one, another = machines
    lost = place_of(one, "ab" * 32)
    lost.parent.mkdir(parents=True)
    lost.write_bytes(PDF)
    assert clear_away(another) == 1
    assert not lost.exists()
