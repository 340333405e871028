"""A sheet of statements: every row is checked, every fault told by row and column, and each row is taken in once."""

import io
import random
import tracemalloc
from datetime import date, datetime, time
from time import process_time

import pytest
from openpyxl import Workbook

from casework.core.rights import NotYours
from casework.meetings.take_in import take_in
from tests.casework.meetings.meeting_days import CHAMPION, OF_A_WEEK, SECRETARIAT, WEBCAST, check, lines, take

TITLES = ("speaker", "kind", "words", "on", "by", "condition", "sensitivity")
COMOROS = ("com", "promise", "Will ratify.", "2023-02-15", "2023-12", "conditions are met", "")


def a_csv(*rows, titles=TITLES, delimiter=","):
    quoted = (delimiter.join('"' + str(cell).replace('"', '""') + '"' for cell in row) for row in (titles, *rows))
    return "\n".join(quoted).encode()


def a_workbook(*rows, titles=TITLES):
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in (titles, *rows):
        page.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def taken(workspace, data, meeting=WEBCAST, reader=SECRETARIAT, **options):
    return take_in(workspace, data, meeting, treaty="att", reader=reader, **options)


def told(found):
    return [(one.row, one.column, one.sentence.code) for one in found.faults]


@pytest.mark.parametrize("made", [a_csv, a_workbook])
def test_a_row_is_what_a_state_said(record, made):
    found = taken(record, made(COMOROS))
    assert (found.read, found.new, found.unchanged, found.faults, found.is_refused) == (1, 1, 0, (), False)
    [line] = lines(record)
    assert (line.state, line.about, line.words) == ("COM", "promise", "Will ratify.")
    assert (line.on, line.by, line.condition, line.sensitivity) == (
        *("2023-02-15", "2023-12", "conditions are met", "public"),
    )


def test_columns_come_in_any_order_and_what_is_not_needed_may_be_missing(record):
    found = taken(record, a_csv(("Will ratify.", "com", "promise"), titles=("Words", " SPEAKER ", "kind")))
    assert (found.new, lines(record)[0].on) == (1, "2023-02-15")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_any_office_saves_it(record, delimiter):
    assert taken(record, b"\xef\xbb\xbf" + a_csv(COMOROS, delimiter=delimiter)).new == 1


def test_days_as_excel_keeps_them(record):
    rows = [
        ("com", "promise", "One.", date(2023, 8, 21)),
        ("com", "promise", "Two.", date(2023, 8, 22)),
        ("com", "promise", "Three.", datetime.combine(date(2023, 8, 23), time(10, 30))),
    ]
    assert taken(record, a_workbook(*rows), OF_A_WEEK).new == 3
    assert [line.on for line in lines(record, OF_A_WEEK)] == ["2023-08-23", "2023-08-22", "2023-08-21"]


def test_days_as_people_type_them_and_never_guessed_between_day_and_month(record):
    days = ("2023-08-21", "21 August 2023", "Aug 22, 2023", "22 août 2023", "21/08/2023", "8/9/2023", "21.8.2023", "5")
    found = taken(record, a_csv(*(("com", "promise", f"{n}", day) for n, day in enumerate(days))), OF_A_WEEK)
    assert told(found) == [(n, "on", "date_in_numbers_alone") for n in (6, 7, 8, 9)]
    assert (found.read, found.is_refused) == (8, True)


def test_a_number_that_excel_keeps_as_a_number_is_no_day(record):
    assert told(taken(record, a_workbook(("com", "promise", "x", 44972)))) == [(2, "on", "date_in_numbers_alone")]


def test_a_state_that_nobody_knows_in_the_fortieth_row_refuses_all_sixty_and_is_named(record):
    rows = [("com", "outreach", f"Visit {n}.") for n in range(60)]
    rows[38] = ("Gondwana", "outreach", "Visit.")
    found = taken(record, a_csv(*rows))
    assert told(found) == [(40, "speaker", "speaker_is_no_state")]
    assert (found.read, found.new, found.is_refused, lines(record)) == (60, 0, True, ())


def test_the_good_rows_are_taken_in_when_they_are_asked_for(record):
    data = a_csv(COMOROS, ("Gondwana", "outreach", "x"), ("Several delegations", "promise", "x"))
    found = taken(record, data, good_rows=True)
    assert (found.new, found.is_refused) == (1, False)
    assert told(found) == [(3, "speaker", "speaker_is_no_state"), (4, "speaker", "promise_of_no_state")]
    assert len(lines(record)) == 1


