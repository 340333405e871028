"""Columns that keep what a database would lose: the order of sensitivities, the zone of an hour."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, inspect, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from models.ledger import dossiers
from models.ledger.dossiers import Appended
from models.store.engine import Store
from models.tables.column_types import Reason, Utc
from models.tables.ledger import FactRow
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.refusals import OneOf, StateName, Word, remark
from pathways.grammar.stages import Instrument
from tests.builders import a_fact, on_file

_fact = FactRow.__table__  # type: ignore[attr-defined]
DIALECT = sqlite.dialect()
NEPAL = timezone(timedelta(hours=5, minutes=45))


@pytest.fixture
def store(store_url):
    made = Store(store_url)
    yield made
    made.dispose()


def keep(store, *facts):
    with store.writing() as connection:
        row = {"treaty": "att", "state": "KHM", "stage": "outside", "standing": "open", "version": 0}
        dossiers.add_dossiers(
            connection, [{**row, "legal_status": "non_signatory", "entered_by": "", "head_seq": 0, "head_hash": ""}]
        )
        record = dossiers.record_of(connection, "att", "KHM")
        dossiers.append(connection, [Appended(record, on_file(*facts), {})])
        return record


def test_a_sensitivity_is_stored_as_its_integer(store):
    """By name, “confidential” < “coordination” would be a comparison of words, and leak."""
    keep(store, *(a_fact("signal", "2024-01-10", sensitivity=level) for level in Sensitivity))
    with store.reading() as connection:
        stored = connection.execute(text("SELECT sensitivity FROM fact ORDER BY seq")).scalars().all()
        assert stored == [0, 1, 2, 3, 4]
        below = select(_fact.c.sensitivity).where(_fact.c.sensitivity <= Sensitivity.COORDINATION).order_by(_fact.c.seq)
        assert connection.execute(below).scalars().all() == [
            Sensitivity.PUBLIC,
            Sensitivity.PARTIES,
            Sensitivity.COORDINATION,
        ]


def test_the_column_of_a_sensitivity_is_a_number(store):
    columns = {column["name"]: str(column["type"]) for column in inspect(store.engine).get_columns("fact")}
    assert columns["sensitivity"] == "INTEGER"


def test_an_hour_without_a_zone_is_refused(store):
    with pytest.raises(StatementError, match="An hour without a zone cannot be stored"):
        keep(store, a_fact("signal", "2024-01-10", recorded_at=datetime(2024, 1, 10, 12)))  # noqa: DTZ001


@pytest.mark.parametrize(
    "hour", [datetime(2024, 1, 10, 0, 30, 0, 1, tzinfo=UTC), datetime(2024, 1, 10, 2, tzinfo=NEPAL)]
)
def test_an_hour_comes_back_as_the_same_instant_in_utc(store, hour):
    record = keep(store, a_fact("signal", "2024-01-10", recorded_at=hour))
    with store.reading() as connection:
        (fact,) = dossiers.facts_of(connection, [record])[record.id]
    assert fact.recorded_at == hour
    assert fact.recorded_at.utcoffset() == timedelta(0)


def test_a_missing_hour_stays_missing():
    dialect = create_engine("sqlite://").dialect
    assert Utc().process_bind_param(None, dialect) is None
    assert Utc().process_result_value(None, dialect) is None


def test_a_deposits_day_is_a_day_and_never_shifts(store):
    record = keep(store, a_fact("deposit", "2024-06", known_by="2024-06-10", instrument="accession"))
    with store.reading() as connection:
        (fact,) = dossiers.facts_of(connection, [record])[record.id]
        assert (str(fact.effective), str(fact.known_by)) == ("2024-06", "2024-06-10")
        assert connection.execute(text("SELECT effective_on FROM fact")).scalar() == "2024-06"


REASONS = {
    "a remark": remark("no_address_on_file"),
    "a remark within a remark": remark("tried_in_vain", last=remark("fault_of_this_program", kind="KeyError")),
    "a remark with a list of remarks": remark("run_came_to", counts=(remark("letters_held", number=3),)),
    "a remark with a day": remark("swept_before", day=date(2022, 6, 21)),
    "one with a month": remark("not_a_date", text=PartialDate.parse("2022-06")),
    "one with a list of choices": remark("not_a_date", text=OneOf(["ratification", "acceptance"])),
    "the words of a server": "450 busy",
    "nothing": None,
}


def kept_and_read(reason):
    column = Reason()
    return column.process_result_value(column.process_bind_param(reason, DIALECT), DIALECT)


@pytest.mark.parametrize("reason", REASONS.values(), ids=REASONS)
def test_a_reason_is_read_as_it_was_written(reason):
    assert kept_and_read(reason) == reason


def test_a_word_of_a_remark_is_a_word_again_so_that_each_language_says_it_in_its_own():
    (_, kept), *_ = kept_and_read(remark("not_a_date", text=Word("ratification"))).given
    (_, member), *_ = kept_and_read(remark("not_a_date", text=Instrument.ACCESSION)).given
    assert (type(kept), type(member), member) == (Word, Word, "accession")


def test_a_state_of_a_remark_keeps_its_code_so_that_each_language_names_it_by_its_own():
    (_, kept), *_ = kept_and_read(remark("not_a_date", text=StateName("Cambodia", "KHM"))).given
    assert (kept, kept.code) == ("Cambodia", "KHM")


def test_words_that_look_like_a_remark_are_words():
    claimed = '{"code": "no_address_on_file", "values": {}}'
    assert kept_and_read(claimed) == f" {claimed}"


@pytest.mark.parametrize(
    "kept",
    ['{"code": "of_another_version", "values": {}}', '{"code": "letter_came_back", "values": {}}', "{", "{}"],
)
def test_a_remark_that_has_no_sentence_any_more_stands_as_it_was_kept(kept):
    assert Reason().process_result_value(kept, DIALECT) == kept
