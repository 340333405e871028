"""What became of a promise: said with a source, once, by who may; held as closely as the promise itself."""

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.dossier_view import dossier_view
from casework.promises.listing import promise_list
from casework.promises.settling import NotSettled, Outcome, settle_promise
from casework.record.audit import verify
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.promises import PromiseStanding
from pathways.grammar.terms import Became
from tests.casework.meetings.meeting_days import CHAMPION, CLOSED, CONTACT, ELSEWHERE, SECRETARIAT, WEBCAST, check, take


def promised(record, *, meeting=WEBCAST, reader=SECRETARIAT, **more):
    take(record, "Comoros", words="Will ratify.", meeting=meeting, **more)
    check(record, meeting)
    [one] = listed(record, reader)
    return one.fact


def listed(record, reader=SECRETARIAT):
    return promise_list(record, treaty="att", reader=reader).promises


def outcome(became=Became.RENEWED, on="2026-05-05", *, by=None, **more):
    given = {"source": SourceKind.NOTE_VERBALE, "reference": "NV 7/2026", **more}
    return Outcome(became=became, on=PartialDate.parse(on), by=PartialDate.parse(by) if by else None, **given)


def settle(record, fact, told, reader=SECRETARIAT, state="COM"):
    return settle_promise(record, state, fact, told, treaty="att", reader=reader)


def faults(record, fact, told, **more):
    with pytest.raises(NotSettled) as wrong:
        settle(record, fact, told, **more)
    return list(zip(wrong.value.codes, wrong.value.fields, strict=True))


def test_the_comoros_renew_their_word_and_its_age_stays_that_of_the_first(record):
    fact = promised(record)
    before = dossier_view(record, "COM", treaty="att", reader=OPERATOR)
    settle(record, fact, outcome(by="2026-12", condition="the new parliament sits"))
    [one] = listed(record)
    assert (one.standing, one.condition) == (PromiseStanding.RENEWED, "the new parliament sits")
    assert (str(one.made_on), str(one.by), str(one.due_on)) == ("2023-02-15", "2026-12", "2026-12-31")
    assert one.age_days > 3 * 365
    after = dossier_view(record, "COM", treaty="att", reader=OPERATOR)
    assert (after.stage, after.legal_status, after.open_steps) == (before.stage, before.legal_status, before.open_steps)
    assert verify(record).is_sound


@pytest.mark.parametrize("became", [Became.KEPT, Became.LAPSED])
def test_once_it_is_over_it_does_not_age_any_more_and_is_said_once(record, became):
    fact = promised(record)
    settle(record, fact, outcome(became, "2024-02-15"))
    [one] = listed(record)
    assert (one.standing, one.age_days, one.asked_on) == (PromiseStanding(became), 365, None)
    assert faults(record, fact, outcome(Became.RENEWED)) == [("promise_is_over", "outcome")]


def test_the_same_said_twice_is_one_fact(record):
    fact = promised(record)
    first = settle(record, fact, outcome(Became.KEPT))
    again = settle(record, fact, outcome(Became.KEPT))
    assert (first.repeated, again.repeated, first.fact.id) == (False, True, again.fact.id)


def test_everything_wrong_is_said_at_once(record):
    fact = promised(record)
    told = outcome(Became.KEPT, "2022-01-01", by="2021", condition="a\nb", reference="x\ny")
    assert faults(record, fact, told) == [
        ("settled_before_it_was_made", "on"),
        ("only_a_renewal_has_a_day", "by"),
        ("by_a_day_or_a_month", "by"),
        ("reference_not_a_line", "reference"),
    ]


def test_a_renewal_for_a_day_that_was_over_by_then_is_refused(record):
    assert faults(record, promised(record), outcome(by="2026-04")) == [("by_before_it_was_said", "by")]


def test_what_has_not_been_yet_is_refused(record):
    assert faults(record, promised(record), outcome(on="2099-01-01")) == [("fact_in_the_future", "effective")]


@pytest.mark.parametrize("fact", ["1", "ffffffffffff", "deposit"])
def test_another_fact_is_no_promise(record, fact):
    promised(record)
    with pytest.raises(NotOnFile):
        settle(record, fact, outcome())


def test_a_promise_of_another_state_is_not_found_here(record):
    fact = promised(record)
    with pytest.raises(NotOnFile):
        settle(record, fact, outcome(), state="KHM")


@pytest.mark.parametrize("reader", [ELSEWHERE, CONTACT])
def test_who_does_not_file_for_the_state_does_not_settle(record, reader):
    fact = promised(record)
    with pytest.raises(NotYours):
        settle(record, fact, outcome(), reader=reader)


def test_who_may_not_know_of_it_finds_none(record):
    """The champion of the State may file; what was told in confidence is not there for it."""
    closer = {"meeting": CLOSED, "on": "2024-05-16", "sensitivity": Sensitivity.CONFIDENTIAL}
    fact = promised(record, **closer)
    with pytest.raises(NotOnFile):
        settle(record, fact, outcome(), reader=CHAMPION)


def test_what_became_of_it_is_held_as_closely_as_the_promise(record):
    closer = {"meeting": CLOSED, "on": "2024-05-16", "sensitivity": Sensitivity.CONFIDENTIAL}
    fact = promised(record, **closer)
    told = outcome(Became.LAPSED, source=SourceKind.PRESS, sensitivity=Sensitivity.PUBLIC)
    assert settle(record, fact, told).fact.sensitivity is Sensitivity.CONFIDENTIAL


def test_what_is_told_in_confidence_of_a_public_promise_stays_so(record):
    """To others the promise stands as it was said."""
    fact = promised(record)
    assert settle(record, fact, outcome(Became.LAPSED)).fact.sensitivity is Sensitivity.CONFIDENTIAL
    assert [one.standing for one in listed(record)] == [PromiseStanding.LAPSED]
    assert [one.standing for one in listed(record, CHAMPION)] == [PromiseStanding.OPEN]


def test_no_wider_than_its_source_allows(record):
    told = outcome(sensitivity=Sensitivity.PUBLIC)
    assert faults(record, promised(record), told) == [("outcome_held_otherwise", "sensitivity")]
