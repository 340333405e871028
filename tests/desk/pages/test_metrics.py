"""What a Prometheus on this machine is told, and that nobody else is told that there is anything to tell."""

import re
import socket
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event
from starlette.testclient import TestClient

from casework.core.workspace import Workspace
from casework.follow_ups.failures import KINDS
from casework.runs.results import note_failed_run, why_it_failed
from desk.pages import ROUTERS
from desk.server.app import create_app
from models.runs.health import UNDELIVERED
from sources.states import load_register
from tests.architecture.tree import ROOT
from tests.builders import a_workspace, file
from tests.cast import PARTS, STATE
from tests.desk.conftest import ADDRESS
from tests.running_desk import running_desk
from tests.statements import questions

ELSEWHERE = [
    ("192.0.2.9", {}),
    ("127.0.0.1", {"x-forwarded-for": "127.0.0.1"}),
    ("127.0.0.1", {"x-forwarded-for": ""}),
    ("127.0.0.1", {"forwarded": "for=127.0.0.1"}),
    ("127.0.0.1", {"via": "1.1 proxy"}),
    ("127.0.0.1", {"x-real-ip": "127.0.0.1"}),
]


def on_this_machine(app, peer="127.0.0.1", **said):
    """Give a program that asks from an address."""
    return TestClient(app, base_url=ADDRESS, client=(peer, 5), follow_redirects=False, **said)


def scraped(app):
    """Return what Prometheus makes of it: by name, each value by its labels."""
    answer = on_this_machine(app).get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_a_prometheus_on_this_machine_is_told_how_the_record_is(desk):
    told = scraped(desk.app)
    assert told["accede_record_answers"] == {(): 1.0}
    assert told["accede_letters"].keys() == {(str(state),) for state in UNDELIVERED}
    assert told["accede_open_failures"] == {(kind,): 0.0 for kind in KINDS}
    assert told["accede_oldest_due_dossier_age_seconds"].keys() == {("att",)}
    assert told["accede_last_sweep_age_seconds"].keys() == {("att",)}
    for name in ("accede_oldest_waiting_letter_age_seconds", "accede_last_backup_age_seconds"):
        assert told[name].keys() == {()}


def test_the_operator_reads_of_just_those_numbers_that_are_told(desk):
    desk.stranger().get("/health")
    told = {re.sub("_(bucket|count|sum)$", "", name) for name in scraped(desk.app)}
    manual = (ROOT / "docs/operating.md").read_text()
    assert set(re.findall(r"^\| `(accede_\w+)", manual, re.MULTILINE)) == told
    assert set(re.findall(r"\baccede_\w+", manual.partition("accede.rules.yml")[2])) <= told


@pytest.mark.parametrize(("peer", "said"), ELSEWHERE, ids=str)
@pytest.mark.parametrize("who", [None, "contact", "administrator"])
def test_to_whoever_asks_from_elsewhere_it_is_as_any_address_that_does_not_exist(desk, peer, said, who):
    cookies = dict(desk.as_(who).cookies) if who else {}
    asking = on_this_machine(desk.app, peer, headers=said, cookies=cookies)
    answers = [asking.get(path) for path in ("/metrics", "/no-such-page")]
    assert [answer.status_code for answer in answers] == [404 if who else 303] * 2
    told, unknown = ((answer.text, answer.headers.get("location")) for answer in answers)
    assert told == tuple(text and text.replace("no-such-page", "metrics") for text in unknown)
    assert "accede_" not in told[0]


def test_under_the_name_that_people_know_it_by_nothing_is_here_either(desk):
    workspace = desk.workspace.settings.model_copy(update={"base_url": "https://accede.example.org"})
    named = create_app(Workspace(workspace, desk.workspace.store, desk.workspace.clock))
    asking = TestClient(named, base_url="https://accede.example.org", client=("127.0.0.1", 5), follow_redirects=False)
    assert asking.get("/metrics").headers["location"] == "/sign-in?next=%2Fmetrics"
    assert on_this_machine(named).get("/metrics").status_code == 200


