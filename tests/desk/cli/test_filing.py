"""Facts, steps and settlements from the command line; each refusal says everything that is wrong."""

import re

import pytest

CONTACT = (
    "contact_named",
    "--on",
    "2022-06-20",
    "--source",
    "note_verbale:12/2022",
    "--set",
    "ministry=Foreign Affairs",
)


def file(desk, state, *words):
    answer = desk("fact", state, *words)
    assert answer.code == 0, answer.err


def test_a_fact_goes_on_file(training):
    filed = training.json("fact", "Angola", *CONTACT, "--note", "by telephone")
    assert filed == {
        "state": "AGO",
        "fact": filed["fact"],
        "kind": "contact_named",
        "effective_on": "2022-06-20",
        "sensitivity": "confidential",
        "steps": [],
        "stage": "interest",
        "training": "2022-06-21",
    }
    [seen] = [f for f in training.json("dossier", "AGO")["facts"] if f["kind"] == "contact_named"]
    assert (seen["source"], seen["reference"], seen["note"]) == ("note_verbale", "12/2022", "by telephone")
    assert seen["fields"] == {"ministry": "Foreign Affairs"}


def test_who_may_know_follows_the_source_and_may_be_answered_within_what_it_allows(training):
    signal = ("fact", "AGO", "signal", "--on", "2022-05-02", "--source")
    assert training.json(*signal, "gazette:12/2022")["sensitivity"] == "coordination"
    assert training.json(*signal, "gazette:13/2022", "--sensitivity", "public")["sensitivity"] == "public"
    refused = training(*signal, "note_verbale:12/2022", "--sensitivity", "public")
    assert refused.code == 1
    assert "Signal of interest: what the State told is held as confidential until" in refused.err


def test_a_fact_may_be_known_to_the_month_only(training):
    file(training, "AGO", "signal", "--on", "2022-05", "--source", "statement")
    [seen] = [f for f in training.json("dossier", "AGO")["facts"] if f["kind"] == "signal"]
    assert (seen["effective_on"], seen["precision"]) == ("2022-05", "month")


def test_days_are_typed_as_people_write_them_in_options_and_in_fields(training):
    said = ("--on", "5 June 2022", "--source", "note_verbale:3/2022", "--set", "review_on=1 Dec. 2022")
    assert training.json("fact", "AGO", "paused", *said)["effective_on"] == "2022-06-05"
    [seen] = [f for f in training.json("dossier", "AGO")["facts"] if f["kind"] == "paused"]
    assert seen["fields"] == {"review_on": "2022-12-01"}
    refused = training("fact", "AGO", "signal", "--on", "05/06/2022", "--source", "press")
    assert (refused.code, "may be 2022-06-05 or 2022-05-06" in refused.err) == (2, True)


def test_a_step_with_its_proofs_is_taken(training):
    file(training, "AGO", *CONTACT)
    taken = training.json("step", "AGO", "start_drafting", "--reason", "the mission said so")
    assert (taken["from"], taken["to"], taken["on"]) == ("interest", "legislation", "2022-06-21")
    assert training.json("dossier", "AGO")["stage"] == "legislation"


def test_a_step_out_of_order_lists_every_missing_proof(training):
    file(training, "AGO", *CONTACT)
    assert training("step", "AGO", "start_drafting").code == 0
    answer = training("step", "AGO", "prepare_instrument")
    assert answer.code == 1
    assert answer.said[1:] == [
        "Not on file: inter-agency committee (committee).",
        "Not on file: gap analysis (gap_analysis).",
        "Not on file: cabinet approval (cabinet_approval).",
        "Not on file: parliamentary approval (parliamentary_approval).",
        "Not on file: instrument prepared (instrument_prepared).",
        "Not on file: reservations and declarations checked (reservations_checked).",
    ]
    assert training.json("dossier", "AGO")["stage"] == "legislation"


def test_a_step_that_does_not_lead_on_from_here_says_what_does(training):
    answer = training("step", "AGO", "prepare_instrument")
    assert answer.code == 1
    assert "“prepare_instrument” leads on from legislation; this State is at interest." in answer.err
    assert "ask_for_help" in answer.err


