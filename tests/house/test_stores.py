"""The databases that other tests are given are what they say."""

from sqlalchemy import literal, select
from sqlalchemy.engine.interfaces import CacheStats

from models.store.engine import Store


def test_a_database_with_the_schema_needs_nothing_more(store_url):
    store = Store(store_url)
    store.require()
    store.dispose()


def test_an_empty_database_has_no_schema(empty_store_url):
    store = Store(empty_store_url)
    assert store.revision() is None
    store.dispose()


def test_a_statement_is_compiled_once_for_all_databases_of_a_kind(tmp_path, postgres):
    sea = select(literal("Aral").label("a sea of this test alone"))
    assert [_is_compiled(Store(f"sqlite:///{tmp_path / name}"), sea) for name in ("one.db", "two.db")] == [False, True]
    assert [_is_compiled(Store(postgres.url(postgres.create())), sea) for _ in range(2)] == [False, True]


def _is_compiled(store, statement):
    with store.reading(of_any_schema=True) as connection:
        result = connection.execute(statement)
        assert result.scalar() == "Aral"
        is_compiled = result.context.cache_hit is CacheStats.CACHE_HIT
    store.dispose()
    return is_compiled