def test_requests_are_counted_by_the_declared_address_of_their_page(desk):
    secretariat, stranger = desk.as_("secretariat"), desk.stranger()
    for path in ("/states/MWI", "/states/KHM?on=2022-01-01", "/no-such-page", "/static/desk.css"):
        secretariat.get(path)
    stranger.get("/sign-in/a-link-that-lets-somebody-in")
    stranger.head("/health")
    stranger.post("/sign-out", headers={"sec-fetch-site": "cross-site"})
    stranger.request("BREW", "/states")
    stranger.get("/health", headers={"host": "evil.example"})
    told = scraped(desk.app)
    assert told["accede_requests_total"] == {
        ("GET", "/states/{state}", "2xx"): 2.0,
        ("GET", "none", "4xx"): 2.0,
        ("GET", "/static", "2xx"): 1.0,
        ("GET", "/sign-in/{token}", "4xx"): 1.0,
        ("GET", "/health", "2xx"): 1.0,
        ("POST", "none", "4xx"): 1.0,
        ("other", "/states", "3xx"): 1.0,
    }
    assert told["accede_request_duration_seconds_count"]["GET", "/states/{state}"] == 2.0
    assert scraped(desk.app)["accede_requests_total"]["GET", "/metrics", "2xx"] == 1.0


def test_nothing_is_told_of_a_state_a_person_or_anything_on_file(desk):
    workspace = desk.workspace
    file(
        workspace,
        STATE,
        "signal",
        "2022-05-02",
        speaker="Minister Ruritanova",
        note="told in confidence: cabinet split",
    )
    file(workspace, STATE, "contact_named", "2022-05-02", ministry="Ministry of Ruritanova", reached_by="person")
    file(workspace, STATE, "obstacle", "2022-05-03", "assessment", reason="budget of Ruritanova")
    note_failed_run(workspace, "sweep/att", why_it_failed(RuntimeError("Ruritanova wavers")))
    browser = desk.as_("secretariat")
    for path in (f"/states/{STATE}", f"/states/{STATE}/file/signal", "/states?q=Ruritanova", "/people/1", "/runs", "/"):
        browser.get(path)
    desk.stranger().post("/sign-in", data={"address": "ruritanova@mission.example"})
    desk.stranger().get("/sign-in/ruritanova-token?next=/states/MWI")
    text = on_this_machine(desk.app).get("/metrics").text
    labels = dict.fromkeys(value for pair in re.findall(r"\{(.*?)\} ", text) for value in re.findall(r'="(.*?)"', pair))
    routes = {route.path for router in ROUTERS for route in router.routes} | {"/static", "none"}
    known = routes | {"att", "GET", "POST", "2xx", "3xx", "4xx", *map(str, UNDELIVERED), *KINDS}
    assert [label for label in labels if label not in known and not re.fullmatch(r"[\d.]+|\+Inf", label)] == []
    for entry in load_register().states:
        assert not re.search(rf"\b({entry.iso3}|{re.escape(entry.name)})\b", text)
    for word in (
        "uritan",
        "confidence",
        "cabinet",
        "wavers",
        "mission",
        "obstacle",
        "budget",
        *(p.name for p in PARTS.values()),
    ):
        assert word not in text


def test_a_record_that_is_gone_is_told_and_so_is_what_was_answered(desk, tmp_path):
    desk.stranger().get("/health")
    (tmp_path / "record.db").rename(tmp_path / "elsewhere.db")
    told = scraped(desk.app)
    assert told["accede_record_answers"] == {(): 0.0}
    assert told["accede_requests_total"] == {("GET", "/health", "2xx"): 1.0}
    assert not any(name.endswith("_age_seconds") for name in told)


@pytest.mark.slow
def test_a_record_that_says_nothing_is_not_waited_for(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql://accede@127.0.0.1:{silent.getsockname()[1]}/accede"
        workspace = a_workspace(tmp_path, url, opened=False)
        with on_this_machine(create_app(workspace)) as prometheus:
            answer = prometheus.get("/metrics")
            silent.close()  # else the question that was given up would hold up the end
    assert (answer.status_code, "accede_record_answers 0.0" in answer.text) == (200, True)
    workspace.close()


@pytest.mark.slow
def test_so_it_is_at_the_desk_that_runs(a_home_with_cast):
    with running_desk(a_home_with_cast()) as desk:
        with urlopen(f"{desk.url}/metrics", timeout=20) as answer:
            assert "accede_record_answers 1.0" in answer.read().decode()
        with urlopen(Request(f"{desk.url}/metrics", headers={"x-forwarded-for": "192.0.2.7"}), timeout=20) as door:
            assert door.url == f"{desk.url}/sign-in?next=%2Fmetrics"


def test_to_be_told_costs_a_few_statements_and_looks_nobody_up(desk):
    asked = []
    event.listen(desk.workspace.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    cookies = dict(desk.as_("administrator").cookies)
    asked.clear()
    on_this_machine(desk.app, cookies=cookies).get("/metrics")
    assert 0 < len(questions(asked)) <= 8
    assert not any("session" in statement or "person" in statement for statement in asked)
