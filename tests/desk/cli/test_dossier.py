"""`accede dossier`: one State, right in every date and in what is uncertain about it."""

import pytest

ON = ("--on", "2026-07-24")
KEYS = [
    *("state", "name", "treaty", "on", "known", "legal_status", "signature_date", "provisional_application_date"),
    *("deposit_date", "deposit_precision", "instrument", "entry_into_force", "entry_into_force_earliest"),
    *("withdrawal_effective", "stage", "standing", "tier", "open_steps", "missing", "next_due_on", "duties"),
    *("unconfirmed", "facts"),
]
FACT_KEYS = {"kind", "effective_on", "precision", "recorded_at", "source", "reference", "sensitivity", "note"}
LEGAL = [
    *("legal_status", "signature_date", "deposit_date", "deposit_precision", "instrument"),
    *("entry_into_force_earliest", "entry_into_force", "stage", "standing", "tier", "unconfirmed"),
]
PARTY = ("implementation", "open", None)


@pytest.mark.parametrize(
    ("state", "known"),
    [
        (
            "PHL",
            ("state_party", "2013-09-25", "2022-03-24", "day", "ratification", "2022-06-22", "2022-06-22", *PARTY, []),
        ),
        (
            "COL",
            ("state_party", "2013-09-24", "2024-10-15", "day", "ratification", "2025-01-13", "2025-01-13", *PARTY, []),
        ),
        (  # accession, known to the month: bound between two days
            "GMB",
            (
                *("state_party", None, "2024-06", "month", "accession", "2024-08-30", "2024-09-28", *PARTY),
                ["deposit_date", "instrument"],
            ),
        ),
        (  # signed, and told the depositary that it will not join; the signature still counts
            "USA",
            ("signatory", "2013-09-25", None, None, None, None, None, "interest", "declined", 1, []),
        ),
        (
            "CHE",
            ("state_party", "2013-06-03", "2015-01-30", "day", "ratification", "2015-04-30", "2015-04-30", *PARTY, []),
        ),
        (  # after the fiftieth deposit and before 24 December 2014: art. 22(1), not ninety days
            "GIN",
            (
                *("state_party", "2013-07-29", "2014-10-21", "day", "ratification", "2014-12-24", "2014-12-24"),
                *PARTY,
                ["deposit_date"],
            ),
        ),
    ],
)
def test_a_state_is_right_in_every_date(desk, state, known):
    dossier = desk.json("dossier", state, *ON)
    assert [dossier[key] for key in LEGAL] == [*known]


def test_ecuador_is_known_to_the_year_and_counts_from_the_day_it_had_certainly_deposited(desk):
    eve = desk.json("dossier", "ECU", "--on", "2026-07-23")
    assert (eve["legal_status"], eve["deposit_date"]) == ("non_signatory", None)
    day = desk.json("dossier", "ECU", *ON)
    assert (day["legal_status"], day["deposit_date"], day["deposit_precision"]) == ("deposited", "2026", "year")
    assert (day["deposit_known_by"], day["instrument"]) == ("2026-07-24", "accession")
    assert (day["entry_into_force_earliest"], day["entry_into_force"]) == ("2026-04-01", "2026-10-22")
    assert day["unconfirmed"] == ["deposit_date", "instrument"]
    assert day["stage"] == "deposit"
    assert desk.json("dossier", "ECU", "--on", "2026-10-22")["legal_status"] == "state_party"


def test_a_deposit_known_to_the_month_counts_from_the_months_end(desk):
    assert desk.json("dossier", "GMB", "--on", "2024-06-29")["deposit_date"] is None
    assert desk.json("dossier", "GMB", "--on", "2024-06-30")["legal_status"] == "deposited"


def test_switzerland_applied_provisionally_before_it_was_bound(desk):
    assert desk.json("dossier", "CHE", *ON)["provisional_application_date"] == "2015-01-30"


def test_the_united_states_declared_that_they_will_not_join(desk):
    dossier = desk.json("dossier", "USA", *ON)
    assert dossier["declaration_date"] == "2019-07-18"
    assert desk.json("dossier", "USA", "--on", "2019-07-17")["standing"] == "open"


