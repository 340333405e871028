"""Whatever is on file, and whoever asks: no page, search, export or file says more than `may_read` lets.

Worlds are made at random. Each fact is marked with words that stand nowhere else; the desk is then walked through
every reader's eyes, link by link. What a reader may know must be there, or an empty desk would pass.
"""

import io
import zipfile
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.testclient import TestClient

from casework.access.sessions import open_session
from desk.web.cookies import COOKIE
from pathways.grammar.clearance import Reader
from tests.desk.pages.any_world import STATES, worlds
from tests.desk.pages.world_on_file import World, a_world
from tests.forms import read_page

pytestmark = pytest.mark.slow
_ADDRESS = "http://127.0.0.1:8300"
_MOST_PAGES = 45  # for one reader; links come in the order in which they are met
_ALWAYS = (
    "/", "/?view=table", "/?region=Africa", "/states", "/states?q={mark}", "/states.csv", "/states.xlsx",
    "/states.csv?q={mark}", "/follow-ups", "/follow-ups?closed=1", "/people", "/runs", "/proposals", "/account",
)  # fmt: skip
_OF_A_STATE = ("/states/{state}", "/states/{state}?on=2022-01-01", "/states/{state}?known=2022-06-20")


@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(drawn=worlds)
def test_nobody_meets_a_mark_of_what_may_not_be_read(empty_desk, app_over, drawn):
    with a_world(empty_desk, drawn) as world:
        app = app_over(world.workspace)
        for person in world.people:
            reader = world.eyes(person)
            hidden = world.hidden_from(reader)
            pages = dict(_walk(app, world, person, next(iter(hidden), "nothing hidden")))
            leaks = {
                (what, path)
                for path, text in pages.items()
                for mark, what in hidden.items()
                if mark in text and mark not in path  # a search says again what was searched for
            }
            assert leaks == set(), reader
            _assert_shows_what_is_open(world, reader, pages)


def _walk(app, world: World, person: int, mark: str) -> Iterator[tuple[str, str]]:
    """Yield every page that somebody finds by the links, with its text, and what was never linked but may be tried."""
    with TestClient(app, base_url=_ADDRESS, follow_redirects=True) as client:
        client.cookies.set(COOKIE, open_session(world.workspace, person))
        todo = [path.format(mark=mark) for path in _ALWAYS]
        todo += [path.format(state=state) for path in _OF_A_STATE for state in STATES]
        todo += [f"/files/{told.fact.id}" for told in world.told if "name of the file" in told.marks]
        todo += [f"/follow-ups/{opened.number}" for opened in world.opened]
        seen = set(todo)
        for place, path in enumerate(todo):
            answer = client.get(path)
            assert answer.status_code in (200, 403, 404), (path, answer.status_code)
            yield path, _text_of(answer.content)
            for found in _onward(path, answer) if place < _MOST_PAGES else ():
                if found not in seen and len(seen) < _MOST_PAGES:
                    seen.add(found)
                    todo.append(found)


def _onward(path: str, answer) -> Iterator[str]:
    if "html" not in answer.headers.get("content-type", ""):
        return
    for link in read_page(answer.text).links:
        target = urlsplit(urljoin(_ADDRESS + path, link))
        is_of_another = target.path.startswith("/states/") and target.path.split("/")[2] not in STATES
        is_again = target.path.startswith("/static") or "lang=" in target.query
        if target.netloc == urlsplit(_ADDRESS).netloc and not is_of_another and not is_again:
            yield target.path + (f"?{target.query}" if target.query else "")


def _text_of(content: bytes) -> str:
    """Return what can be read in an answer; a workbook is a zip of texts."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode(errors="replace") for name in book.namelist())


def _assert_shows_what_is_open(world: World, reader: Reader, pages: dict[str, str]) -> None:
    for opened in world.opened:
        if opened.is_open_to(reader):
            assert opened.mark in pages[f"/states/{opened.state}"], reader
        assert all(mark in pages[f"/follow-ups/{opened.number}"] for mark in opened.open_marks(reader)), reader
    for told in world.told:
        if told.is_open_to(reader):
            page = pages[f"/states/{told.fact.state}"]
            lacking = [where for where, mark in told.marks.items() if where != "text of the file" and mark not in page]
            assert lacking == [], (told.fact.kind, reader)
            if "text of the file" in told.marks:
                assert told.marks["text of the file"] in pages[f"/files/{told.fact.id}"]
