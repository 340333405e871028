"""The yearly enquiry from the command line: opened, looked at, and closed."""


def test_a_round_is_opened_looked_at_and_closed(desk):
    desk.json("people", "add", "Mission of Angola", "--email", "angola@mission.example")
    desk.json("enquiry", "mission", "Angola", "Mission of Angola")
    until = "2026-12-31"
    opened = desk.json("enquiry", "open", "--until", until)
    enquiry = opened["enquiry"]
    assert (opened["sent"], opened["nobody"]) == (1, 78)
    found = desk.json("enquiry", "status")
    counts = ("enquiry", "sent", "answered", "silent", "never_answered", "nobody")
    assert [found[name] for name in counts] == [enquiry, 1, 0, 1, 1, 78]
    assert desk("enquiry", "open", "--until", until).said == [
        f"The enquiry {enquiry} is still open, until 2026-12-31. Close it first."
    ]
    assert desk.json("enquiry", "answered", "AGO") == {"state": "AGO", "repeated": False}
    assert "answered" in desk("enquiry", "status").out
    assert desk.json("enquiry", "close") == {"enquiry": enquiry}
    assert desk("enquiry", "close").said == ["No enquiry is open."]
    assert desk("enquiry", "answered", "AGO").said == ["No enquiry is open."]


def test_before_the_first_round_there_is_nothing_to_say(desk):
    assert desk("enquiry", "status").said == ["No enquiry has been made yet."]


def test_a_round_is_not_opened_without_a_last_day(desk):
    assert desk("enquiry", "open").code == 2
    assert desk("enquiry", "open", "--until", "2020-01-01").code == 1