def test_the_answer_has_every_promised_key(desk):
    dossier = desk.json("dossier", "PHL", *ON)
    assert {*KEYS} <= dossier.keys()
    for fact in dossier["facts"]:
        assert fact.keys() >= FACT_KEYS
    assert all({"name", "due_on", "done_on", "state"} <= duty.keys() for duty in dossier["duties"])


def test_a_duty_with_an_imprecise_date_has_a_range(desk):
    [report] = [d for d in desk.json("dossier", "GMB", *ON)["duties"] if d["name"] == "initial report"]
    assert (report["due_earliest"], report["due_on"]) == ("2025-08-29", "2025-09-27")


def test_duties_that_fell_due_before_the_record_opened_are_not_known(desk):
    duties = desk.json("dossier", "PHL")["duties"]
    assert duties[0]["name"] == "initial report"
    assert (duties[0]["due_on"], duties[0]["state"]) == ("2023-06-21", "not_known")


@pytest.mark.parametrize("name", ["phl", "PH", "philippines", "Filipinas", "菲律宾", "الفلبين"])
def test_a_state_is_found_by_code_and_by_any_name(desk, name):
    assert desk.json("dossier", name, *ON)["state"] == "PHL"


def test_an_unknown_state_is_refused_with_the_nearest_names(desk):
    answer = desk("dossier", "Phillipines")
    assert answer.code == 1
    assert answer.said == ["“Phillipines” is the name of no State in the record; the nearest: Philippines (PHL)."]


def test_the_european_union_has_no_dossier(desk):
    answer = desk("dossier", "EU")
    assert answer.code == 1
    assert answer.said == ["There is no dossier of European Union for this treaty."]


def test_open_steps_name_what_each_still_misses(desk):
    dossier = desk.json("dossier", "AGO", *ON)  # a signatory
    assert dossier["stage"] == "interest"
    assert {"ask_for_help", "start_drafting"} <= {*dossier["open_steps"]}
    assert {
        "Not on file: contact named (contact_named).",
        "Not on file: needs for assistance recorded (needs_recorded).",
    } <= {*dossier["missing"]["ask_for_help"]}


def test_what_was_not_yet_known_is_not_shown(training):
    dossier = training.json("dossier", "PHL", "--known", "2022-06-20")
    assert dossier["facts"] == []
    assert dossier["legal_status"] == "non_signatory"


def test_facts_of_a_later_day_are_not_shown(desk):
    facts = desk.json("dossier", "PHL", "--on", "2020-01-01")["facts"]
    assert {fact["kind"] for fact in facts} == {"signature", "step"}


def test_a_person_reads_the_dossier_in_words(desk):
    answer = desk("dossier", "GMB", *ON)
    assert answer.code == 0
    assert "State Party" in answer.out
    assert "date to be" in answer.out
    assert "deposit_date, instrument" in answer.out


def test_a_day_that_has_come_waits_for_its_sweep(training):
    assert "Next look" in training("dossier", "PHL").out
    assert training("clock", "2022-06-22").code == 0
    assert "a sweep is due" in training("dossier", "PHL").out
    assert training("sweep").code == 0
    assert "a sweep is due" not in training("dossier", "PHL").out


def test_a_narrow_terminal_loses_nothing(desk):
    answer = desk("dossier", "ECU", *ON, COLUMNS="40")
    assert answer.code == 0
    assert "…" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 40


def test_a_note_cannot_steer_the_terminal(training):
    words = ("fact", "AGO", "signal", "--on", "2022-06-20", "--source", "statement:A/1")
    assert training(*words, "--note", "[bold red]hello[/nothing] \x1b[2Jgone").code == 0
    answer = training("dossier", "AGO", COLUMNS="200")
    assert answer.code == 0
    assert "\x1b" not in answer.out
    assert "[bold red]hello[/nothing]" in answer.out.replace("\n", "")


def test_a_word_by_which_several_states_go_is_refused_with_their_codes(training):
    refused = training("dossier", "congo")
    assert (refused.code, refused.out) == (1, "")
    both = "Democratic Republic of the Congo (COD) or Congo (COG)"
    assert refused.said == [f"“congo” may be {both}; write the three-letter code."]
    assert "GIN" in training("step", "guinea", "start_drafting").err
    assert training("dossier", "sudan").code == training("dossier", "COG").code == 0
