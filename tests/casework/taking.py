"""Taking in tables in tests: a day's table, what it came to, and what it left on the list."""

from casework.depositary.intake import take_in
from models.ledger import dossiers
from tests.builders import a_day
from tests.sources.files import the_file_of

OF_2019, OF_2023 = "2019-08-30", "2023-08-25"
CN = "depositary:C.N.100.2026"
#: What happened between the two tables, State by State.


def take(workspace, day, **said):
    return take_in(workspace, the_file_of(day), published=a_day(day), treaty="att", **said)


def counts(taken):
    return (taken.new, taken.changed, taken.confirmed, len(taken.conflicts), len(taken.vanished), len(taken.faults))


def everything(workspace):
    """Return the whole record as the database holds it."""
    with workspace.reading() as connection:
        rows = dossiers.records(connection, "att")
        facts = dossiers.all_facts(connection, "att")
        return rows, {id_: [f.id for f in found] for id_, found in facts.items()}


def follow_ups(workspace, occasion):
    with workspace.reading() as connection:
        query = "SELECT about, closed_on FROM follow_up WHERE occasion = '" + occasion + "' ORDER BY id"
        return connection.exec_driver_sql(query).all()
