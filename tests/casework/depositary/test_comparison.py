"""An act of a depositary's table beside ours: what is new, what it changes, confirms or contradicts."""

import pytest

from casework.depositary.comparison import Difference, Verdict, agrees, compare, says_the_same
from pathways.grammar.dates import PartialDate
from pathways.grammar.stages import Instrument
from sources.participation import Act, ActKind
from tests.builders import STATE, a_deposit, a_fact, a_signature

DATE, PAPER = "deposit_date", "instrument"


def an_act(effective, instrument=None, kind=ActKind.DEPOSIT, **said):
    paper = Instrument(instrument) if instrument else None
    return Act(state=STATE, kind=kind, effective=PartialDate.parse(effective), row=2, instrument=paper, **said)


def found(ours, act):
    """Say the verdict, and each difference as column, ours, theirs."""
    verdict, differences = compare(ours, act)
    return verdict, [(d.field, d.ours, d.theirs) for d in differences]


def test_what_we_do_not_hold_is_new():
    assert compare(None, an_act("2026-01-05", "ratification")) == (Verdict.NEW, ())


# Ours: date, and which columns are unconfirmed. Theirs: date and unconfirmed columns. The instrument is the same.
SAME_PAPER = {
    "the same, confirmed on both sides": ("2026-01-05", (), "2026-01-05", (), Verdict.UNCHANGED),
    "the same, now without a mark": ("2026-01-05", (DATE,), "2026-01-05", (), Verdict.CONFIRMED),
    "the same, one of two marks gone": ("2026-01-05", (DATE, PAPER), "2026-01-05", (PAPER,), Verdict.CONFIRMED),
    "the same, and as unconfirmed as ours": ("2026-01-05", (DATE,), "2026-01-05", (DATE,), Verdict.UNCHANGED),
    "a mark of theirs takes none of ours back": ("2026-01-05", (), "2026-01-05", (DATE,), Verdict.UNCHANGED),
    "a day within our month": ("2026-01", (), "2026-01-05", (), Verdict.CONFIRMED),
    "a month within our year": ("2026", (), "2026-01", (), Verdict.CONFIRMED),
    "a day within our month, as unconfirmed": ("2026-01", (DATE,), "2026-01-05", (DATE,), Verdict.CONFIRMED),
    "a month around our day": ("2026-01-05", (), "2026-01", (), Verdict.UNCHANGED),
    "a month around our day confirms no mark": ("2026-01-05", (DATE,), "2026-01", (), Verdict.UNCHANGED),
    "the same month": ("2026-01", (), "2026-01", (), Verdict.UNCHANGED),
    "another day for an unconfirmed one": ("2026-01-05", (DATE,), "2026-01-06", (), Verdict.CHANGED),
    "another day for a confirmed one": ("2026-01-05", (), "2026-01-06", (), Verdict.CONFLICT),
    "another day, when only our instrument is marked": ("2026-01-05", (PAPER,), "2026-01-06", (), Verdict.CONFLICT),
    "a day outside our month": ("2026-01", (), "2026-02-01", (), Verdict.CHANGED),
    "a month beside our day": ("2026-01-31", (), "2026-02", (), Verdict.CONFLICT),
}


@pytest.mark.parametrize(("mine", "marks", "theirs", "their_marks", "verdict"), SAME_PAPER.values(), ids=SAME_PAPER)
def test_a_date_beside_ours(mine, marks, theirs, their_marks, verdict):
    ours = a_deposit(mine, unconfirmed=marks)
    said = [(DATE, mine, theirs)] if verdict in (Verdict.CHANGED, Verdict.CONFLICT) else []
    assert found(ours, an_act(theirs, "ratification", unconfirmed=their_marks)) == (verdict, said)


# Ours: instrument and marks, deposited on 2026-01-05. Theirs: date and instrument.
OTHER_PAPER = {
    "another for an unconfirmed one": ((PAPER,), "2026-01-05", "accession", Verdict.CHANGED, [PAPER]),
    "another for a confirmed one": ((), "2026-01-05", "accession", Verdict.CONFLICT, [PAPER]),
    "none is said": ((), "2026-01-05", None, Verdict.UNCHANGED, []),
    "none is said, in the month around our day": ((DATE,), "2026-01", None, Verdict.UNCHANGED, []),
    "another, in the month around our day": ((PAPER,), "2026-01", "accession", Verdict.CHANGED, [PAPER]),
    "another and another day, all unconfirmed": (
        (DATE, PAPER),
        "2026-01-06",
        "accession",
        Verdict.CHANGED,
        [DATE, PAPER],
    ),
    "another day for an unconfirmed one, another instrument for a confirmed one": (
        (DATE,),
        "2026-01-06",
        "accession",
        Verdict.CONFLICT,
        [PAPER],
    ),
    "another day for a confirmed one, another instrument for an unconfirmed one": (
        (PAPER,),
        "2026-01-06",
        "accession",
        Verdict.CONFLICT,
        [DATE],
    ),
    "both confirmed, both other": ((), "2026-01-06", "accession", Verdict.CONFLICT, [DATE, PAPER]),
}


