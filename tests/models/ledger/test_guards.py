"""A trigger that is still there and keeps nothing any more is as good as gone."""

from sqlalchemy import text

from models.ledger.guards import missing_triggers
from tests.models.ledger.chained import undone

#: Ways to put a trigger out of action, with the trigger that is then missed.
WAYS = {
    "sqlite": (
        (
            "fact_no_update",
            "DROP TRIGGER fact_no_update",
            "CREATE TRIGGER fact_no_update BEFORE UPDATE ON fact WHEN 0 BEGIN SELECT RAISE(ABORT, 'no'); END",
        ),
        ("seal_no_delete", "DROP TRIGGER seal_no_delete"),
    ),
    "postgresql": (
        ("fact_no_change", "DROP TRIGGER fact_no_change ON fact"),
        ("fact_no_change", "ALTER TABLE fact DISABLE TRIGGER fact_no_change"),
        (
            "fact_no_change",
            "DROP TRIGGER fact_no_change ON fact",
            "CREATE TRIGGER fact_no_change BEFORE UPDATE ON fact FOR EACH ROW WHEN (false)"
            " EXECUTE FUNCTION accede_append_only()",
        ),
        (
            "seal_no_truncate",
            "CREATE OR REPLACE FUNCTION accede_append_only() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$",
        ),
    ),
}


def test_every_trigger_is_in_place_until_somebody_puts_it_out_of_action(store):
    with undone(store) as connection:
        assert missing_triggers(connection) == []
    for name, *statements in WAYS[store.engine.dialect.name]:
        with undone(store) as connection:
            for statement in statements:
                connection.execute(text(statement))
            assert name in missing_triggers(connection), statements