def test_a_step_is_not_dated_before_the_last_one(training):
    file(training, "AGO", *CONTACT)
    assert training("step", "AGO", "start_drafting").code == 0
    answer = training("step", "AGO", "start_over", "--on", "2022-06-20")
    assert answer.code == 1
    assert "The last step was taken on 2022-06-21" in answer.err


REFUSED = [
    ("a future date", ("signal", "--on", "2022-06-25", "--source", "statement"), "lies in the future"),
    ("a future month", ("signal", "--on", "2022-08", "--source", "statement"), "lies in the future"),
    (
        "before the treaty opened",
        ("signal", "--on", "2013-06-02", "--source", "statement"),
        "before the Arms Trade Treaty opened for signature (2013-06-03)",
    ),
    (
        "accession by a signatory",
        ("deposit", "--on", "2022-06-20", "--source", "depositary:C.N.1.2022", "--set", "instrument=accession"),
        "a signatory does not accede",
    ),
    (
        "deposit on the word of the press",
        ("deposit", "--on", "2022-06-20", "--source", "press:Times", "--set", "instrument=ratification"),
        "the word of “press” does not count",
    ),
    (
        "deposit on the word of a ministry",
        ("deposit", "--on", "2022-06-20", "--source", "government:MFA", "--set", "instrument=ratification"),
        "the word of “government” does not count",
    ),
    (
        "signature after the treaty entered into force",
        ("signature", "--on", "2022-06-20", "--source", "depositary:C.N.1.2022"),
        "2014-12-24",
    ),
    ("an unknown kind", ("rumour", "--on", "2022-06-20", "--source", "press"), "“rumour” is no kind of fact"),
    (
        "parliament without a law number",
        ("parliamentary_approval", "--on", "2022-06-20", "--source", "parliament"),
        "needs “number of the law or resolution”",
    ),
    (
        "an unknown field",
        ("signal", "--on", "2022-06-20", "--source", "statement", "--set", "colour=blue"),
        "“colour” is no field of “signal”",
    ),
    (
        "a fact that is not on file",
        ("correction", "--on", "2022-06-20", "--source", "assessment", "--annuls", "99"),
        "There is no fact 99",
    ),
    (
        "an attachment that is not there",
        ("signal", "--on", "2022-06-20", "--source", "statement", "--attach", "/nowhere/at/all.pdf"),
        "cannot be read",
    ),
]


