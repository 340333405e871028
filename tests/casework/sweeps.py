"""Sweeps in tests: a training record that stands before a day, and what a sweep did to it."""

from casework.dossiers.dossier_view import dossier_view
from casework.operations.sweep import sweep
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_day

CN = "depositary:C.N.100.2026"


def swept(workspace, day=None, **said):
    on = a_day(day) if day else None
    return sweep(workspace, on=on, run=f"sweep of {day or workspace.today()}", treaty="att", **said)


def steps(workspace, state):
    facts = dossier_view(workspace, state, treaty="att", reader=OPERATOR).facts
    return [(f.fields["step"], f.effective_on) for f in facts if f.kind == "step" and f.counts]


def rows(workspace):
    with workspace.reading() as connection:
        return {row.state: row for row in dossiers.records(connection, "att")}


def numbers(workspace):
    """Count the rows of every table that a sweep may write."""
    tables = ("fact", "follow_up", "notice", "letter", "incident", "sweep", "audit")
    with workspace.reading() as connection:
        return {t: connection.exec_driver_sql(f"SELECT COUNT(*) FROM {t}").scalar() for t in tables}


def many(workspace, treaty="att"):
    """Put every dossier on today's list."""
    with workspace.registry() as connection:
        dossiers.look_again(connection, workspace.today(), treaty=treaty)


# A dossier bound on day D.
