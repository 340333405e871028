"""Mandates, persons and follow-ups from the command line, and commands in a person's name."""

import re
from contextlib import closing

import pytest

from casework.access.one_time_links import sign_in_by_link
from casework.core.running_desk import running_at
from casework.core.workspace import open_workspace

FROM = ("--from", "2022-01-01")


def add(desk, name, *mandate):
    """Enter a person with a mandate, and return both numbers."""
    given = desk.json("mandate", "add", *mandate, *FROM)["mandate"]
    email = f"{name.lower().replace(' ', '.')}@mission.example"
    person = desk.json("people", "add", name, "--email", email)["person"]
    held = desk("people", "hold", str(person), str(given), *FROM, "--lead")
    assert held.code == 0, held.err
    return str(person), str(given)


@pytest.fixture
def office(training):
    """A training record with a Secretariat, and a coordinator and a champion of Africa."""
    add(training, "Secretariat Desk", "secretariat", "ATT Secretariat")
    add(training, "Vice Presidency", "coordinator", "South Africa", "--region", "Africa", "--until", "2023-08-31")
    add(training, "Champion Desk", "champion", "Ghana", "--region", "Africa", "--consent", "NV 4/2022")
    return training


def test_who_holds_what_is_listed(office):
    [secretariat, coordinator, champion] = office.json("people", "list")
    assert (secretariat["name"], secretariat["email"]) == ("Secretariat Desk", "secretariat.desk@mission.example")
    assert {*champion} >= {"person", "name", "language", "email", "holds"}
    [held] = champion["holds"]
    assert (held["mandate"], held["role"], held["of"], held["scope"]) == (3, "champion", "GHA", "Africa")
    assert (held["from"], held["until"], held["lead"]) == ("2022-01-01", None, True)
    assert coordinator["holds"][0]["role"] == "coordinator"
    listed = office("people", "list").out.split()  # a name may take two lines, a word never
    assert {"Champion", "champion.desk@mission.example"} <= {*listed}
    assert {"NV", "4/2022"} <= {*office("mandate", "list").out.split()}


def test_a_champion_without_consent_is_refused(training):
    answer = training("mandate", "add", "champion", "Ghana", "--region", "Africa", *FROM)
    assert answer.code == 1
    assert "A champion serves by its own consent" in answer.err


def test_a_champion_is_a_party_of_the_region_and_every_fault_is_said(training):
    answer = training("mandate", "add", "champion", "Angola", "--region", "Asia", *FROM)
    assert answer.code == 1
    assert len(answer.said) == 1 + 3  # training record; consent, no State Party, another region
    assert training.json("mandate", "list") == []


def test_a_mandate_ends(office):
    assert office("mandate", "end", "3", "--on", "2022-06-21").code == 0
    [*_, champion] = office.json("mandate", "list")
    assert champion["in_term"] is False


def test_a_mandate_is_told_in_a_sentence_that_names_what_is_missing(training):
    answer = training("mandate", "add", "coordinator", "South Africa", "--region", "Africa", *FROM)
    assert answer.out == "Mandate 1: South Africa as coordinator of Africa from 2022-01-01.\n"
    assert "No last day is given" in answer.err
    assert "South Africa as" in training("mandate", "add", "coordinator", "South Africa", "--region", "Asia", *FROM).out


@pytest.mark.parametrize("typed", ["malawi", "MWI", "Malawi"])
def test_whom_a_mandate_is_of_is_said_by_name_however_it_was_typed(training, typed):
    told = training("mandate", "add", "contact", typed, *FROM).out
    assert told == "Mandate 1: Malawi as contact from 2022-01-01.\n"


def test_an_unknown_role_is_wrong_usage(training):
    answer = training("mandate", "add", "ambassador", "Ghana", *FROM)
    assert answer.code == 2
    assert "champion" in answer.err


def test_a_bad_address_is_refused(training):
    answer = training("people", "add", "Somebody", "--email", "not an address")
    assert answer.code == 1
    assert "is not one e-mail address" in answer.err


def test_a_champion_reads_what_a_champion_may(office):
    words = ("--on", "2022-06-20", "--source", "note_verbale:1", "--set", "ministry=Defence", "--note", "in confidence")
    assert office("fact", "AGO", "contact_named", *words).code == 0
    seen = office.json("dossier", "AGO", "--as", "Champion Desk")
    assert "in confidence" not in office("dossier", "AGO", "--as", "Champion Desk").out
    assert {fact["kind"] for fact in seen["facts"]} == {"record_opened", "signature", "step"}
    assert [fact["seq"] for fact in seen["facts"]] == [1, 2, 3]
    assert "Not on file: contact named (contact_named)." in seen["missing"]["start_drafting"]
    assert seen["stage"] == "interest"


