"""What everybody sees of an audit that misses a file: how many, and nothing of whose."""

from flows.audit import audit
from models.runs import runs
from tests.papers import PDF, file_with


def test_a_lost_file_fails_the_audit_which_seals_the_ledger_and_counts_without_names(window, workspace):
    file_with(workspace, "AGO", "signal", "2022-06-01", paper=PDF, name="Secret talks.pdf")
    [kept] = (workspace.settings.home / "attachments").glob("??/*")
    kept.unlink()
    ran = window.run(audit)
    assert ran.state.is_failed()
    assert ran.message.endswith(" Files of facts that are gone or were changed: 1. Details: accede verify.")
    assert {"what": "files gone or changed", "number": 1} in ran.artifacts["table"]
    with workspace.reading() as connection:
        assert runs.last_seal(connection)
    assert not [word for word in ("AGO", "Secret", "signal", kept.name) if word in ran.everything]
