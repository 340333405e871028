"""Whatever facts a dossier holds, it can be projected, and its next day is the next on which anything changes."""

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.grammar.agenda import agenda, next_due_on
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import Dossier
from pathways.grammar.duties import owed
from pathways.grammar.facts import FieldType
from pathways.grammar.journey import open_steps
from pathways.grammar.projection import may_differ, project
from tests.builders import ATT, STATE, a_fact, a_step

FIRST, LAST = date(2013, 6, 3), date(2027, 12, 31)
# Half of all days lie close together, so that deadlines of weeks and months meet.
days = st.one_of(st.dates(FIRST, LAST), st.dates(date(2020, 1, 1), date(2020, 9, 30)))
effective = st.one_of(
    days.map(PartialDate.of),
    days.map(lambda day: PartialDate.parse(f"{day:%Y-%m}")),
    days.map(lambda day: PartialDate.parse(f"{day:%Y}")),
)
VALUES = {
    FieldType.TEXT: st.just("ref 1"),
    FieldType.NUMBER: st.integers(2014, 2027),
    FieldType.DAY: days.map(str),
    FieldType.PARTIAL_DAY: effective.map(str),
    FieldType.YES_NO: st.booleans(),
}
# The acts and what the ledger itself speaks in are rare among the kinds; they are where the rules are.
WEIGHTY = ("signature", "deposit", "deposit", "withdrawal", "initial_report", "annual_report", "paused", "resumed")


@st.composite
def a_filed_fact(draw):
    name = draw(st.sampled_from([*(k.name for k in ATT.kinds if k.name != "step"), *WEIGHTY, "step", "step", "step"]))
    if name == "step":
        taken = draw(st.sampled_from(ATT.steps))
        fact = a_step(taken.name, "2020-01-01", source=draw(st.sampled_from(taken.sources)).value)
    else:
        said = {f.name: draw(_value(f)) for f in ATT.kind(name).fields if f.required or draw(st.booleans())}
        fact = a_fact(name, "2020-01-01", data=said)
    return replace(fact, effective=draw(effective), known_by=draw(st.none() | days))


def _value(field):
    if field.type is FieldType.CHOICE:
        return st.sampled_from(field.choices)
    if field.type is FieldType.LIST:
        return st.lists(st.sampled_from(field.choices or ("one", "two")), min_size=1, max_size=2)
    return VALUES[field.type]


@st.composite
def files(draw):
    """Return facts in order of filing, some of which replace, annul, contest, settle or rest on earlier ones."""
    filed = []
    for seq, drawn in enumerate(draw(st.lists(a_filed_fact(), max_size=12)), start=1):
        earlier = draw(st.none() | st.sampled_from(filed)) if filed else None
        fact = replace(drawn, id=f"fact{seq}", seq=seq)
        filed.append(_related(draw, fact, earlier) if earlier else fact)
    return filed


def _related(draw, fact, earlier):
    if fact.kind == "settled":
        return replace(fact, data={"favours": earlier.id})
    if fact.kind == "release":
        return replace(fact, data={"fact": earlier.id, "audience": "state:KHM"})
    if fact.kind in ("correction", "ruling", "setback"):
        return replace(fact, annuls=(earlier.id,))
    if fact.kind == earlier.kind:
        name = draw(st.sampled_from(["replaces", "contests", "seq"]))
        return replace(fact, **{name: earlier.id}) if name != "seq" else fact
    return replace(fact, rests_on=earlier.id) if fact.kind == "step" else fact


#: What a sweep would write of a dossier, and what a reader would see change.
SEEN = [f.name for f in fields(Dossier) if f.name not in ("on", "next_fact_on")]


def seen(dossier):
    return {name: getattr(dossier, name) for name in SEEN}


def brought(dossier):
    found = agenda(ATT, dossier)
    return found.steps, [item.key for item in found.items if item.occasion != "ready"]


@settings(max_examples=100, deadline=None)
@given(files(), days)
def test_every_file_adds_up_on_every_day(filed, day):
    dossier = project(ATT, STATE, filed, on=day, reader=None)
    open_steps(ATT, dossier)
    agenda(ATT, dossier)
    counted = {f.id for f in dossier.in_force}
    assert all(f.counts_from <= day for f in dossier.in_force)
    assert not counted & {f.id for f in dossier.conflicts}


@settings(max_examples=100, deadline=None)
@given(files(), days)
def test_the_next_day_lies_ahead(filed, day):
    found = agenda(ATT, project(ATT, STATE, filed, on=day, reader=None))
    assert found.next_due_on is None or found.next_due_on > day
    assert all(item.since <= day for item in found.items)
    assert all(due.on <= day for due in found.steps)


@settings(max_examples=250, deadline=None)
@given(files(), days, st.integers(0, 2**31))
def test_nothing_changes_before_the_next_day(filed, day, place):
    dossier = project(ATT, STATE, filed, on=day, reader=None)
    until = agenda(ATT, dossier).next_due_on or date(2031, 1, 1)
    between = day + timedelta(days=place % max((until - day).days, 1))
    later = project(ATT, STATE, filed, on=between, reader=None)
    assert seen(later) == seen(dossier), (day, between, until)
    assert brought(later) == brought(dossier), (day, between, until)
    assert agenda(ATT, later).next_due_on == agenda(ATT, dossier).next_due_on


@settings(max_examples=200, deadline=None)
@given(files(), days)
def test_the_next_day_asked_for_alone_is_that_of_the_agenda(filed, day):
    dossier = project(ATT, STATE, filed, on=day, reader=None)
    assert next_due_on(ATT, dossier) == agenda(ATT, dossier).next_due_on


def test_the_next_day_of_a_duty_that_falls_due_today_is_tomorrow():
    bound = [a_fact("deposit", "2020-01-01", data={"instrument": "ratification"})]
    due = owed(ATT, project(ATT, STATE, bound, on=date(2020, 6, 1), reader=None))[0].due.last
    dossier = project(ATT, STATE, bound, on=due, reader=None)
    assert next_due_on(ATT, dossier) == agenda(ATT, dossier).next_due_on == due + timedelta(days=1)


@settings(max_examples=250, deadline=None)
@given(files(), days, days)
def test_where_no_day_says_that_it_may_differ_the_facts_come_to_the_same(filed, one, other):
    dossier = project(ATT, STATE, filed, on=min(one, other), reader=None)
    later = project(ATT, STATE, filed, on=max(one, other), reader=None)
    assert may_differ(dossier, filed, on=later.on) or seen(later) == seen(dossier)
