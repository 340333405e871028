"""Who gets which answer from every route: the table in `route_table.py`, held against the desk itself."""

import logging
from threading import Event
from urllib.parse import urlencode

import pytest

from desk.pages import ROUTERS
from desk.web.visit import OPEN
from tests.cast import STRANGER
from tests.desk.pages.route_table import ROWS

_FORMS = [row for row in ROWS if row.method == "POST"]


def test_every_route_has_a_row_and_every_row_a_route():
    routes = {(method, route.path) for router in ROUTERS for route in router.routes for method in route.methods}
    assert routes == {(row.method, row.path) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_role_gets_the_answer_in_the_table_and_nothing_breaks(everybody, stage, row, caplog):
    got = {}
    for part in row.answers:
        reader = everybody.cast.eyes(everybody.workspace, part) if part in everybody.cast.people else None
        sent = stage.sent_by(row, everybody.workspace, reader)
        answer = everybody.ask(part, row.method, stage.address(row.path), **sent)
        got[part] = answer.status_code
        if row.method == "POST":
            everybody.put_back()
    assert got == row.answers
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


def test_the_record_is_put_back_once_nobody_is_at_work_in_it(everybody):
    done = []
    everybody.app.app.state.background_post.soon(lambda: Event().wait(0.2) or done.append("written"))
    everybody.put_back()
    assert done == ["written"]


@pytest.mark.parametrize("row", [row for row in ROWS if row.path not in OPEN], ids=str)
def test_a_stranger_is_sent_to_the_door_and_back_to_the_page_asked_for(everybody, stage, row):
    path = stage.address(row.path)
    answer = everybody.ask(STRANGER, row.method, path, **stage.sent(row))
    back = path if row.method == "GET" else "/"
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?{urlencode({'next': back})}")


@pytest.mark.parametrize("row", _FORMS, ids=str)
@pytest.mark.parametrize("said", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}], ids=str)
def test_no_form_is_taken_from_another_site(everybody, stage, row, said):
    answer = everybody.ask("administrator", "POST", stage.address(row.path), headers=said, **stage.sent(row))
    assert (answer.status_code, "another site" in answer.text) == (403, True)
