"""The overview counts and lists what its reader may know: the same as a plain, slow look at every State."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from casework.core.as_of import UnknownRegion
from casework.follow_ups.actions import close, snooze, take
from casework.follow_ups.inbox import follow_up_inbox
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.whose import Part
from casework.operations.sweep import sweep
from casework.overview.cases import cases
from casework.overview.overview import overview
from models.ledger import dossiers
from pathways.grammar.agenda import agenda
from pathways.grammar.clearance import ANYONE, OPERATOR, may_know_stage
from pathways.grammar.projection import project
from pathways.grammar.roles import Right
from pathways.grammar.stages import Stage
from tests.builders import ATT, clock_of, file
from tests.casework.overview.conftest import TODAY
from tests.statements import questions

ROLES = ("secretariat", "president", "chair", "coordinator", "champion", "champion of Asia", "contact", "of a party")


def plainly(workspace, reader):
    """Return each State as a projection for this reader alone shows it."""
    with workspace.reading() as connection:
        found = dossiers.records(connection, "att")
        facts = dossiers.facts_of(connection, found)
    return {r.state: (r.region, project(ATT, r.state, facts[r.id], on=workspace.today(), reader=reader)) for r in found}


def shown_stage(reader, state, dossier):
    if dossier.legal.status in ("state_party", "withdrawal_notified"):
        return Stage.IMPLEMENTATION
    if dossier.legal.status == "deposited":
        return Stage.DEPOSIT
    return dossier.stage if may_know_stage(reader, state) else None


@pytest.mark.parametrize("role", ROLES)
def test_the_map_and_the_counts_are_those_of_a_plain_look(workspace, readers, role):
    reader = readers[role]
    plain = plainly(workspace, reader)
    seen = overview(workspace, region="all", reader=reader, treaty="att")
    assert seen.stages == {state: shown_stage(reader, state, d) for state, (_, d) in plain.items()}
    assert seen.summary.states == len(plain) == 197
    assert seen.summary.parties == sum(d.legal.status == "state_party" for _, d in plain.values())
    assert {c.stage: c.count for c in seen.columns} == {
        stage: sum(s is stage for s in seen.stages.values()) for stage in Stage if stage is not Stage.IMPLEMENTATION
    }
    assert {case.state: case.snapshot.standing for case in seen.rows} == {
        state: d.standing for state, (_, d) in plain.items()
    }
    for case in seen.rows:
        knows = may_know_stage(reader, case.state)
        dossier = plain[case.state][1]
        assert (case.snapshot.stage, case.snapshot.since, case.snapshot.tier) == (
            (dossier.stage, dossier.entered_on, dossier.tier) if knows else (None, None, None)
        )
        assert knows or case.owner is None


@pytest.mark.parametrize("role", ROLES)
def test_what_a_state_wants_is_what_is_within_reach_and_what_the_readers_facts_bring_up(workspace, readers, role):
    reader = readers[role]
    seen = overview(workspace, region="all", reader=reader, treaty="att")
    reached = {f.id for f in follow_up_list(workspace, open_only=True, reader=reader, treaty="att") if f.state}
    assert {matter.follow_up for case in seen.rows for matter in case.matters if matter.follow_up} == reached
    rows = {case.state: case for case in seen.rows}
    for state, (_, dossier) in plainly(workspace, reader).items():
        knows = may_know_stage(reader, state)
        items = [i for i in agenda(ATT, dossier).items if knows or (i.is_public and state in reader.own)]
        matters = {(n.kind, n.about) for n in rows[state].matters if n.kind in Occasions}
        assert {(i.occasion, i.about) for i in items} <= matters
        if not reader.may(Right.FOLLOW_UP, state):
            assert {(i.occasion, i.about) for i in items} == matters


@pytest.mark.parametrize("role", ROLES)
def test_what_needs_the_reader_is_what_the_inbox_does_not_leave_with_others(workspace, readers, role):
    reader = readers[role]
    seen = overview(workspace, region="all", reader=reader, treaty="att")
    inbox = follow_up_inbox(workspace, treaty="att", reader=reader)
    assert not inbox.has_more
    needing = {f.id for part, f in inbox.open if part not in (Part.OTHERS, Part.FOR_INFORMATION)}
    informing = {f.id for part, f in inbox.open if part is Part.FOR_INFORMATION}
    assert {matter.follow_up for matter in seen.matters if matter.follow_up} == needing
    assert {matter.follow_up for matter in seen.informed if matter.follow_up} == informing
    assert all(n.asked in reader.roles or n.state in reader.own for n in seen.matters if n.owner is None)
    others = [n for case in seen.rows for n in case.matters if n.is_others]
    assert seen.with_others >= len(others)
    assert [n.due_on for n in seen.matters] == sorted(n.due_on for n in seen.matters)


@pytest.mark.parametrize("day", ["2026-11-06", "2026-11-08"])
def test_a_date_of_the_treaty_stands_on_the_board_and_needs_nobody(workspace, readers, day):
    clock_of(workspace).stand_on(day)  # ZWE is bound ninety days after its deposit, on 8 November
    for reader in (*readers.values(), OPERATOR, ANYONE):
        seen = overview(workspace, region="all", reader=reader, treaty="att")
        assert not [matter for matter in seen.matters if matter.kind == "entry_into_force"]
        zwe = next(case for case in seen.rows if case.state == "ZWE")
        assert "entry_into_force" in {matter.kind for matter in zwe.matters}
        assert seen.summary.this_week >= 1


def test_once_the_sweep_has_taken_the_step_its_date_comes_no_more(workspace, readers):
    """To who may not know our assessment of the State, its day is the depositary's until it is over."""
    clock_of(workspace).stand_on("2026-11-08")
    assert "ZWE" in sweep(workspace, run="morning", treaty="att").moved
    for reader in (*readers.values(), OPERATOR, ANYONE):
        seen = overview(workspace, region="all", reader=reader, treaty="att")
        knows = may_know_stage(reader, "ZWE")
        there = [matter.state for matter in seen.dates if matter.kind == "entry_into_force"]
        assert ("ZWE" in there) is not knows, reader


