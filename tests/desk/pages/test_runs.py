"""The page of runs: what ran, what failed and what was not delivered, for the Secretariat's eyes alone."""

import re
import socket

import pytest
from pydantic import SecretStr

from casework.follow_ups.failures import NOT_TAKEN_IN, RUN_FAILED, note_failure, open_failures
from casework.follow_ups.reminders import note_incident
from casework.letters.administration import list_letters
from casework.operations.runs_page import runs_view
from desk.processes.ports import HOST, free_from
from models.ledger import dossiers
from models.runs import runs, sweep_parts
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import refusal, remark
from tests.builders import clock_of
from tests.casework.letters.at_the_post import a_notice
from tests.forms import led_to, words

POSTS = (
    *("/runs/sweep/start", "/runs/post/start", "/runs/intake/start", "/runs/audit/start"),
    *("/letters/{letter}/retry", "/letters/{letter}/give-up", "/letters/{letter}/returned"),
)


def with_prefect_at(desk, port):
    settings = desk.workspace.settings.model_copy(update={"prefect_url": f"http://{HOST}:{port}"})
    desk.workspace.settings = settings
    return settings.prefect_url


def letter_of(desk, who="champion"):
    [found] = [letter for letter in list_letters(desk.workspace, reader=OPERATOR) if letter.person == desk.people[who]]
    return found


@pytest.fixture
def letter(desk):
    """A letter that has no way to leave: no mail server is configured."""
    a_notice(desk.workspace, desk.people["champion"], role="champion")
    assert desk.as_("secretariat").post("/runs/post/start").status_code == 303
    assert letter_of(desk).state == "held"
    return letter_of(desk).letter


@pytest.mark.parametrize("who", ["coordinator", "champion", "president", "chair", "contact elsewhere"])
def test_nobody_but_the_secretariat_sees_runs_or_touches_them(desk, letter, who):
    browser = desk.as_(who)
    for path in ("/runs", "/runs/prefect"):
        page, nothing = browser.get(path), browser.get("/no-such-page")
        assert (page.status_code, words(page)) == (404, words(nothing))
    for path in (*POSTS, "/runs/nothing/start"):
        assert browser.post(path.format(letter=letter), data={"reason": "mine"}).status_code == 404
    assert letter_of(desk).state == "held"
    assert 'href="/runs"' not in browser.get("/follow-ups").text
    assert [
        view.at for view in runs_view(desk.workspace, treaty="att", reader=OPERATOR).flows if view.flow == "sweep"
    ] == [None]


def test_a_sweep_started_on_the_page_says_what_it_did_and_who_started_it(desk):
    browser = desk.as_("secretariat")
    before = browser.get("/runs").text
    assert "left nothing in the record yet" in before
    assert "No sweep has run yet." in before
    assert "Nothing that failed waits for anybody." not in before
    answer = browser.post("/runs/sweep/start")
    assert led_to(answer) == "/runs says run-done"
    page = browser.get(answer.headers["location"]).text
    assert "Swept: 20 June 2022." in page
    assert "Nothing that failed waits for anybody." in page
    assert "Last started by hand by Officer of the Secretariat" in page
    with desk.workspace.reading() as connection:
        assert runs.sweeps(connection)[0]["actor"].endswith(f"for person:{desk.people['secretariat']}")


@pytest.mark.parametrize("path", ["/runs/advance/start", "/runs/nothing/start", f"/runs/{'x' * 10_000}/start"])
def test_what_cannot_be_started_is_not_there(desk, path):
    assert desk.as_("secretariat").post(path).status_code == 404


def test_a_sweep_under_way_is_not_started_twice(desk):
    with desk.workspace.registry() as connection:
        runs.take_lease(connection, "sweep:att", "another", now=clock_of(desk.workspace).now(), seconds=60)
    answer = desk.as_("secretariat").post("/runs/sweep/start")
    assert answer.status_code == 409
    assert "under way just now" in answer.text


def test_a_shared_sweep_under_way_shows_what_all_its_runs_have_done_by_now(desk):
    workspace, now = desk.workspace, desk.workspace.clock.now()
    with workspace.registry() as connection:
        dossiers.look_again(connection, workspace.today(), treaty="att")
        values = {"run": "one", "actor": "system:sweep:one", "started_at": now, "counts": '{"due":197}'}
        sweep = runs.begin_sweep(connection, treaty="att", day=workspace.today(), **values)
        sweep_parts.cut(connection, sweep, on=workspace.today(), treaty="att", size=100)
        for holder, advanced in (("one", 3), ("two", 4)):
            part = sweep_parts.take(connection, sweep, holder, now=now, seconds=60)
            assert sweep_parts.beat(connection, part, holder, now=now, counts={"advanced": advanced})
    page = words(desk.as_("secretariat").get("/runs"))
    assert "Being swept: 20 June 2022. So far: due 197 advanced by date 7" in page
    assert "Swept:" not in page
    assert "for 20 June 2022. Parts: 2, done: 0, in hand: 2, fallen silent: 0. At work: run one on part 1" in page


