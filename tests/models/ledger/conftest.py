"""Two empty dossiers, in a database of each kind."""

import pytest

from models.ledger import dossiers
from models.store.engine import Store
from tests.models.ledger.chained import blank


@pytest.fixture
def store(store_url):
    made = Store(store_url)
    with made.writing() as connection:
        dossiers.add_dossiers(connection, [blank("KHM"), blank("PHL")])
    yield made
    made.dispose()