def test_a_champion_knows_no_stage_outside_the_own_region(office):
    seen = office.json("dossier", "Thailand", "--as", "champion.desk@mission.example")
    assert (seen["stage"], seen["tier"], seen["next_due_on"], seen["open_steps"]) == (None, None, None, [])
    assert seen["legal_status"] == "signatory"
    by_stage = office.json("status", "--as", "Champion Desk")["by_stage"]
    africa = office.json("status", "--region", "Africa")["by_region"]["Africa"]["states"]
    assert sum(by_stage.values()) == africa - 1  # Ghana does not accompany itself


def test_a_champion_does_not_take_a_step(office):
    answer = office("step", "AGO", "start_drafting", "--as", "Champion Desk")
    assert answer.code == 1
    assert "Your mandate does not allow this for Angola" in answer.err


def test_a_coordinator_files_and_steps_in_the_own_region_only(office):
    filed = ("fact", "AGO", "contact_named", "--on", "2022-06-20", "--source", "note_verbale:1", "--set", "ministry=X")
    assert office(*filed, "--as", "Vice Presidency").code == 0
    assert office("step", "AGO", "start_drafting", "--as", "Vice Presidency").code == 0
    steps = [f for f in office.json("dossier", "AGO")["facts"] if f["kind"] == "step"]
    assert steps[-1]["actor"] == "person:2"
    assert office("step", "THA", "start_drafting", "--as", "Vice Presidency").code == 1


def test_a_champion_does_not_sweep(office):
    answer = office("sweep", "--as", "Champion Desk")
    assert answer.code == 1
    assert "Only the Secretariat does this" in answer.err


def test_nobody_acts_as_somebody_unknown(office):
    answer = office("status", "--as", "Nobody At All")
    assert answer.code == 1
    assert "Nobody on file is “Nobody At All”" in answer.err


def test_a_follow_up_is_taken_put_off_and_closed_with_an_outcome(training):
    assert training("sweep").code == 0  # nobody is appointed
    add(training, "Secretariat Desk", "secretariat", "ATT Secretariat")
    [*_, last] = training.json("follow-up", "list")
    assert {"id", "state", "kind", "role", "owner", "opened_on", "due_on", "closed_on", "outcome"} <= last.keys()
    open_ones = training.json("follow-up", "list", "--open")
    number = str(open_ones[0]["id"])
    assert training.json("follow-up", "take", number, "--as", "Secretariat Desk")["owner"] == 1
    rests = training.json("follow-up", "snooze", number, "--until", "2022-07-01")
    assert rests["snoozed_until"] == "2022-07-01"
    assert training("follow-up", "close", number).code == 1
    closed = training.json("follow-up", "close", number, "--outcome", "asked the missions of the region")
    assert (closed["closed_on"], closed["outcome"]) == ("2022-06-21", "asked the missions of the region")
    assert "closed on 2022-06-21: asked the missions" in training("follow-up", "list", COLUMNS="200").out


def test_a_follow_up_that_is_not_there_is_refused(training):
    answer = training("follow-up", "close", "999", "--outcome", "done")
    assert answer.code == 1
    assert "There is no follow-up 999" in answer.err


def test_the_agenda_lists_what_needs_somebody_late_first(training):
    assert training("sweep").code == 0
    view = training.json("agenda", "--on", "2022-12-24", "--region", "Africa")
    days = [item["due_on"] for item in view["items"]]
    assert days == sorted(days)
    assert any(item["is_late"] for item in view["items"])
    silent = [item for item in view["items"] if item["occasion"] == "silence"]
    assert {item["region"] for item in silent} == {"Africa"}
    assert "nothing heard: interest" in training("agenda", "--on", "2022-12-24", COLUMNS="200").out


def test_what_comes_up_within_some_days_is_listed_with_the_steps_of_the_sweep(training):
    today = training.json("agenda")
    assert [item for item in today["items"] if item["occasion"] == "step_by_date"] == []
    [philippines] = [
        item for item in training.json("agenda", "--within", "1")["items"] if item["occasion"] == "step_by_date"
    ]
    assert (philippines["state"], philippines["about"], philippines["due_on"]) == (
        "PHL",
        "enter_into_force",
        "2022-06-22",
    )


def test_within_some_days_nothing_is_listed_whose_day_lies_beyond_and_the_heading_says_what_is(training):
    assert training("sweep").code == 0
    days = [item["due_on"] for item in training.json("agenda", "--within", "100")["items"]]
    assert days
    assert max(days) <= "2022-09-29"
    assert len(training.json("agenda", "--within", "400")["items"]) > len(days)
    heading = training("agenda", "--within", "100").out.splitlines()
    assert any(line.endswith("what is late, or due by 29 September 2022") for line in heading)


