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
