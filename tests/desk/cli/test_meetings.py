"""Meetings from the command line: what there is, added, changed and ended."""

WORKSHOP = ("meeting", "add", "workshop", "Workshop for South Asia", "--from", "2026-09-10")


def test_the_known_meetings_are_listed_with_their_sources(desk):
    found = desk.json("meeting", "list", "--year", "2023")
    assert [one["meeting"] for one in found] == [
        *("csp-2023-08-21", "workshop-2023-05-31", "wgtu-2023-05-10", "wgtu-2023-02-15"),
    ]
    assert found[1] | {"source": ""} == {
        "meeting": "workshop-2023-05-31",
        "kind": "workshop",
        "title": "Outreach workshop for ASEAN",
        "from": "2023-05-31",
        "until": "2023-05-31",
        "place": "Jakarta",
        "access": "closed",
        "documents_by": None,
        "source": "",
        "confirmed": False,
        "standing": "over",
    }
    assert "para. 6(a)" in found[1]["source"]


def test_a_list_is_read_in_words(desk):
    listed = desk("meeting", "list", "--year", "2023", COLUMNS="240").out
    assert "Outreach workshop for ASEAN" in listed
    assert "over, unconfirmed" in listed
    assert desk("meeting", "list", "--year", "2019").out == "No meeting is on file.\n"


def test_a_meeting_is_added_and_its_id_printed(desk):
    assert desk.json(*WORKSHOP, "--place", "Colombo", "--webcast") == {"meeting": "workshop-2026-09-10"}
    assert desk(*WORKSHOP).out == (
        "Meeting workshop-2026-09-10 is on file already: Workshop for South Asia, 2026-09-10.\n"
    )
    assert desk.json("meeting", "list", "--year", "2026")[0]["access"] == "webcast"


def test_a_meeting_is_changed_where_something_is_said(desk):
    desk.json(*WORKSHOP, "--place", "Colombo", "--unconfirmed")
    desk.json("meeting", "change", "workshop-2026-09-10", "--until", "2026-09-11", "--confirmed")
    one = next(m for m in desk.json("meeting", "list") if m["meeting"] == "workshop-2026-09-10")
    assert (one["place"], one["until"], one["confirmed"]) == ("Colombo", "2026-09-11", True)


def test_a_meeting_moved_to_another_day_ends_on_it(desk):
    desk.json(*WORKSHOP)
    desk.json("meeting", "change", "workshop-2026-09-10", "--from", "2026-09-20")
    one = next(m for m in desk.json("meeting", "list") if m["meeting"] == "workshop-2026-09-10")
    assert (one["from"], one["until"]) == ("2026-09-20", "2026-09-20")


def test_a_meeting_that_does_not_take_place_says_so(desk):
    desk.json(*WORKSHOP)
    told = desk("meeting", "end", "workshop-2026-09-10", "--cancelled")
    assert told.out == "On file: meeting workshop-2026-09-10 does not take place.\n"
    assert desk.json("meeting", "end", "csp-2025-08-25") == {"meeting": "csp-2025-08-25", "ended": "held"}


def test_what_is_wrong_is_said_in_sentences(desk):
    answer = desk(*WORKSHOP, "--until", "2026-09-09")
    assert (answer.code, answer.said) == (
        1,
        ["The meeting cannot end on 2026-09-09, before it begins on 2026-09-10."],
    )
    assert desk("meeting", "end", "nowhere").said == ["There is no meeting nowhere."]


def test_a_meeting_to_come_was_not_held_yet(training):
    assert training("meeting", "end", "csp-2022-08").said[1:] == [
        "The meeting is on 2022-08; it can be said to have been held once it has begun."
    ]


def test_opening_says_how_many_meetings_came(bare):
    assert bare.json("init")["meetings"] == 13