def test_the_agenda_says_until_when_something_rests_and_no_more_on_the_day_the_rest_ends(training):
    assert training("sweep").code == 0
    number = next(i["follow_up"] for i in training.json("agenda")["items"] if i["follow_up"])
    assert training("follow-up", "snooze", str(number), "--until", "2022-06-28", "--reason", "a feast").code == 0
    for day, until in (("2022-06-27", "2022-06-28"), ("2022-06-28", None)):
        assert training("clock", day).code == 0
        [said] = {i["snoozed_until"] for i in training.json("agenda")["items"] if i["follow_up"] == number}
        assert said == until
        printed = training("agenda", COLUMNS="200").out
        assert ("(rests until 2022-06-28)" in printed) is (until is not None)


def test_a_closed_follow_up_leaves_the_agenda(training):
    for day in ("2022-09-19", "2022-09-20"):
        assert training("clock", day).code == 0
        assert training("sweep").code == 0
    [first, *_] = [i for i in training.json("agenda")["items"] if i["occasion"] == "silence"]
    outcome = ("--outcome", "not needed: an election year")
    assert training("follow-up", "close", str(first["follow_up"]), *outcome).code == 0
    left = [i["state"] for i in training.json("agenda")["items"] if i["occasion"] == "silence"]
    assert first["state"] not in left


def test_somebody_whose_mail_does_not_arrive_is_handed_a_link_that_works(office):
    [secretariat, *_] = office.json("people", "list")
    printed = office("people", "link", secretariat["name"]).out.strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:8300/sign-in/[\w-]{43}", printed)
    with closing(open_workspace(office.home)) as there:
        came = sign_in_by_link(there, printed.rpartition("/")[2], treaty="att")
        assert came.person == secretariat["person"]


def test_the_first_administrator_is_let_in_where_no_accede_up_prints_the_link(desk):
    printed = desk("people", "link").out.strip()
    with closing(open_workspace(desk.home)) as there:
        assert sign_in_by_link(there, printed.rpartition("/")[2], treaty="att").person == 1
    again = desk("people", "link")
    assert (again.code, "until somebody of the Secretariat has signed in" in again.err) == (2, True)


def test_the_link_of_the_first_administrator_is_for_the_operator_alone(office):
    acting = office("people", "link", "--as", office.json("people", "list")[0]["name"])
    assert (acting.code, acting.out) == (2, "")


def test_who_makes_a_link_while_no_desk_of_the_record_runs_is_told_so(office):
    answer = office("people", "link", "1")
    assert "No desk of this record runs" in answer.err
    with running_at(office.home, "http://127.0.0.1:8399"):
        answer = office("people", "link", "1")
    assert answer.out.startswith("http://127.0.0.1:8399/sign-in/")
    assert "No desk" not in answer.err


def test_a_follow_up_of_ones_own_is_opened_for_a_day(training):
    add(training, "Secretariat Desk", "secretariat", "ATT Secretariat")
    said = ("follow-up", "open", "malawi", "--on", "2022-07-03", "--about", "call the mission")
    assert training(*said).code == 1  # the operator is nobody who could do it
    opened = training.json(*said, "--owner", "Secretariat Desk", "--confidential")
    assert (opened["state"], opened["kind"], opened["owner"], opened["words"]) == ("MWI", "own", 1, "call the mission")
    assert (opened["due_on"], opened["closed_on"]) == ("2022-07-03", None)
    again = training(*said, "--owner", "Secretariat Desk", "--confidential")
    assert "is open already: call the mission, by 2022-07-03" in again.out
    training("follow-up", "open", "--on", "2022-07-01", "--about", "write to the Bureau", "--as", "Secretariat Desk")
    listed = training.json("follow-up", "list", "--open")
    assert [(f["state"], f["words"]) for f in listed if f["kind"] == "own"] == [
        (None, "write to the Bureau"),
        ("MWI", "call the mission"),
    ]
    assert [f["sensitivity"] for f in listed if f["kind"] == "own"] == ["coordination", "confidential"]


def test_an_officer_who_is_the_states_contact_too_meets_in_no_command_what_a_champion_means_to_do(office):
    contact = office.json("mandate", "add", "contact", "Malawi", *FROM)["mandate"]
    office("people", "hold", "1", str(contact), *FROM)
    words = "ask the frank secretary"
    opened = office.json("follow-up", "open", "malawi", "--on", "2022-06-21", "--about", words, "--as", "Champion Desk")
    number = str(opened["id"])
    lists = (("follow-up", "list"), ("agenda",), ("agenda", "--within", "90"), ("follow-up", "list", "--json"))
    for line in lists:
        assert words in office(*line, COLUMNS="300").out.replace("\n", " ")
        assert words not in office(*line, "--as", "Secretariat Desk", COLUMNS="300").out
    for line in (("close", number, "--outcome", "done"), ("take", number), ("comment", number, "--about", "hello")):
        answer = office("follow-up", *line, "--as", "Secretariat Desk")
        assert (answer.code, "There is no follow-up" in answer.err) == (1, True)
