"""The desk over the real record of 20 June 2022, with the cast on file, signed in at will."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from casework.access.sessions import open_session
from casework.core.workspace import Workspace, open_workspace
from casework.meetings.keeping import Planned, add_meeting
from casework.record.opening import open_record
from desk.server.app import create_app
from desk.server.request_guard import RequestGuard
from desk.web.app_state import equip
from desk.web.cookies import COOKIE
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from tests.appointments import silent_states
from tests.builders import a_workspace, days_pass
from tests.cast import DAY, Cast, appoint
from tests.desk.pages.everybody import Everybody, put_in_place
from tests.desk.pages.sent import Stage, set_stage
from tests.desk.pages.world_on_file import MEETING

ADDRESS = "http://127.0.0.1:8300"


@dataclass
class Desk:
    """A running desk, its office and the cast by the names of their parts."""

    workspace: Workspace
    people: Mapping[str, int]
    app: RequestGuard
    _clients: list[TestClient] = field(default_factory=list)

    def as_(self, who: str) -> TestClient:
        """Give a browser in which somebody of the cast is signed in."""
        client = self.stranger()
        client.cookies.set(COOKIE, open_session(self.workspace, self.people[who]))
        return client

    def stranger(self) -> TestClient:
        """Give a browser in which nobody is signed in; it sends what a browser sends of its own forms."""
        client = TestClient(
            self.app,
            base_url=ADDRESS,
            headers={"sec-fetch-site": "same-origin"},
            follow_redirects=False,
        )
        self._clients.append(client)
        return client

    def close(self) -> None:
        """Close every browser."""
        self.app.app.state.background_post.rest()  # type: ignore[attr-defined]  # else it would go on in the next test
        for client in self._clients:
            client.close()


@pytest.fixture(scope="session")
def app_over() -> Callable[[Workspace], RequestGuard]:
    """Give a way to put the one application before a record: making its routes takes longer than making a page.

    Whatever record it stood before, it stands there no more.
    """
    made: list[RequestGuard] = []

    def over(workspace: Workspace) -> RequestGuard:
        if not made:
            made.append(create_app(workspace))
        equip(made[0].app, workspace)  # type: ignore[arg-type]  # the application behind the gate
        return made[0]

    return over


@pytest.fixture(scope="session")
def desk_record(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """Give the file that each test's record is copied from, and the cast in it."""
    home = tmp_path_factory.mktemp("desk")
    with closing(a_workspace(home, f"sqlite:///{home / 'record.db'}", training="2022-06-20")) as workspace:
        cast = appoint(workspace)
    return home / "record.db", cast


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the home of a training record without people, to be copied for each world that is drawn."""
    home = tmp_path_factory.mktemp("worlds")
    with closing(open_workspace(home)) as workspace:
        open_record(workspace, training=DAY, treaty="att")
        planned = Planned(kind="wgtu", title="The group meets", from_=PartialDate.parse("2022-05-10"), is_webcast=True)
        assert add_meeting(workspace, planned, treaty="att", reader=OPERATOR).meeting == MEETING
    return home


@pytest.fixture(scope="module")
def everybody(a_home_with_cast: Callable[[], Path]) -> Iterator[Everybody]:
    """Give a desk with the whole cast before it."""
    with closing(Everybody.at(a_home_with_cast())) as there:
        yield there


@pytest.fixture(scope="module")
def stage(everybody: Everybody) -> Stage:
    """Give what stands in for the numbers in an address, and what each form says."""
    return set_stage(everybody)


@pytest.fixture
def desk(
    tmp_path: Path, desk_record: tuple[Path, Cast], app_over: Callable[[Workspace], RequestGuard]
) -> Iterator[Desk]:
    """Give a desk of one's own."""
    source, cast = desk_record
    url = f"sqlite:///{shutil.copy(source, tmp_path / 'record.db')}"
    workspace = a_workspace(tmp_path, url, opened=False)
    running = Desk(workspace=workspace, people=cast.people, app=app_over(workspace))
    yield running
    running.close()
    workspace.close()


@pytest.fixture(scope="session")
def silent_record(
    tmp_path_factory: pytest.TempPathFactory, desk_record: tuple[Path, Cast]
) -> tuple[Path, dict[str, int]]:
    """Give the file of that record a hundred days later, swept, and the follow-ups of the silent States."""
    home = tmp_path_factory.mktemp("silent")
    url = f"sqlite:///{shutil.copy(desk_record[0], home / 'record.db')}"
    with closing(a_workspace(home, url, opened=False)) as workspace:
        days_pass(workspace, "2022-10-03")
        found = silent_states(workspace)
    return home / "record.db", found


@pytest.fixture
def silent(desk: Desk, silent_record: tuple[Path, dict[str, int]]) -> dict[str, int]:
    """Let every signatory of the record have been silent for a hundred days; return their follow-ups by State."""
    source, found = silent_record
    put_in_place(source, Path(str(desk.workspace.store.url.database)))
    desk.workspace.forget()  # what day it stood on
    return dict(found)
