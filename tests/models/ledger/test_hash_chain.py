"""The ledger: one chain per dossier, the same bytes on every database, and nothing in it ever changed."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.ledger import dossiers, verification
from models.ledger.hash_chain import GENESIS, canonical, chained_hash, fact_row
from models.runs import runs
from models.store.engine import Store
from pathways.grammar.clearance import Sensitivity
from tests.builders import a_fact, a_step
from tests.models.ledger.chained import THREE, blank, breaks, keep, tamper, undone

# The chain.


def test_each_fact_is_bound_to_the_one_before(store):
    keep(store, *THREE)
    with store.reading() as connection:
        rows = connection.execute(text("SELECT seq, previous, hash FROM fact ORDER BY seq")).all()
    assert [row.seq for row in rows] == [1, 2, 3]
    assert [row.previous for row in rows] == [GENESIS, rows[0].hash, rows[1].hash]
    assert breaks(store) == []


def test_each_dossier_has_a_chain_of_its_own(store):
    keep(store, *THREE)
    keep(store, THREE[0], state="PHL")
    assert breaks(store, "PHL") == breaks(store) == []


def test_a_fact_has_the_same_bytes_on_every_database(store):
    """The hash was computed once, by hand; neither the database nor the machine may change it."""
    fact = a_fact(
        "contact_named",
        "2024-01",
        id="0" * 32,
        seq=7,
        known_by="2024-01-20",
        ministry="Défense",
        recorded_at=datetime(2024, 1, 31, 23, 30, tzinfo=UTC),
    )
    row = fact_row(fact, 1, "att", "before")
    assert row["hash"] == chained_hash(row, "att", "KHM") == HASH
    keep(store, replace(fact, id="one"))
    with store.reading() as connection:
        record = dossiers.record_of(connection, "att", "KHM")
        (kept,) = (link._mapping for link in verification.links_of(connection, [record])[record.id])
    assert kept["hash"] == chained_hash(kept, "att", "KHM")


HASH = "70ef63dda122287ce32243528637a4233764d6fd01f0d41d75d27cd8fa0b32fd"


def test_canonical_json_is_sorted_tight_and_keeps_its_letters():
    assert canonical({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(
    st.fixed_dictionaries({
        **dict.fromkeys(("id", "kind", "effective_on", "data", "source", "reference", "actor", "annuls"), ANY_TEXT),
        **dict.fromkeys(("unconfirmed", "content_hash", "previous"), ANY_TEXT),
        **dict.fromkeys(("replaces", "rests_on", "contests"), st.none() | ANY_TEXT),
        "known_by": st.none() | st.dates(),
        "seq": st.integers(1),
        "sensitivity": st.sampled_from(Sensitivity),
        "recorded_at": st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()),  # noqa: DTZ001
    }),
    ANY_TEXT,
)  # fmt: skip
def test_whatever_is_in_a_fact_its_hash_is_that_of_canonical_json(row, treaty):
    known_by, hour = row["known_by"], row["recorded_at"].astimezone(UTC).isoformat(timespec="microseconds")
    head = [treaty, "KHM", row["id"], row["seq"], row["kind"], row["effective_on"], known_by and known_by.isoformat()]
    middle = [row["data"], row["source"], row["reference"], int(row["sensitivity"]), hour, row["actor"]]
    tail = ("replaces", "annuls", "rests_on", "contests", "unconfirmed", "content_hash", "previous")
    said = canonical([*head, *middle, *(row[name] for name in tail)])
    assert chained_hash(row, treaty, "KHM") == sha256(said.encode()).hexdigest()


CHANGES = (
    "kind = 'obstacle'",
    "effective_on = '2013-10-19'",
    """data = '{"instrument":"accession"}'""",
    "source = 'press'",
    "reference = 'C.N.1.2013'",
    "sensitivity = 4",
    "actor = 'somebody'",
    "recorded_at = '2020-01-01 00:00:00.000000'",
    """annuls = '["x"]'""",
    """unconfirmed = '["deposit_date"]'""",
    "known_by = '2013-10-18'",
    "rests_on = 'x'",
    "contests = 'x'",
    "replaces = 'x'",
    "hash = 'x'",
    "previous = 'x'",
    "content_hash = 'x'",
)


def test_every_column_of_a_fact_is_in_its_hash(store):
    keep(store, *THREE)
    tamper(store, "UPDATE dossier SET version = version")
    for column in CHANGES:
        with undone(store) as connection:
            connection.execute(text(f"UPDATE fact SET {column} WHERE seq = 1"))
            record = dossiers.record_of(connection, "att", "KHM")
            found = verification.breaks(record, verification.links_of(connection, [record])[record.id])
        assert "att/KHM: fact 1 was changed" in found, column
    assert breaks(store) == []


def test_a_fact_taken_out_of_the_middle_is_missed(store):
    keep(store, *THREE)
    tamper(store, "DELETE FROM fact WHERE seq = 2")
    assert "att/KHM: fact 2 is missing" in breaks(store)


def test_a_fact_taken_off_the_end_is_missed(store):
    keep(store, *THREE)
    tamper(store, "DELETE FROM fact WHERE seq = 3")
    assert breaks(store) == ["att/KHM: the ledger ends at fact 2, the dossier says 3"]


def test_a_fact_forged_with_its_hash_made_anew_breaks_the_next(store):
    keep(store, *THREE)
    with store.reading() as connection:
        record = dossiers.record_of(connection, "att", "KHM")
        row = verification.links_of(connection, [record])[record.id][1]._mapping
    anew = chained_hash({**row, "actor": "nobody"}, "att", "KHM")
    tamper(store, f"UPDATE fact SET actor = 'nobody', hash = '{anew}' WHERE seq = 2")
    assert breaks(store) == ["att/KHM: fact 3 was changed"]


def test_another_last_hash_than_the_ledgers_is_found(store):
    keep(store, *THREE)
    tamper(store, "UPDATE dossier SET head_hash = 'x' WHERE state = 'KHM'")
    assert breaks(store) == ["att/KHM: the ledger ends at fact 3, the dossier says 3"]


def test_facts_cannot_change_places(store):
    keep(store, *THREE)
    tamper(store, "UPDATE fact SET seq = 9 WHERE seq = 2")
    tamper(store, "UPDATE fact SET seq = 2 WHERE seq = 3")
    tamper(store, "UPDATE fact SET seq = 3 WHERE seq = 9")
    assert breaks(store)[:2] == ["att/KHM: fact 2 was changed", "att/KHM: fact 3 was changed"]


def test_a_chain_moved_to_another_state_does_not_hold(store):
    keep(store, *THREE)
    tamper(store, "UPDATE dossier SET state = 'XXX' WHERE state = 'KHM'")
    assert "att/XXX: fact 1 was changed" in breaks(store, "XXX")


# Triggers: the ledger and its seals are append-only on the database itself.


def seal(store):
    with store.writing() as connection:
        hour = datetime(2026, 7, 24, tzinfo=UTC)
        runs.add_seal(connection, sealed_at=hour, dossiers=1, facts=1, root="r", previous="", hash="h")


def refused(store, statement):
    with pytest.raises(DBAPIError) as wrong, store.writing() as connection:
        connection.execute(text(statement))
    return str(wrong.value.orig)


DEEDS = ("UPDATE {} SET hash = 'x'", "DELETE FROM {}", "UPDATE {} SET hash = hash WHERE hash <> ''")


def test_the_ledger_and_its_seals_refuse_change(store):
    keep(store, *THREE)
    seal(store)
    for table in ("fact", "seal"):
        for deed in DEEDS:
            assert "the ledger is append-only" in refused(store, deed.format(table))
    assert breaks(store) == []


def copy_of(store, table, verb, **changed):
    """Return the statement that inserts a row of a table once more, changed."""
    with store.reading() as connection:
        names = list(connection.execute(text(f"SELECT * FROM {table}")).keys())
    given = ", ".join(changed.get(name, name) for name in names)
    return (
        f"{verb} INTO {table} ({', '.join(names)}) SELECT {given} FROM {table} WHERE id = (SELECT MIN(id) FROM {table})"
    )


def test_neither_an_id_nor_a_place_in_a_chain_is_given_twice(store):
    keep(store, *THREE)
    seal(store)
    for table in ("fact", "seal"):
        assert refused(store, copy_of(store, table, "INSERT", hash="'x'"))
    assert refused(store, copy_of(store, "fact", "INSERT", id="'another'"))
    assert breaks(store) == []


def test_sqlites_replace_does_not_slip_past(sqlite_url):
    store = Store(sqlite_url)
    with store.writing() as connection:
        dossiers.add_dossiers(connection, [blank("KHM")])
    keep(store, *THREE)
    seal(store)
    for table in ("fact", "seal"):
        assert "the ledger is append-only" in refused(store, copy_of(store, table, "INSERT OR REPLACE", hash="'x'"))
        assert "the ledger is append-only" in refused(store, f"UPDATE OR REPLACE {table} SET hash = 'x'")
    another_id = copy_of(store, "fact", "INSERT OR REPLACE", id="'another'")
    assert "the ledger is append-only" in refused(store, another_id)
    store.dispose()


@pytest.mark.postgres
def test_postgresqls_truncate_is_refused(postgres_url):
    store = Store(postgres_url)
    for deed in ("TRUNCATE fact CASCADE", "TRUNCATE seal", "TRUNCATE dossier CASCADE"):
        assert "the ledger is append-only" in refused(store, deed)
    store.dispose()


@pytest.mark.postgres
def test_postgresqls_upsert_does_not_slip_past(postgres_url):
    store = Store(postgres_url)
    with store.writing() as connection:
        dossiers.add_dossiers(connection, [blank("KHM")])
    keep(store, *THREE)
    upsert = copy_of(store, "fact", "INSERT") + " ON CONFLICT (id) DO UPDATE SET hash = 'x'"
    assert "the ledger is append-only" in refused(store, upsert)
    store.dispose()


def test_a_dossier_with_facts_cannot_be_deleted(store):
    keep(store, *THREE)
    assert refused(store, "DELETE FROM dossier WHERE state = 'KHM'")


def test_steps_are_chained_like_any_other_fact(store):
    keep(store, THREE[0], a_step("signed", "2013-10-18", rests_on="fact1"))
    assert breaks(store) == []
