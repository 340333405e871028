"""Large sweeps in tests: a made-up record on the eve of a day on which much is due, and what a sweep made of it."""

from sqlalchemy import text

from tests.bench.lives import EVE
from tests.bench.made_up import make, open_made_up


def make_record(home, url, size):
    workspace = open_made_up(home, EVE, url)
    make(workspace, size)
    workspace.close()


def what_it_came_to(workspace):
    """Return every row of the dossiers, each follow-up and each notice, but for their random numbers."""
    with workspace.reading() as connection:
        query = (
            "SELECT treaty, state, stage, standing, legal_status, tier, entered_on, projected_on, next_due_on, head_seq"
            " FROM dossier ORDER BY id"
        )
        rows = [tuple(map(str, row)) for row in connection.exec_driver_sql(query)]
        opened = connection.exec_driver_sql(
            "SELECT occasion, COUNT(*) FROM follow_up GROUP BY occasion ORDER BY 1"
        ).all()
        query = "SELECT occasion, role, rung, COUNT(*) FROM notice GROUP BY occasion, role, rung ORDER BY 1, 2, 3"
        told = connection.exec_driver_sql(query).all()
        query = "SELECT person_id, day, COUNT(*) FROM letter GROUP BY person_id, day ORDER BY 1, 2"
        letters = [tuple(map(str, row)) for row in connection.exec_driver_sql(query)]
    return rows, [tuple(row) for row in opened], [tuple(row) for row in told], letters


def steps(workspace):
    """Count, by dossier, the steps of entry into force on file."""
    with workspace.reading() as connection:
        query = text("SELECT dossier_id, COUNT(*) FROM fact WHERE data LIKE :step GROUP BY dossier_id")
        return {row[0]: row[1] for row in connection.execute(query, {"step": '%"enter_into_force"%'})}