Occasions = {"ready", "silence", "date_near", "date_passed", "review", "contradiction", "promise_due"}


def test_a_contact_sees_public_counts_and_the_own_state_and_nothing_of_others(workspace, readers):
    seen = overview(workspace, reader=readers["contact"], treaty="att")
    assert seen.region is None
    assert [case.state for case in seen.own] == ["AGO"]
    assert seen.summary.parties == overview(workspace, reader=OPERATOR, treaty="att").summary.parties
    assert all(case.owner is None and case.snapshot.stage is None for case in seen.rows)
    assert {matter.state for matter in seen.matters if matter.kind in Occasions} <= {"AGO"}
    assert {case.snapshot.legal_status for case in seen.unknown} == {"signatory", "non_signatory"}


def test_the_public_sees_what_the_depositary_says(workspace):
    seen = overview(workspace, reader=ANYONE, treaty="att")
    assert seen.matters == ()
    assert seen.stages["ZWE"] is Stage.DEPOSIT
    assert seen.stages["AGO"] is None


def test_who_serves_one_region_begins_there_and_may_look_at_all(workspace, readers):
    assert overview(workspace, reader=readers["champion"], treaty="att").region == "Africa"
    assert overview(workspace, reader=readers["champion"], region="all", treaty="att").region is None
    assert overview(workspace, reader=readers["champion"], region="asia", treaty="att").region == "Asia"
    assert overview(workspace, reader=readers["secretariat"], treaty="att").region is None
    assert {c.region for c in overview(workspace, reader=readers["champion"], treaty="att").rows} == {"Africa"}


def test_a_region_that_is_none_is_refused_with_those_there_are(workspace):
    with pytest.raises(UnknownRegion, match="no_region_of_that_name"):
        overview(workspace, reader=OPERATOR, region="Atlantis", treaty="att")


def test_who_is_asked_has_it_in_hand_until_somebody_owns_it(workspace, readers):
    for reader in (readers["secretariat"], readers["coordinator"]):
        for case in overview(workspace, region="Africa", reader=reader, treaty="att").rows:
            first = next((matter for matter in case.matters if not matter.wants_nobody), None)
            if case.is_party or first is None:
                continue
            asked = {"secretariat": "Officer", "champion": "Champion of SEN", "coordinator": "Coordinator of NAM"}
            assert case.owner == asked[first.asked], case.state
    rows = {case.state: case for case in overview(workspace, region="Africa", reader=OPERATOR, treaty="att").rows}
    assert (rows["COM"].matters[0].kind, rows["COM"].owner) == ("review", "Officer")
    silent = next(c for c in rows.values() if c.owner == "Champion of SEN" and c.matters[0].follow_up)
    take(workspace, silent.matters[0].follow_up, reader=readers["coordinator"], treaty=None)
    rows = {case.state: case for case in overview(workspace, region="Africa", reader=OPERATOR, treaty="att").rows}
    assert rows[silent.state].owner == "Coordinator of NAM"


