"""The databases that other tests are given are what they say."""

from models.store.engine import Store


def test_a_database_with_the_schema_needs_nothing_more(store_url):
    store = Store(store_url)
    store.require()
    store.dispose()


def test_an_empty_database_has_no_schema(empty_store_url):
    store = Store(empty_store_url)
    assert store.revision() is None
    store.dispose()
