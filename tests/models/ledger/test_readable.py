"""The rule of who may read, as SQL, says what the rule itself says: for every pair of fact and reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.ledger import dossiers
from models.ledger.dossiers import Appended
from models.ledger.readable import readable_where
from models.store.engine import Connection, Store
from pathways.att import PATHWAY
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import CORRECTION, RELEASE, RELEASE_ENDED
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.projection import readable
from pathways.grammar.roles import ROLES, Powers, Reach, Role

MADE_UP = "observer"  # a role that only a test enters in the table
STATES = ("KHM", "PHL", "PER")
ACTORS = ("person:1", "person:2", "operator", "system:sweep", 'a "quoted" \\ né')
ASSESSMENTS = frozenset(kind.name for kind in PATHWAY.kinds if kind.is_assessment)
KINDS = ("signal", "obstacle", "tier_set", "step", "contact_named", "deposit")
#: What may become of a release: what annuls it, what replaces it, and whether that is undone in its turn.
STANDS, TAKEN_BACK, CORRECTED, REPLACED, TAKEN_BACK_BY_MISTAKE = range(5)
AUDIENCES = (*ACTORS, *(f"state:{state}" for state in STATES))
WHEN = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(store_url):
    made = Store(store_url)
    with made.writing() as connection:
        dossiers.add_dossiers(connection, [blank(state) for state in STATES])
    yield made
    made.dispose()


def blank(state):
    row = {"treaty": "att", "state": state, "stage": "outside", "standing": "open", "version": 0}
    return {**row, "legal_status": "non_signatory", "entered_by": "", "head_seq": 0, "head_hash": ""}


def some(values):
    return st.frozensets(st.sampled_from(values), max_size=len(values))


readers = st.builds(
    Reader.of,
    st.sampled_from(ACTORS),
    st.dictionaries(st.sampled_from((*Role, MADE_UP)), some(STATES), max_size=3),
    of_states=some(STATES),
    party=st.booleans(),
    sees_personal=st.booleans(),
)
reach = st.sampled_from(Reach)
rows = st.none() | st.builds(Powers, serves=reach, parties=reach, coordination=reach, confidential=reach)
told = st.tuples(
    st.sampled_from(STATES),
    st.sampled_from(KINDS),
    st.sampled_from(SourceKind),
    st.sampled_from(Sensitivity),
    st.sampled_from(ACTORS),
    st.dictionaries(st.sampled_from(AUDIENCES), st.integers(STANDS, TAKEN_BACK_BY_MISTAKE)),
)


def on_file(state, told_facts):
    """Return the facts of a State, each followed by its releases and by what became of these."""
    facts = []
    for of, kind, source, level, actor, audiences in told_facts:
        if of != state:
            continue
        facts.append(a_fact(state, len(facts) + 1, kind=kind, source=source, sensitivity=level, actor=actor))
        named = facts[-1].id
        for audience, fate in sorted(audiences.items()):
            data = {"fact": named, "audience": audience}
            facts.append(a_fact(state, len(facts) + 1, kind=RELEASE, data=data))
            for ending in endings(fate, facts[-1].id, data):
                annuls = ending.pop("annuls", (facts[-1].id,))
                facts.append(a_fact(state, len(facts) + 1, annuls=annuls, **ending))
    return facts


def endings(fate, release, data):
    """Yield what ends a release; a taking back by mistake is annulled itself, by the fact after it."""
    if fate in (TAKEN_BACK, TAKEN_BACK_BY_MISTAKE):
        yield {"kind": RELEASE_ENDED, "data": data, "annuls": (f"{'f' * 32}", release)}
    if fate in (CORRECTED, TAKEN_BACK_BY_MISTAKE):
        yield {"kind": CORRECTION}
    if fate == REPLACED:
        yield {"kind": RELEASE, "data": {**data, "audience": "person:3"}, "annuls": (), "replaces": release}


def a_fact(state, seq, **said):
    given = {
        "source": SourceKind.ASSESSMENT,
        "sensitivity": Sensitivity.COORDINATION,
        "actor": "operator",
        "effective": PartialDate.of(date(2026, 3, 1)),
        "recorded_at": WHEN,
    }
    return Fact(id=f"{STATES.index(state)}{seq:031x}", seq=seq, state=state, **{**given, **said})


@contextmanager
def undone(store: Store) -> Iterator[Connection]:
    """Write for the length of one example; the ledger itself forgets nothing."""
    with store.engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin() as transaction:
            yield connection
            transaction.rollback()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told_facts=st.lists(told, min_size=1, max_size=12), asking=st.lists(readers, min_size=1, max_size=4), row=rows)
def test_sql_and_rule_agree_on_every_fact_for_every_reader(store, told_facts, asking, row):
    """Also for a role made up for the test, whether it stands in the table, and whatever its row says."""
    with undone(store) as connection, patch.dict(ROLES, {MADE_UP: row} if row else {}):
        records = dossiers.records(connection, "att")
        filed = {record.state: on_file(record.state, told_facts) for record in records}
        dossiers.append(connection, [Appended(record, filed[record.state], {}) for record in records])
        for reader in [*asking, ANYONE, OPERATOR]:
            assert_agreed(connection, records, filed, reader)


def assert_agreed(connection, records, filed, reader):
    condition = readable_where(reader, assessments=ASSESSMENTS)
    found = dossiers.facts_of(connection, records, where=condition)
    for record in records:
        allowed = readable(PATHWAY, filed[record.state], reader)
        assert [f.id for f in found[record.id]] == [f.id for f in allowed], reader


def test_a_confidential_fact_is_not_public_because_its_name_comes_first_in_the_alphabet(store):
    """Levels stored by name would compare as words: “confidential” < “coordination” < “public”."""
    told_facts = [("PHL", "signal", SourceKind.STATEMENT, level, "person:1", {}) for level in Sensitivity]
    with undone(store) as connection:
        records = dossiers.records(connection, "att")
        dossiers.append(connection, [Appended(r, on_file(r.state, told_facts), {}) for r in records])
        found = dossiers.facts_of(connection, records, where=readable_where(ANYONE, assessments=()))
    assert [f.sensitivity for facts in found.values() for f in facts] == [Sensitivity.PUBLIC]


def test_a_release_opens_a_fact_of_its_own_dossier_alone(store):
    hidden = ("PHL", "signal", SourceKind.STATEMENT, Sensitivity.CONFIDENTIAL, "person:1", {})
    with undone(store) as connection:
        records = {record.state: record for record in dossiers.records(connection, "att")}
        filed = on_file("PHL", [hidden])
        misplaced = a_fact("KHM", 1, kind=RELEASE, data={"fact": filed[0].id, "audience": "person:2"})
        additions = [Appended(records["PHL"], filed, {}), Appended(records["KHM"], [misplaced], {})]
        dossiers.append(connection, additions)
        condition = readable_where(Reader(actor="person:2"), assessments=ASSESSMENTS)
        assert not any(dossiers.facts_of(connection, records.values(), where=condition).values())


@pytest.mark.parametrize("fate", [TAKEN_BACK, CORRECTED, REPLACED, TAKEN_BACK_BY_MISTAKE])
def test_a_release_that_was_taken_back_opens_nothing_ever_again(store, fate):
    """Also when the taking back was a mistake: who is to read it again is named again."""
    reader = Reader.of("person:2", {Role.CONTACT: {"PHL"}})
    for audience in ("person:2", "state:PHL"):
        told_facts = [("PHL", "signal", SourceKind.PRESS, Sensitivity.CONFIDENTIAL, "person:1", {audience: fate})]
        with undone(store) as connection:
            records = [r for r in dossiers.records(connection, "att") if r.state == "PHL"]
            filed = on_file("PHL", told_facts)
            dossiers.append(connection, [Appended(records[0], filed, {})])
            found = dossiers.facts_of(connection, records, where=readable_where(reader, assessments=ASSESSMENTS))
        assert filed[0] not in found[records[0].id]
        assert filed[0] not in readable(PATHWAY, filed, reader)


@pytest.mark.parametrize("kind", ["signal", "obstacle"])
@pytest.mark.parametrize(
    "source", [SourceKind.GOVERNMENT, SourceKind.NOTE_VERBALE, SourceKind.ASSESSMENT, SourceKind.PRESS]
)
def test_sql_and_rule_agree_for_every_kind_of_reader_on_every_kind_of_fact(store, source, kind):
    """The same by exhaustion: chance may never draw the one pair that leaks."""
    told_facts = [
        (state, kind, source, level, actor, audiences)
        for state in ("PHL", "KHM")
        for level in Sensitivity
        for actor, audiences in (
            ("person:1", {}),
            ("person:2", {}),
            ("person:2", {"person:1": STANDS}),
            ("person:2", {"person:1": TAKEN_BACK}),
            ("person:2", {"state:PHL": STANDS}),
            ("person:2", {"state:PHL": TAKEN_BACK_BY_MISTAKE}),
            ("person:2", {"person:2": STANDS, "state:KHM": STANDS}),
        )
    ]
    asking = [
        Reader.of("person:1", {**held, **own}, of_states=of, party=party, sees_personal=personal)
        for held in ({}, *({role: states} for role in (*Role, MADE_UP) for states in ((), {"PHL"})))
        for own in ({}, {Role.CONTACT: {"PHL"}})
        for of in ((), {"PHL"})
        for party in (False, True)
        for personal in (False, True)
    ]
    with undone(store) as connection:
        records = dossiers.records(connection, "att")
        filed = {record.state: on_file(record.state, told_facts) for record in records}
        dossiers.append(connection, [Appended(record, filed[record.state], {}) for record in records])
        for reader in asking:
            assert_agreed(connection, records, filed, reader)
