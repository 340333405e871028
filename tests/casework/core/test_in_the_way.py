"""Two writers in each other's way: what the database ends is done again, and nothing fails for it."""

from contextlib import contextmanager

from casework.core.workspace import Workspace
from casework.operations.sweep import sweep
from models.ledger import dossiers
from models.store.engine import StoreBusy


class InTheWay(Workspace):
    """A workspace whose first two batches run into another writer and are ended by the database."""

    refused = 0

    @contextmanager
    def batch(self, ids, **said):
        with super().batch(ids, **said) as open_dossiers:
            yield open_dossiers
            if self.refused < 2:
                self.refused += 1
                raise StoreBusy("deadlock detected")


def test_a_batch_that_ran_into_another_writer_is_read_again(record):
    with record.registry() as connection:
        dossiers.look_again(connection, record.today(), treaty="att")
    workspace = InTheWay(record.settings, record.store, record.clock)
    found = sweep(workspace, run="first", treaty="att")
    assert (workspace.refused, found.failed, found.due) == (2, (), 197)
    assert sweep(workspace, run="again", treaty="att").repeated