def test_without_prefect_the_hours_are_those_that_are_kept_without_it(desk):
    page = desk.as_("secretariat").get("/runs").text
    assert "Prefect is not part of this installation" in page
    assert re.search(r"25 Jul 2026, 06:00", page)  # the next sweep, in Geneva's summer


def test_the_desk_leads_to_prefect_s_page_with_a_password_that_no_server_gets(desk):
    with_prefect_at(desk, 4200)
    told = {"prefect_auth_string": SecretStr("hush"), "prefect_is_ours": True}
    desk.workspace.settings = desk.workspace.settings.model_copy(update=told)
    browser = desk.as_("secretariat")
    leads = browser.get("/runs/prefect", params={"to": "/runs/flow-run/7?tab=Logs"}).headers["location"]
    assert leads == f"http://{HOST}:4200/open?to=%2Fruns%2Fflow-run%2F7%3Ftab%3DLogs#aHVzaA=="
    for elsewhere in ("https://evil.example", "//evil.example", "/\\evil.example"):
        leads = browser.get("/runs/prefect", params={"to": elsewhere}).headers["location"]
        assert leads.startswith(f"http://{HOST}:4200/open?to=%2F#")


def test_a_prefect_that_others_run_asks_for_its_password_itself(desk):
    with_prefect_at(desk, 4200)
    told = {"prefect_auth_string": SecretStr("hush")}
    desk.workspace.settings = desk.workspace.settings.model_copy(update=told)
    leads = desk.as_("secretariat").get("/runs/prefect", params={"to": "/runs"}).headers["location"]
    assert leads == f"http://{HOST}:4200/runs"


def test_a_prefect_that_is_gone_is_said_to_be_gone(desk):
    url = with_prefect_at(desk, free_from(0))
    page = desk.as_("secretariat").get("/runs").text
    assert "Prefect does not answer" in page
    assert f"{url} does not answer; nothing runs by itself." in page
    assert "Prefect is busy" not in page
    assert "not planned" not in page


def test_a_prefect_that_is_only_slow_is_said_to_be_busy_and_the_work_is_done_here(desk):
    with socket.create_server((HOST, 0)) as hangs:  # takes the connection and never answers
        url = with_prefect_at(desk, hangs.getsockname()[1])
        browser = desk.as_("secretariat")
        browser.get("/health")
        page = browser.get("/runs")  # else it would wait for the end of the test's patience
    assert page.status_code == 200
    assert "Prefect is busy" in page.text
    assert "Prefect has not said" in page.text
    assert f"Prefect at {url} is busy and has not answered" in page.text  # in the check-up
    for untrue in ("Prefect does not answer", "nothing runs by itself", "not planned"):
        assert untrue not in page.text
    assert led_to(browser.post("/runs/sweep/start")) == "/runs says run-done"


def test_a_dossier_that_failed_is_named_with_its_incident_also_when_it_has_been_treated_since(desk):
    with desk.workspace.reading() as connection:
        dossier = dossiers.record_of(connection, "att", "KHM").id
    failed = note_incident(desk.workspace, dossier, desk.workspace.today(), "run", "KeyError", beat=lambda *_: None)
    browser = desk.as_("secretariat")
    page = browser.get("/runs").text
    assert "Cambodia: A run could not treat this dossier" in page
    assert f"Incident {failed.incident} (KeyError), in the sweep of 20 June 2022." in page
    assert "It has been treated since" not in page
    with desk.workspace.registry() as connection:
        runs.resolve_incidents(connection, [dossier], desk.workspace.clock.now())
    page = browser.get("/runs").text
    assert "Cambodia: A run could not treat this dossier" in page
    assert "It has been treated since" in page


def test_what_failed_stands_on_the_page_and_on_the_list_with_every_reason_until_it_is_closed(desk):
    reasons = [refusal("in_row", row=row, why=refusal("row_names_nobody")) for row in range(1, 9)]
    with desk.workspace.registry() as connection:
        told = {"treaty": "att", "mark": "x", "about": "list<b>.csv", "reasons": reasons}
        note_failure(desk.workspace, connection, NOT_TAKEN_IN, **told)
        [failed] = open_failures(connection)
    browser = desk.as_("secretariat")
    page = browser.get("/runs").text
    assert "A file could not be taken in: <bdi>list&lt;b&gt;.csv</bdi>" in page
    assert "3 more reasons" in page
    address = f"/follow-ups/{failed.follow_up}"
    assert f'href="{address}"' in page
    assert f'href="{address}"' in browser.get("/follow-ups").text
    own = browser.get(address).text
    assert [f"Row {row}: it names no participant." in own for row in range(1, 9)] == [True] * 8
    browser.post(f"{address}/close", data={"outcome": "done", "text": "Fetched again."})
    assert "list&lt;b&gt;.csv" not in browser.get("/runs").text