@pytest.mark.parametrize("role", ROLES)
def test_the_states_on_the_way_and_those_that_paused_or_declined_are_the_board_between_outside_and_bound(
    workspace, readers, role
):
    seen = overview(workspace, region="all", reader=readers[role], treaty="att")
    columns = [column for column in seen.columns if column.stage is not Stage.OUTSIDE]
    under_way = [c for c in seen.unknown if c.snapshot.legal_status == "signatory"]
    apart = sum(len(column.apart) for column in columns) + sum(case.is_apart for case in under_way)
    assert seen.summary.on_the_way + seen.summary.apart == sum(column.count for column in columns) + len(under_way)
    assert seen.summary.apart == apart
    assert all(case.snapshot.standing == "open" or case.stage is Stage.DEPOSIT for c in columns for case in c.quiet)
    if role == "secretariat":
        assert "COM" in {case.state for column in columns for case in column.apart}


def test_what_somebody_took_or_put_off_no_longer_needs_the_others(workspace, readers):
    champion, coordinator = readers["champion"], readers["coordinator"]
    mine, rested = [
        n
        for n in overview(workspace, reader=champion, treaty="att").matters
        if n.kind == "silence" and n.follow_up is not None
    ][:2]
    take(workspace, mine.follow_up, reader=champion, treaty=None)
    snooze(
        workspace, rested.follow_up, until=TODAY + timedelta(days=9), reason="holidays", reader=champion, treaty=None
    )
    seen = overview(workspace, reader=coordinator, treaty="att")
    left = {n.follow_up for n in (*seen.matters, *seen.informed)}
    assert not left & {mine.follow_up, rested.follow_up}
    assert rested.follow_up not in {n.follow_up for case in seen.rows for n in case.matters}
    assert mine.follow_up in {n.follow_up for n in overview(workspace, reader=champion, treaty="att").matters}
    case = next(c for c in overview(workspace, reader=coordinator, treaty="att").rows if c.state == mine.state)
    assert case.owner == "Champion of SEN"


def test_what_was_closed_is_gone_at_once(workspace, readers):
    champion, coordinator = readers["champion"], readers["coordinator"]
    before = overview(workspace, reader=coordinator, treaty="att")
    chosen = next(n for c in before.rows for n in c.matters if n.follow_up is not None and n.kind == "silence")
    close(workspace, chosen.follow_up, "not needed: the mission wrote on Friday", reader=champion, treaty=None)
    after = overview(workspace, reader=coordinator, treaty="att")
    left = [n for c in after.rows for n in c.matters]
    assert chosen.follow_up not in {n.follow_up for n in left}
    assert (chosen.state, "silence") not in {(n.state, n.kind) for n in left}


def test_the_same_record_is_looked_at_in_a_handful_of_statements_and_made_into_a_view_once(workspace, readers):
    champion, officer = readers["champion"], readers["secretariat"]
    firsts = [overview(workspace, reader=reader, treaty="att") for reader in (champion, officer)]
    asked = statements(workspace, lambda: overview(workspace, reader=champion, treaty="att"))
    assert len(asked) <= 5, asked
    assert overview(workspace, reader=champion, treaty="att") is firsts[0]
    file(workspace, "AGO", "paused", "2026-10-30", "statement", review_on="2027-05-01")
    asked = statements(workspace, lambda: overview(workspace, reader=officer, treaty="att"))
    assert len(asked) <= 6, asked
    assert overview(workspace, reader=officer, treaty="att") is not firsts[1]
    assert overview(workspace, reader=champion, treaty="att") is firsts[0]  # who may not know of it sees no change


def test_names_and_their_order_are_of_the_language(workspace):
    french = cases(workspace, reader=OPERATOR, language="fr", treaty="att")
    assert next(c.name for c in french.states if c.state == "DEU") == "Allemagne"
    assert [c.state for c in french.states][:4] == ["AFG", "ZAF", "ALB", "DZA"]


def test_in_arabic_states_stand_as_the_lists_of_the_united_nations_have_them(workspace):
    arabic = cases(workspace, reader=OPERATOR, language="ar", treaty="att")
    order = [c.state for c in arabic.states]
    assert order[0] == "RUS"
    assert order.index("DZA") < order.index("ZMB") < order.index("OMN")  # the article of Algeria is passed over


def statements(workspace, look):
    asked = []

    def note(*given):
        asked.append(given[2])

    event.listen(workspace.store.engine, "before_cursor_execute", note)
    look()
    event.remove(workspace.store.engine, "before_cursor_execute", note)
    return questions(asked)
