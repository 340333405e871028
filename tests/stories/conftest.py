"""A story is told in a training record of all States, with a real mail server, on both databases."""

import pytest

from tests.builders import AN_HOUR, a_workspace

pytest.register_assert_rewrite("tests.stories.narrator")

from tests.stories.narrator import Story  # noqa: E402  # its assertions are to say what differs


@pytest.fixture
def tell(tmp_path, record_as, mail_server):
    mail = {"smtp_host": mail_server.host, "smtp_port": mail_server.port, "smtp_security": "none"}
    workspaces = []

    def begin(state, *, opened, at=AN_HOUR):
        workspaces.append(a_workspace(tmp_path, record_as(training=opened), opened=False, now=at, **mail))
        return Story(state, workspaces[-1], mail_server)

    yield begin
    for workspace in workspaces:
        workspace.close()
