"""`accede status`: the counts of a day, as known on a day."""

import re

import pytest

STAGES = ["outside", "interest", "assistance", "legislation", "deposit", "implementation"]


@pytest.mark.parametrize(
    ("on", "deposits"),
    [("2014-12-24", 61), ("2022-08-26", 111), ("2023-08-25", 113), ("2025-01-15", 116), ("2026-07-24", 118)],
)
def test_the_deposits_of_a_day_are_those_the_depositary_counts(desk, on, deposits):
    counts = desk.json("status", "--on", on)
    assert counts["deposits"] == deposits
    assert counts["on"] == on


def test_the_answer_has_every_promised_key(desk):
    counts = desk.json("status", "--on", "2026-07-24")
    assert [*counts] == [
        *("treaty", "on", "known", "signatures", "deposits", "in_force", "signatories_not_party"),
        *("accessions", "withdrawn", "by_region", "by_stage"),
    ]
    assert [*counts["by_stage"]] == STAGES
    assert {tuple(region) for region in counts["by_region"].values()} == {
        ("states", "signatures", "deposits", "signatories_not_party")
    }


def test_130_have_signed_and_25_of_them_are_not_party(desk):
    counts = desk.json("status", "--on", "2026-07-24")
    assert (counts["signatures"], counts["signatories_not_party"]) == (130, 25)


def test_the_regions_add_up_to_all_197_states(desk):
    counts = desk.json("status", "--on", "2026-07-24")
    regions = counts["by_region"].values()
    assert sum(region["states"] for region in regions) == 197
    for name in ("signatures", "deposits", "signatories_not_party"):
        assert sum(region[name] for region in regions) == counts[name]


def test_one_region_alone_is_counted_alone(desk):
    everywhere = desk.json("status", "--on", "2026-07-24")["by_region"]["Asia"]
    asia = desk.json("status", "--on", "2026-07-24", "--region", "asia")
    assert [*asia["by_region"]] == ["Asia"]
    assert {name: asia[name] for name in ("signatures", "deposits")} == {
        name: everywhere[name] for name in ("signatures", "deposits")
    }


def test_a_deposit_counts_before_it_binds(desk):
    eve = desk.json("status", "--on", "2014-12-23")
    assert (eve["deposits"], eve["in_force"]) == (61, 0)
    day = desk.json("status", "--on", "2014-12-24")
    assert (day["deposits"], day["in_force"]) == (61, 61)


def test_nothing_was_known_before_the_record_was_opened(training):
    counts = training.json("status", "--on", "2022-06-21", "--known", "2022-06-20")
    assert (counts["signatures"], counts["deposits"], counts["known"]) == (0, 0, "2022-06-20")
    assert counts["by_stage"]["outside"] == 197


def test_what_was_recorded_on_a_day_is_known_at_its_end(training):
    counts = training.json("status", "--known", "2022-06-21")
    assert counts["signatures"] == 130
    assert counts["deposits"] == training.json("status")["deposits"] == 111


def test_a_person_reads_the_counts_in_a_table(desk):
    answer = desk("status", "--on", "2026-07-24")
    assert answer.code == 0
    assert "ATT on 24 July 2026" in answer.out
    assert "118" in answer.out
    assert "\x1b" not in answer.out  # no colours where nobody looks


def test_an_unknown_region_is_refused_with_those_there_are(desk):
    answer = desk("status", "--region", "Afrika")
    assert answer.code == 1
    assert answer.said == [
        "“Afrika” is no region of this record; its regions: Africa, Americas, Asia, Europe, Oceania."
    ]


def test_the_31st_of_june_is_no_day(desk):
    answer = desk("status", "--on", "2026-06-31")
    assert answer.code == 2
    assert "“2026-06-31” is not a date of the calendar" in answer.err


def test_a_month_is_not_enough_for_a_count(desk):
    answer = desk("status", "--on", "2026-06")
    assert answer.code == 2
    assert "a whole day is wanted here" in answer.err


def test_an_unknown_treaty_is_refused_with_those_there_are(desk):
    answer = desk("status", "--treaty", "xyz")
    assert answer.code == 1
    assert answer.said[0].startswith("No treaty has the key “xyz”. Known: att")


def test_a_training_record_says_so_on_stderr_and_in_the_json(training):
    answer = training("status", "--json")
    assert answer.said == ["training record, 21 June 2022"]
    assert answer.json["training"] == "2022-06-21"
    assert answer.json["on"] == "2022-06-21"


def test_a_real_record_says_nothing_of_training(desk):
    answer = desk("status", "--json")
    assert answer.err == ""
    assert "training" not in answer.json


def test_a_reader_is_told_how_many_stages_are_kept_from_them(training):
    given = str(training.json("mandate", "add", "contact", "Angola", "--from", "2022-01-01")["mandate"])
    assert training("people", "add", "Mission", "--email", "mission@angola.example").code == 0
    assert training("people", "hold", "Mission", given, "--from", "2022-01-01").code == 0
    answer = training("status", "--as", "Mission")
    assert re.search(r"The stage of \d+ States is not shown to you\.", answer.out)
    assert "not shown" not in training("status").out


def test_yesterday_is_the_day_before_the_records_own_wherever_its_home_is_named(training, bare):
    assert training.json("status", "--on", "yesterday")["on"] == "2022-06-20"
    asked = bare("status", "--on", "yesterday", "--json", "--home", str(training.home))
    assert asked.json["on"] == "2022-06-20"


def test_a_new_record_may_be_put_on_todays_day(bare):
    assert bare("init", "--empty", "--training", "yesterday").code == 0