@pytest.mark.parametrize(("marks", "day", "instrument", "verdict", "columns"), OTHER_PAPER.values(), ids=OTHER_PAPER)
def test_an_instrument_beside_ours(marks, day, instrument, verdict, columns):
    both = {DATE: (DATE, "2026-01-05", day), PAPER: (PAPER, "ratification", instrument)}
    ours = a_deposit("2026-01-05", unconfirmed=marks)
    assert found(ours, an_act(day, instrument)) == (verdict, [both[column] for column in columns])


def test_an_instrument_is_confirmed_beside_a_date_that_is_not_precise():
    ours, theirs = a_deposit("2026-01"), an_act("2026-01-05", "accession")
    assert found(ours, theirs) == (Verdict.CONFLICT, [(PAPER, "ratification", "accession")])


def test_a_difference_names_the_state_and_whether_ours_was_confirmed():
    [one] = compare(a_deposit("2026-01-05", unconfirmed=(DATE,)), an_act("2026-01-06"))[1]
    assert one == Difference(state=STATE, field=DATE, ours="2026-01-05", theirs="2026-01-06", is_confirmed=False)


@pytest.mark.parametrize(
    ("ours", "kind", "column"),
    [
        (a_signature("2013-10-18"), ActKind.SIGNATURE, "signature_date"),
        (
            a_fact("provisional_application", "2013-10-18"),
            ActKind.PROVISIONAL_APPLICATION,
            "provisional_application_date",
        ),
        (
            a_fact("declaration_not_to_join", "2013-10-18"),
            ActKind.DECLARATION_NOT_TO_JOIN,
            "declaration_not_to_join_date",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_difference_is_named_by_its_column(ours, kind, column):
    assert found(ours, an_act("2013-10-19", kind=kind)) == (Verdict.CONFLICT, [(column, "2013-10-18", "2013-10-19")])


# Ecuador's deposit of “2026” was known by 24 July: a later day within the year is not that act.
AGREE = {
    "the same day": ("2026-01-05", None, "2026-01-05", True),
    "the next day": ("2026-01-05", None, "2026-01-06", False),
    "a day within our year": ("2026", None, "2026-12-31", True),
    "a day within our year, by the day we knew": ("2026", "2026-07-24", "2026-07-24", True),
    "a day within our year, after we knew": ("2026", "2026-07-24", "2026-07-25", False),
    "a month that begins before we knew": ("2026", "2026-07-24", "2026-07", True),
    "a month that begins after we knew": ("2026", "2026-07-24", "2026-08", False),
    "the year around our day": ("2026-07-25", "2026-07-24", "2026", True),
    "months that overlap in nothing": ("2026-01", None, "2026-02", False),
}


@pytest.mark.parametrize(("mine", "known_by", "theirs", "is_so"), AGREE.values(), ids=AGREE)
def test_dates_agree_when_one_lies_within_the_other_and_not_after_the_day_it_was_known_by(
    mine, known_by, theirs, is_so
):
    assert agrees(a_deposit(mine, known_by=known_by), an_act(theirs)) is is_so


def test_a_day_after_we_knew_of_the_act_is_another_date():
    ours = a_deposit("2026", known_by="2026-07-24")
    assert found(ours, an_act("2026-07-25", "ratification")) == (Verdict.CHANGED, [(DATE, "2026", "2026-07-25")])


SAME_WORDS = {
    "date and instrument": ("2026-01-05", "ratification", True),
    "another instrument": ("2026-01-05", "accession", False),
    "no instrument": ("2026-01-05", None, False),
    "the month of our day": ("2026-01", "ratification", False),
}


@pytest.mark.parametrize(("theirs", "instrument", "is_so"), SAME_WORDS.values(), ids=SAME_WORDS)
def test_a_fact_says_the_same_only_in_date_and_instrument(theirs, instrument, is_so):
    assert says_the_same(a_deposit("2026-01-05"), an_act(theirs, instrument)) is is_so


def test_a_signature_of_the_same_day_says_the_same_without_an_instrument():
    assert says_the_same(a_signature("2013-10-18"), an_act("2013-10-18", kind=ActKind.SIGNATURE))
