"""What comes next for each State, from the command line: the keys that are promised, and the same in words."""

KEYS = ("state", "tier", "readiness", "next_step", "written_by", "owner", "last_heard_on", "unanswered_since")


def test_every_line_has_the_promised_keys_and_says_something(desk):
    found = desk.json("next-steps")
    assert {tuple(one) for one in found} == {(*KEYS, "promise_due_on", "due_on")}
    assert len(found) == 79
    assert all(one["next_step"] for one in found)
    assert next(one for one in found if one["state"] == "KHM") == {
        "state": "KHM",
        "tier": 1,
        "readiness": None,
        "next_step": "Get on file: contact named, for “Drafting begun”",
        "written_by": None,
        "owner": None,
        "last_heard_on": "2013-10-18",
        "unanswered_since": None,
        "promise_due_on": None,
        "due_on": None,
    }


def test_the_lines_are_read_in_words(desk):
    listed = desk("next-steps", "--region", "Oceania", COLUMNS="240").out
    assert "States not party" in listed
    assert "Get on file: signal of interest" in listed
    assert "nobody" in listed
    assert "never" in listed


def test_a_region_that_is_none_is_refused(desk):
    answer = desk("next-steps", "--region", "Atlantis")
    assert answer.code == 1
    assert "Atlantis" in answer.err


def test_a_next_step_is_written_and_done(desk):
    told = desk("next-step", "Comoros", "Ask whether the conditions are met.", "--by", "2099-01-01")
    assert (told.code, told.said) == (1, ["The day 2099-01-01 is more than 10 years ahead; look at the year again."])
    answer = desk.json("next-step", "Comoros", "Ask whether the conditions are met.")
    assert answer == {
        "state": "COM",
        "next_step": "Ask whether the conditions are met.",
        "due_on": None,
        "repeated": False,
    }
    assert desk("next-step", "COM", "Ask whether the conditions are met.").out == (
        "Comoros, on file already: Ask whether the conditions are met.\n"
    )
    line = next(one for one in desk.json("next-steps") if one["state"] == "COM")
    assert (line["next_step"], line["written_by"]) == ("Ask whether the conditions are met.", "the operator")
    assert desk("next-step", "COM", "--done").out == "Comoros: the pathway says what comes next.\n"
    assert desk("next-step", "COM", "--done").out == "Comoros: the pathway says already what comes next.\n"


def test_either_words_or_done(desk):
    assert desk("next-step", "COM", "Call the mission.", "--done").code == 2
    assert desk("next-step", "COM").said == ["Write what comes next for the State."]
