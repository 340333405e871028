"""Letters from the sweep to a real mail server, what `accede letters` tells of them, and the check-up."""

import socket
import sqlite3

import pytest

from casework.people.first_administrator import administrator_link
from tests.mailserver import Answer

FROM = ("--from", "2022-01-01")
ADDRESS = "champion@ghana.example"


@pytest.fixture
def champion(training):
    """A training record whose champion of Asia is to hear of the Philippines on 22 June 2022."""
    words = ("champion", "Japan", "--region", "Asia", "--consent", "NV 9/2022", *FROM)
    mandate = str(training.json("mandate", "add", *words)["mandate"])
    person = str(training.json("people", "add", "Champion Desk", "--email", ADDRESS)["person"])
    assert training("people", "hold", person, mandate, *FROM).code == 0
    assert training("sweep").code == 0
    assert training("clock", "2022-06-22").code == 0
    assert training.json("sweep")["letters"] == 1
    return training


def through(server):
    """Return the environment in which letters leave through a server."""
    return {
        "ACCEDE_SMTP_HOST": server.host,
        "ACCEDE_SMTP_PORT": str(server.port),
        "ACCEDE_SMTP_SECURITY": "none",
        "ACCEDE_MAIL_FROM": "accede@secretariat.example",
    }


def post(desk, server):
    answer = desk("post", "--json", **through(server))
    assert answer.code == 0, answer.err
    return {name: answer.json[name] for name in ("sent", "again", "dead", "held")}


def test_a_letter_is_sent_and_said_to_be(champion, mail_server):
    [waiting] = champion.json("letters")
    assert {"letter", "person", "kind", "written_at", "state", "attempts", "reason"} <= waiting.keys()
    assert (waiting["state"], waiting["attempts"]) == ("waiting", 0)
    assert post(champion, mail_server) == {"sent": 1, "again": 0, "dead": 0, "held": 0}
    [sent] = champion.json("letters")
    assert (sent["state"], sent["attempts"]) == ("sent", 1)
    [received] = mail_server.to(ADDRESS)
    assert received.message["X-Accede-Letter"] == sent["letter"]
    assert post(champion, mail_server)["sent"] == 0
    assert "Champion Desk" in champion("letters", COLUMNS="200").out


def test_a_refused_letter_is_dead_with_the_servers_reason_until_somebody_decides(champion, mail_server):
    mail_server.answers[ADDRESS] = Answer.REFUSE
    assert post(champion, mail_server)["dead"] == 1
    dead = champion.json("letters")[-1]
    assert dead["state"] == "dead"
    assert "no such mailbox" in dead["reason"]
    mail_server.answers[ADDRESS] = Answer.ACCEPT
    assert champion("letters", "--retry", dead["letter"]).code == 0
    assert post(champion, mail_server)["sent"] == 1


def test_a_letter_is_given_up_by_a_person(champion):
    [waiting] = champion.json("letters")
    assert champion("letters", "--give-up", waiting["letter"], "--reason", "told by telephone").code == 0
    [given_up] = champion.json("letters")
    assert (given_up["state"], given_up["reason"]) == ("given_up", "told by telephone")


def test_a_letter_that_came_back_closes_its_address(champion, mail_server):
    assert post(champion, mail_server)["sent"] == 1
    [sent] = champion.json("letters")
    assert champion("letters", "--returned", sent["letter"]).code == 2  # it needs the reason
    assert champion("letters", "--returned", sent["letter"], "--reason", "user unknown").code == 0
    assert champion.json("letters")[0]["reason"] == "Came back: user unknown"


def test_without_a_mail_server_letters_are_held(champion):
    assert champion.json("post")["held"] == 1
    [held] = champion.json("letters")
    assert held["state"] == "held"
    assert "ACCEDE_SMTP_HOST" in held["reason"]


def test_a_letter_that_is_not_there_is_refused(champion):
    answer = champion("letters", "--retry", "0123456789abcdef")
    assert answer.code == 1
    assert "No letter has the id “0123456789abcdef”" in answer.err


def test_a_letter_is_named_by_the_beginning_that_is_listed(champion):
    [waiting] = champion.json("letters")
    short = waiting["letter"][:8]
    assert short in champion("letters", COLUMNS="80").out
    assert waiting["letter"] not in champion("letters", COLUMNS="200").out
    assert champion("letters", "--give-up", short[:5]).code == 1
    assert champion("letters", "--give-up", short).code == 0
    assert champion.json("letters")[0]["state"] == "given_up"


def test_one_thing_is_decided_at_a_time(champion):
    assert champion("letters", "--retry", "a", "--give-up", "b").code == 2


def findings(desk, code, **environment):
    answer = desk("doctor", "--json", **environment)
    assert answer.code == code, answer.err
    return {finding["name"]: finding for finding in answer.json["findings"]}