@pytest.mark.parametrize(("words", "sentence"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_is_refused(training, words, sentence):
    before = training.json("verify")["facts"]
    answer = training("fact", "AGO", *words)
    assert answer.code == 1
    assert sentence in answer.err
    assert training.json("verify")["facts"] == before


def test_a_missing_field_is_refused_with_how_to_give_it(training):
    answer = training("fact", "AGO", "committee", "--on", "2022-06-20", "--source", "government")
    assert answer.code == 1
    assert answer.said[1:] == [
        "“inter-agency committee” needs “its members”.",
        "Give it with: --set ministries=…",
    ]


def test_a_request_names_the_prefect_of_this_home(training):
    (training.home / "prefect").mkdir()
    (training.home / "prefect" / "address").write_text("http://127.0.0.1:4299")
    answer = training("step", "AGO", "start_drafting", "--request")
    assert re.search(r"PREFECT_API_URL=http://127\.0\.0\.1:4299/api \S+/prefect deployment run advance/", answer.err)


def test_a_state_that_has_not_signed_does_not_ratify(training):
    words = ("deposit", "--on", "2022-06-20", "--source", "depositary:C.N.1.2022", "--set", "instrument=ratification")
    answer = training("fact", "GMB", *words)
    assert answer.code == 1
    assert "has not signed, so it accedes" in answer.err


def test_a_deposit_filed_by_hand_moves_the_state_and_stays_unconfirmed(training):
    words = ("deposit", "--on", "2022-06-20", "--source", "depositary:C.N.9.2022", "--set", "instrument=ratification")
    filed = training.json("fact", "AGO", *words)
    assert (filed["steps"], filed["stage"], filed["sensitivity"]) == (["deposited"], "deposit", "public")
    dossier = training.json("dossier", "AGO")
    assert (dossier["legal_status"], dossier["entry_into_force"]) == ("deposited", "2022-09-18")
    assert dossier["unconfirmed"] == ["deposit_date", "instrument"]


def test_a_fact_taken_back_no_longer_counts_and_stays_to_be_seen(training):
    file(training, "AGO", *CONTACT)
    [seen] = [f for f in training.json("dossier", "AGO")["facts"] if f["kind"] == "contact_named"]
    file(training, "AGO", "correction", "--on", "2022-06-21", "--source", "assessment", "--annuls", str(seen["seq"]))
    dossier = training.json("dossier", "AGO")
    [taken_back] = [f for f in dossier["facts"] if f["kind"] == "contact_named"]
    assert taken_back["counts"] is False
    assert "Not on file: contact named (contact_named)." in dossier["missing"]["start_drafting"]


def test_a_purged_note_is_gone_and_the_ledger_holds(training):
    file(training, "AGO", *CONTACT, "--note", "a private number")
    [seen] = [f for f in training.json("dossier", "AGO")["facts"] if f["kind"] == "contact_named"]
    words = ("purge", "AGO", seen["fact"][:8], "--reason", "asked by the person")
    unasked = training(*words)
    assert unasked.code == 2
    assert "there is no terminal to ask on: add --yes" in " ".join(unasked.err.split())
    assert "a private number" in " ".join(training("dossier", "AGO", COLUMNS="200").out.split())
    deleted = training(*words, "--yes")
    assert deleted.code == 0
    of = f"of fact {seen['fact'][:8]}, contact named of 2022-06-20, of Angola (AGO)"
    assert deleted.out == f"Deleted for good: the note {of}.\n"
    assert f"content purged: fact {seen['fact'][:8]}" in training("dossier", "AGO", COLUMNS="200").out
    again = training(*words, "--yes")
    assert again.code == 1
    assert "has no note or attachment; there is nothing to purge" in again.err
    assert "a private number" not in training("dossier", "AGO").out
    assert training.json("verify")["chain"] == "ok"


def test_facts_are_shown_by_ids_that_are_everybodys(training):
    shown = training("dossier", "AGO", COLUMNS="80").out
    assert all(fact["fact"][:8] in shown for fact in training.json("dossier", "AGO")["facts"])
    for command in ("fact", "settle", "purge"):
        assert "the same for everybody" in " ".join(training(command, "--help").out.split())
    assert "accede treaty" in training("fact", "--help").out


def test_settling_what_is_no_contradiction_is_refused(training):
    answer = training("settle", "AGO", "2", "--reason", "because")
    assert answer.code == 1
    assert "is not part of an open contradiction" in answer.err


def test_a_request_is_carried_out_by_the_flow(training, workspace_of):
    file(training, "AGO", *CONTACT)
    answer = training("step", "AGO", "start_drafting", "--request", "--json")
    request = answer.json["request"]
    assert f"prefect deployment run advance/request --param request={request}" in answer.err
    assert "PREFECT_API_URL" not in answer.err  # no Prefect was started from this home
    assert training.json("dossier", "AGO")["stage"] == "interest"

    from casework.dossiers.requested_steps import carry_out

    assert carry_out(workspace_of(training), request, run="a test").result == "taken"
    assert training.json("dossier", "AGO")["stage"] == "legislation"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--on", "soon", "--source", "press"), "“soon” is not a date; write 2022-06-21"),
        (("--on", "5 Aug", "--source", "press"), "“5 Aug” has no year. Write it too: 2022-08-05?"),
        (("--on", "2022-06-20", "--source", "hearsay:x"), "“hearsay” is no kind of source"),
        (("--on", "2022-06-20", "--source", "press", "--set", "speaker"), "sets nothing; write NAME=VALUE"),
        (("--on", "2022-06-20", "--source", "press", "--sensitivity", "secret"), "secret"),
        (("--source", "press"), "--on"),
        (("--on", "2022-06-20"), "--source"),
    ],
)
def test_wrong_usage_is_answered_with_2(training, words, sentence):
    answer = training("fact", "AGO", "signal", *words)
    assert answer.code == 2
    assert sentence in answer.err
    assert not re.search("Traceback", answer.err)
