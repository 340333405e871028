"""The peers do the same work, and are found out where they do not; those that need no library of their own, here."""

import pytest
from sqlalchemy import delete, insert, update

from models.tables.every import METADATA
from tests.bench.peers import (
    accede,
    contract,
    core,
    core_case_by_case,
    core_on_our_tables,
    core_with_chain,
    sqlmodel_by_hand,
)
from tests.bench.peers.contract import OtherWork, cases, check, history, outbox

CASES = 100
DUE = [1, 51]
LOOPS = (core, core_with_chain, core_case_by_case, sqlmodel_by_hand)
OURS = (accede, core_on_our_tables)


def swept(peer, url):
    """Return what a peer says it did, and what it did."""
    peer.prepare(url, CASES)
    with peer.opened(url) as sweep:
        done = sweep()
    return done, getattr(peer, "outcome", contract.outcome)(url, CASES)


@pytest.mark.parametrize("peer", LOOPS, ids=lambda peer: peer.__name__.rpartition(".")[2])
def test_every_loop_does_the_work_that_was_asked_for(peer, empty_store_url):
    done, found = swept(peer, empty_store_url)
    check(done, found, CASES)
    assert (done, list(found.in_history)) == (2, DUE)


@pytest.mark.parametrize("peer", OURS, ids=lambda peer: peer.__name__.rpartition(".")[2])
def test_our_own_sweep_does_what_the_bare_loop_does(peer, empty_store_url, tmp_path):
    done, found = swept(peer, empty_store_url)
    assert (done, found) == swept(core, f"sqlite:///{tmp_path / 'core.db'}")
    check(done, found, CASES)


@pytest.mark.parametrize(
    ("less", "said"),
    [
        (delete(history).where(history.c.case_id == 51), "history: 1 rows of 1 cases, where 2"),
        (insert(outbox).values(contract.outbox_row(51)), "outbox: 3 rows of 2 cases, where 2"),
        (update(cases).where(cases.c.id == 51).values(stage=contract.SOURCE), "moved: 1 rows"),
        (update(cases).where(cases.c.id == 52).values(next_on=contract.TODAY), "1 of 100 are due still"),
    ],
)
def test_a_peer_that_does_less_or_more_is_found_out(less, said, empty_sqlite_url):
    done, _ = swept(core, empty_sqlite_url)
    with contract.transaction(empty_sqlite_url) as connection:
        connection.execute(less)
    with pytest.raises(OtherWork, match=said):
        check(done, contract.outcome(empty_sqlite_url, CASES), CASES)


def test_no_table_of_a_peer_is_among_those_of_a_record():
    theirs = {row.__tablename__ for row in (sqlmodel_by_hand.Case, sqlmodel_by_hand.History, sqlmodel_by_hand.Outbox)}
    assert METADATA.tables.keys() & {*theirs, cases.name, history.name, outbox.name} == set()