def test_that_no_sweep_had_completed_by_noon_stands_there_also_after_the_next_sweep(desk):
    with desk.workspace.registry() as connection:
        told = {"treaty": "att", "mark": "sweep:noon", "about": "sweep", "tell": False}
        reasons = [remark("not_swept_by_noon", day=desk.workspace.today())]
        note_failure(desk.workspace, connection, RUN_FAILED, **told, reasons=reasons)
    browser = desk.as_("secretariat")
    assert led_to(browser.post("/runs/sweep/start")).startswith("/runs")
    page = words(browser.get("/runs"))
    assert "A run failed: daily sweep" in page
    assert "On 20 June 2022 no sweep had completed by noon." in page


def test_what_failed_is_the_secretariats_alone(desk):
    with desk.workspace.registry() as connection:
        told = {"treaty": "att", "mark": "x", "about": "list.csv", "reasons": [refusal("table_is_empty")]}
        note_failure(desk.workspace, connection, NOT_TAKEN_IN, **told)
        [failed] = open_failures(connection)
    for part in ("champion", "coordinator", "president", "contact"):
        browser = desk.as_(part)
        assert browser.get(f"/follow-ups/{failed.follow_up}").status_code == 404
        assert "list.csv" not in browser.get("/follow-ups").text


def test_a_letter_that_reached_nobody_says_why_and_is_tried_again_or_given_up(desk, letter):
    browser = desk.as_("secretariat")
    page = browser.get("/runs").text
    assert "No mail server is configured" in page
    assert "No mail server is configured" not in browser.get("/runs?lang=ar").text
    assert "لم يُضبط خادم بريد" in browser.get("/runs?lang=ar").text
    browser.get("/runs?lang=en")
    assert f'action="/letters/{letter}/retry"' in page
    assert led_to(browser.post(f"/letters/{letter}/retry")) == "/runs says letter-tried-again"
    assert letter_of(desk).state == "waiting"
    answer = browser.post(f"/letters/{letter}/give-up", data={"reason": "<script>the mission has closed"})
    assert led_to(answer) == "/runs says letter-given-up"
    assert letter_of(desk).reason == "<script>the mission has closed"
    found = browser.get(f"/runs?letter={letter[:8]}").text
    assert "&lt;script&gt;the mission has closed" in found
    assert "<script>the" not in found


def test_what_cannot_be_done_to_a_letter_is_said_and_what_was_typed_is_kept(desk, letter):
    browser = desk.as_("secretariat")
    answer = browser.post(f"/letters/{letter}/returned", data={"reason": "mailbox full"})
    assert answer.status_code == 422
    assert "was not sent, so it cannot have come back" in answer.text
    assert browser.post("/letters/0123456789abcdef/retry").status_code == 404


def test_a_letter_is_looked_for_by_the_beginning_of_its_id_and_nothing_else(desk, letter):
    browser = desk.as_("secretariat")
    assert f'action="/letters/{letter}/retry"' in browser.get(f"/runs?letter={letter}").text
    for nobodys in ("%", "_", "zz", "x" * 10_000, "' OR 1=1 --"):
        assert "No letter has an id that begins so" in browser.get("/runs", params={"letter": nobodys}).text


def test_the_page_says_what_the_doctor_says_and_no_secret(desk):
    desk.workspace.settings = desk.workspace.settings.model_copy(update={"smtp_user": "someone-of-ours"})
    page = desk.as_("secretariat").get("/runs").text
    assert "The check-up" in page
    assert "No mail server is configured; letters are held." in page
    assert "someone-of-ours" not in page
    arabic = desk.as_("secretariat").get("/runs?lang=ar").text
    assert "لم يُضبط خادم بريد؛ الرسائل محتجزة." in arabic
    assert "No mail server" not in arabic


def test_letters_that_were_held_were_tried_and_not_carried(desk, letter):
    page = desk.as_("secretariat").get("/runs").text
    assert "Letters were last tried" in page
    assert "No letter has left yet." in page
    assert "carried" not in page.partition('id="doctor"')[0].partition('id="flows"')[2].replace("Carries", "")
