"""The record of the follow-ups' tests: every signatory has been silent for a hundred days, and letters can leave."""

import pytest

from casework.core.workspace import Workspace
from tests.appointments import SILENT_ON, fallen_silent
from tests.builders import a_workspace, clock_of


@pytest.fixture
def silent_record(record: Workspace) -> Workspace:
    """Give a record in which every signatory has been silent too long."""
    return fallen_silent(record)


@pytest.fixture
def silent_record_with_mail(tmp_path, record_url, mail_server):
    """Give the same with a mail server."""
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    workspace = a_workspace(tmp_path, record_url, opened=False, **mail)
    clock_of(workspace).stand_on(str(SILENT_ON))
    yield workspace
    workspace.close()