def test_a_dry_run_says_the_same_and_writes_nothing(record):
    data = a_csv(COMOROS, ("*Control Arms", "outreach", "x"))
    found = taken(record, data, dry_run=True)
    assert (found.new, found.unchanged, lines(record)) == (2, 0, ())
    taken(record, data)
    assert (taken(record, data, dry_run=True).new, taken(record, data, dry_run=True).unchanged) == (0, 2)


def test_the_same_sheet_twice_brings_nothing_and_a_longer_one_what_is_new(record):
    taken(record, a_csv(COMOROS))
    check(record)
    again = taken(record, a_workbook(COMOROS, ("gmb", "promise", "Is about to ratify.")))
    assert (again.new, again.unchanged) == (1, 1)
    assert len(lines(record)) == 2


def test_who_says_the_same_twice_in_one_sheet_has_said_it_twice(record):
    found = taken(record, a_csv(COMOROS, COMOROS))
    assert (found.new, taken(record, a_csv(COMOROS, COMOROS, COMOROS)).new) == (2, 1)


def test_every_fault_of_a_row_is_told_at_once(record):
    row = ("", "gossip", "", "2024-01-01", "13/13/2023", "x" * 300, "secret")
    assert told(taken(record, a_csv(row))) == [
        (2, "by", "date_in_numbers_alone"),
        (2, "sensitivity", "no_such_sensitivity"),
        (2, "words", "words_wanted"),
        (2, "condition", "condition_not_a_line"),
        (2, "speaker", "speaker_wanted"),
        (2, "kind", "say_what_it_was_about"),
        (2, "on", "said_after_the_meeting"),
    ]


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", ["sheet_is_empty"]),
        (b"speaker,kind,words\n", ["no_rows_below_titles"]),
        (a_csv(COMOROS, titles=("speaker", "kind", "words", "on", "on", "note", "")), ["sheet_columns_unknown",
         "columns_twice"]),
        (b"speaker,kind\ncom,promise\n", ["columns_missing"]),
        (b"speaker,kind,words\ncom,promise,\xff\n", ["csv_not_utf8"]),
        (b"speaker,kind,words\ncom,promise,a\x00b\n", ["csv_holds_a_stray_byte"]),
        (b'speaker,kind,words\ncom,promise,"open\n', ["csv_not_well_formed"]),
        (b"PK\x03\x04 and nothing", None),
        (a_workbook(COMOROS)[:2000], None),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_sheet_is_refused_as_a_whole(record, data, codes):
    found = taken(record, data)
    assert (found.is_refused, found.new, lines(record)) == (True, 0, ())
    assert codes is None or [one.sentence.code for one in found.faults] == codes
    assert found.faults


def test_something_under_no_title_is_a_fault_and_an_empty_row_is_none(record):
    found = taken(record, a_csv(("", "", ""), (*COMOROS, "a remark")))
    assert (found.read, told(found)) == (1, [(3, "", "entry_under_no_title")])


def test_a_sheet_with_more_rows_than_a_meeting_has_is_refused(record):
    rows = b"speaker,kind,words\n" + b"com,promise,x\n" * 20_001
    assert told(taken(record, rows)) == [(0, "", "too_many_rows")]


def test_a_champion_takes_nothing_in(record):
    with pytest.raises(NotYours):
        taken(record, a_csv(COMOROS), reader=CHAMPION)


def test_what_was_typed_at_the_meeting_stands_beside_the_sheet(record):
    take(record)
    assert taken(record, a_csv(COMOROS)).new == 1


def many():
    """Ten thousand rows, half of them wrong, each wrong in its own words."""
    half_wrong = random.Random(7)
    for n in range(10_000):
        if n % 2:
            yield "com", "outreach", f"Visit {n}.", "2023-02-15", "", "", ""
        else:
            yield f"Gondwana {half_wrong.random()}", "gossip", "", "15/02/2023", "", "", ""


@pytest.mark.parametrize("made", [a_csv, a_workbook])
def test_ten_thousand_rows_with_half_of_them_wrong_are_read_quickly_and_in_little_memory(record, made):
    data = made(*many())
    began = process_time()
    found = taken(record, data, good_rows=True)
    seconds = process_time() - began
    assert (found.read, found.new, len(found.faults)) == (10_000, 5_000, 20_000)
    assert seconds < 30
    tracemalloc.start()
    assert taken(record, data, dry_run=True).is_refused
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000_000