def test_the_doctor_finds_a_new_record_sound(desk):
    found = findings(desk, 0)
    assert found["record"]["says"] == "Reachable: a real record."
    assert found["mail server"]["condition"] == "not set"
    assert found["mail server"]["todo"]
    assert found["sweep of att"]["condition"] == "fine"
    assert found["seal of the ledger"]["condition"] == "not yet"
    assert "champion of Africa" in found["appointments for att"]["says"]
    assert {
        "disk",
        "home",
        "links",
        "Prefect",
        "letters to carry",
        "letters undelivered",
        "seal of the ledger",
        "inbox",
    } <= {*found}


def test_the_doctor_says_where_there_is_no_record(bare):
    answer = bare("doctor")
    assert answer.code == 1
    assert answer.said == ["record: There is no record here yet. Make one with: accede init"]
    assert "accede init" in answer.out
    assert findings(bare, 1)["record"]["condition"] == "not made yet"


def test_the_doctor_greets_the_mail_server(desk, mail_server):
    assert findings(desk, 0, **through(mail_server))["mail server"]["condition"] == "fine"
    with_encryption = {**through(mail_server), "ACCEDE_SMTP_SECURITY": "starttls"}
    assert "it offers no STARTTLS" in findings(desk, 1, **with_encryption)["mail server"]["says"]
    assert mail_server.messages == []


def test_the_doctor_finds_a_mail_server_that_does_not_answer(desk):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = str(gone.getsockname()[1])
    found = findings(desk, 1, ACCEDE_SMTP_HOST="127.0.0.1", ACCEDE_SMTP_PORT=port, ACCEDE_SMTP_SECURITY="none")
    assert found["mail server"]["condition"] == "broken"
    assert "Connection refused" in found["mail server"]["says"]


def test_the_doctor_keeps_secrets(desk):
    environment = {"ACCEDE_SMTP_PASSWORD": "hush-hush", "ACCEDE_SMTP_USER": "postmaster"}
    answer = desk("doctor", "--json", **environment)
    assert answer.json["settings"]["smtp_password"] == "set"
    assert "hush-hush" not in answer.out + answer.err
    assert "hush-hush" not in desk("doctor", **environment).out


def test_the_doctor_sees_a_day_that_was_not_swept(champion):
    assert findings(champion, 0)["sweep of att"]["condition"] == "fine"
    assert champion("clock", "2022-06-24").code == 0
    late = findings(champion, 0)["sweep of att"]
    assert (late["condition"], late["says"]) == ("late", "The last completed one was of 2022-06-22.")
    assert late["todo"].startswith("Run `accede sweep")


def test_the_doctor_does_not_call_late_what_waits_for_its_day(champion):
    with sqlite3.connect(champion.home / "accede.db") as behind_the_back:
        behind_the_back.execute("UPDATE letter SET day = '2022-06-23', due_at = '2022-06-22 00:00:00.000000'")
    ahead = findings(champion, 0)["letters to carry"]
    assert (ahead["condition"], ahead["says"]) == ("fine", "0 waiting, 0 to try again, 1 wait for their day.")
    assert ahead["todo"] == "Run `accede clock 2022-06-23`, which lets those of that day go."
    assert champion("clock", "2022-06-23").code == 0
    assert findings(champion, 0)["letters to carry"]["condition"] == "late"


def test_the_doctor_does_not_praise_links_that_nothing_answers(desk):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    links = findings(desk, 0, ACCEDE_BASE_URL=f"http://127.0.0.1:{port}")["links"]
    assert (links["condition"], links["todo"].partition(";")[0]) == ("to do", "Run `accede up`")
    assert f"the desk at http://127.0.0.1:{port}, which does not answer" in links["says"]


def test_the_doctor_says_whether_the_secretariat_can_come_in(desk, workspace_of):
    assert findings(desk, 0)["way in for att"]["condition"] == "to do"
    assert administrator_link(workspace_of(desk), treaty="att") is not None
    assert findings(desk, 0)["way in for att"]["condition"] == "fine"


def test_the_doctor_sees_letters_that_wait_for_somebody(champion):
    assert champion("post").code == 0
    held = findings(champion, 0)["letters undelivered"]
    assert (held["condition"], held["says"]) == ("to do", "0 dead, 1 held.")


def test_the_doctor_sees_that_prefect_does_not_answer(desk):
    assert findings(desk, 0)["Prefect"]["condition"] == "not set"
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    (desk.home / "prefect").mkdir()
    (desk.home / "prefect" / "address").write_text(f"http://127.0.0.1:{port}")
    silent = findings(desk, 0)["Prefect"]
    assert (silent["condition"], silent["todo"]) == ("to do", "accede up")
    assert f"http://127.0.0.1:{port} does not answer" in silent["says"]


def test_the_doctor_asks_for_a_closed_home(desk):
    desk.home.chmod(0o755)
    assert findings(desk, 0)["home"]["todo"] == f"chmod 700 {desk.home}"
    desk.home.chmod(0o700)
    assert findings(desk, 0)["home"]["condition"] == "fine"
