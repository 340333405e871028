"""What the desk sees of Prefect: the last run of each flow, the next one, and a run that somebody asks for."""

from datetime import datetime

import httpx
import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from casework.access.sessions import open_session
from casework.operations.flows import Flow
from casework.runs.results import note_result
from desk.processes.ports import HOST, free_from
from desk.scheduling.prefect_http import PrefectRefused, Server
from desk.scheduling.prefect_runs import ask_for, look_in
from desk.server.app import create_app
from desk.web.cookies import COOKIE
from pathways.grammar.refusals import remark
from tests.appointments import the_secretariat
from tests.forms import led_to


def runs_of(window, deployment):
    return window.ask("/flow_runs/filter", {"deployments": {"name": {"any_": [deployment]}}})


def test_every_flow_is_seen_with_its_next_run_and_nothing_that_has_not_run(window, deployed):
    seen = look_in(window.server, treaty="att")
    assert seen.flows.keys() == set(Flow)
    assert seen.flows[Flow.ADVANCE].next_at is None
    assert seen.flows[Flow.ADVANCE].name == ""
    assert seen.flows[Flow.ADVANCE].all_url.startswith("/runs/prefect?to=%2Fdeployments%2Fdeployment%2F")


def test_a_run_asked_for_is_the_next_one_and_then_the_last_with_what_it_said(window, deployed):
    ask_for(window.server, Flow.AUDIT, treaty="att", by=7)
    [run] = [run for run in runs_of(window, "ledger") if run["state"]["message"] == "Asked for at the desk."]
    coming = look_in(window.server, treaty="att").flows[Flow.AUDIT]
    assert coming.next_at is not None
    assert coming.next_at <= datetime.fromisoformat(run["expected_start_time"])
    done = {"type": "COMPLETED", "name": "Completed", "message": "The ledger is whole."}
    window.ask(f"/flow_runs/{run['id']}/set_state", {"state": done, "force": True})
    seen = look_in(window.server, treaty="att").flows[Flow.AUDIT]
    assert (seen.kind, seen.says, seen.url) == (
        "completed",
        "The ledger is whole.",
        f"/runs/prefect?to=%2Fruns%2Fflow-run%2F{run['id']}",
    )
    assert seen.at is not None
    assert seen.at.tzinfo is not None


def test_a_sweep_is_told_who_asked_by_number(window, deployed):
    ask_for(window.server, Flow.SWEEP, treaty="att", by=7)
    [run] = [run for run in runs_of(window, "att") if run["state"]["message"] == "Asked for at the desk."]
    assert run["parameters"] == {"treaty": "att", "asked_by": 7}


def knows_its_prefect(workspace, window):
    """Let a workspace be told of the server, as `accede up` tells the desk."""
    told = {"prefect_url": window.prefect.url, "prefect_is_ours": True}
    told["prefect_auth_string"] = SecretStr(window.prefect.auth)
    workspace.settings = workspace.settings.model_copy(update=told)


def test_the_page_of_runs_shows_prefect_s_word_and_starts_a_run_there(window, deployed, workspace):
    person, _ = the_secretariat(workspace)
    knows_its_prefect(workspace, window)
    browser = TestClient(create_app(workspace), base_url="http://127.0.0.1:8300", follow_redirects=False)
    with browser:
        browser.cookies.set(COOKIE, open_session(workspace, person))
        answer = browser.post("/runs/post/start", headers={"sec-fetch-site": "same-origin"})
        assert led_to(answer) == "/runs says run-asked-for"
        [run] = [run for run in runs_of(window, "letters") if run["state"]["message"] == "Asked for at the desk."]
        done = {"type": "FAILED", "name": "Failed", "message": "3 <undeliverable>."}
        window.ask(f"/flow_runs/{run['id']}/set_state", {"state": done, "force": True})
        page = browser.get("/runs").text
    assert "Prefect does not answer" not in page
    assert f"/runs/prefect?to=%2Fruns%2Fflow-run%2F{run['id']}" in page
    assert window.prefect.auth not in page
    assert "3 &lt;undeliverable&gt;." in page
    assert "Last started by hand by Desk officer" in page


def test_what_a_run_came_to_is_said_in_the_language_of_the_page(window, deployed, workspace):
    person, _ = the_secretariat(workspace)
    knows_its_prefect(workspace, window)
    ask_for(window.server, Flow.INTAKE, treaty="att", by=person)
    [run] = [run for run in runs_of(window, "inbox") if run["state"]["message"] == "Asked for at the desk."]
    done = {"type": "COMPLETED", "name": "Completed", "message": "Files taken in: 3."}
    window.ask(f"/flow_runs/{run['id']}/set_state", {"state": done, "force": True})
    came_to = remark("run_came_to", counts=(remark("files_taken_in", number=3), remark("files_refused", number=2)))
    with TestClient(create_app(workspace), base_url="http://127.0.0.1:8300") as browser:
        browser.cookies.set(COOKIE, open_session(workspace, person))
        assert "Files taken in: 3." in browser.get("/runs?lang=ar").text  # Prefect's word, where the record has none
        note_result(workspace, "intake", run["id"], came_to)
        assert "Files taken in: 3" not in browser.get("/runs?lang=ar").text
        assert "Files taken in: 3, files refused: 2 (" in browser.get("/runs?lang=en").text


def test_a_flow_that_is_not_deployed_is_not_seen(window, deployed):
    assert Flow.SWEEP not in look_in(window.server, treaty="another").flows


def test_a_page_does_not_wait_for_a_prefect_that_is_gone():
    with pytest.raises(PrefectRefused):
        look_in(Server(url=f"http://{HOST}:{free_from(0)}"), treaty="att")


def test_without_the_password_it_does_nothing_but_show_the_page_that_asks_for_it(window, deployed):
    for stranger in (Server(url=window.prefect.url), Server(url=window.prefect.url, auth="guessed")):
        with pytest.raises(PrefectRefused, match="answered 401"):
            ask_for(stranger, Flow.AUDIT, treaty="att", by=7)
    assert httpx.get(window.prefect.url).status_code == 200


@pytest.mark.parametrize("host", ["prefect.example.org", "127.0.0.1.example.org:4200", ""])
@pytest.mark.parametrize("path", ["/", "/api/health", "/api/flow_runs/filter", "/open"])
def test_it_answers_under_no_name_but_this_machine_s(window, host, path):
    with httpx.Client(base_url=window.prefect.url) as caller:
        assert caller.get(path, headers={"host": host}).status_code == 400
