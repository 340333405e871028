"""Who closes a follow-up or lets it rest at the command line: the same as on the desk."""

from tests.desk.cli.test_people import add


def test_a_follow_up_is_answered_by_its_owner_and_by_nobody_of_whom_no_outreach_is_asked(training):
    add(training, "Vice Presidency", "coordinator", "ZAF", "--region", "Africa")
    add(training, "Champion Desk", "champion", "GHA", "--region", "Africa", "--consent", "Note verbale 7/2022")
    for day in ("2022-09-19", "2022-09-20"):
        assert training("clock", day).code == 0
        assert training("sweep").code == 0
    number = next(str(f["id"]) for f in training.json("follow-up", "list", "--open") if f["state"] == "AGO")
    add(training, "Second Champion", "champion", "SEN", "--region", "Africa", "--consent", "Note verbale 8/2022")
    for verb in (("close", number, "--outcome", "done"), ("snooze", number, "--until", "2022-09-27")):
        first = training("follow-up", *verb, "--as", "Vice Presidency")
        assert (first.code, "take it first" in first.err) == (1, True)
    assert training("follow-up", "take", number, "--as", "Champion Desk").code == 0
    for who in ("Vice Presidency", "Second Champion"):
        for verb in (("close", number, "--outcome", "done"), ("snooze", number, "--until", "2022-09-27")):
            answer = training("follow-up", *verb, "--as", who)
            assert (answer.code, "Champion Desk has follow-up" in answer.err) == (1, True)
        assert training("follow-up", "comment", number, "--about", "They wrote.", "--as", who).code == 0
    assert training("follow-up", "close", number, "--outcome", "done: they wrote", "--as", "Champion Desk").code == 0


def test_what_closed_a_follow_up_is_said_in_words_and_kept_as_it_is_for_programs(training):
    note = ("--on", "2022-06-01", "--source", "note_verbale:NV 1")
    assert training("sweep").code == 0
    assert training("fact", "AGO", "contact_named", *note, "--set", "ministry=Defence").code == 0
    assert training("sweep").code == 0
    step = training.json("step", "AGO", "start_drafting")["fact"]
    assert training("fact", "BDI", "contact_named", *note, "--set", "ministry=Defence").code == 0
    assert training("sweep").code == 0
    assert training("fact", "BDI", "paused", *note, "--set", "review_on=2023-01-01").code == 0
    closed = {f["state"]: f for f in training.json("follow-up", "list") if f["kind"] == "ready" and f["closed_on"]}
    assert (closed["AGO"]["outcome"], closed["AGO"]["became"]) == (f"overtaken by {step}", "step taken")
    assert closed["BDI"]["became"] is None
    printed = training("follow-up", "list", COLUMNS="200").out
    assert "closed on 2022-06-21: the step was taken" in printed
    assert "closed on 2022-06-21: overtaken by a fact" in printed
    assert step not in printed
