"""Lives: what people, the depositary and the days do to a few States, in whatever order.

Each rule is one thing that happens. The model foretells whether it is done or refused and what comes of it; `World`
holds the record to that.
"""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from casework.depositary.intake import take_in
from casework.dossiers.contradictions import settle_contradiction
from casework.operations.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from tests.builders import clock_of, name_of
from tests.casework.model.adding_up import ROUTES, STEPS, Sum
from tests.casework.model.admitting import compared
from tests.casework.model.asking import fields_said
from tests.casework.model.deriving import assert_in_its_place, assert_swept
from tests.casework.model.drawn import (
    BACK,
    BY_PERSONS,
    FORMS,
    HELD,
    HOURS,
    OFTEN_FILED,
    SOURCES,
    fields_of,
)
from tests.casework.model.knowing import Knowing, places, states
from tests.casework.model.world import STATES
from tests.sources.files import a_csv

forms = st.sampled_from(FORMS)
NOTIFIED = ("deposit", "deposit", "withdrawal", "signature")


class Lives(Knowing):
    """Everything that may happen."""

    # Days and people.

    @rule(days=st.integers(0, 130), hour=st.sampled_from(HOURS))
    def time_passes(self, days, hour):
        clock = clock_of(self.workspace)
        clock.hour = max(clock.hour, (clock.hour + timedelta(days=days)).replace(hour=hour))

    # Facts.

    @rule(state=states, place=places, before=BACK, form=forms, kind=st.sampled_from(OFTEN_FILED), data=st.data())
    def somebody_files(self, state, place, before, form, kind, data):
        wanted = self.wanted(
            kind,
            self.days_ago(before),
            form,
            source=data.draw(st.sampled_from(SOURCES)),
            fields=data.draw(fields_of(kind)),
            level=data.draw(HELD),
        )
        self.file(state, self.somebody(place), wanted)

    @rule(place=places, without=st.integers(0, 5), before=st.integers(0, 6), askew=st.sampled_from((0, 0, 1)))
    def a_step_is_tried_before_all_is_on_file(self, place, without, before, askew):
        """File all but one of what a step asks for, try it, file the last, and try again; `askew`: each a day back."""
        sums = {state: Sum.of(self.files[state], self.today) for state in STATES}
        ahead = [(s, STEPS[name]) for s, now in sums.items() for name in sorted(now.open_steps())]
        if not (onwards := [(s, step) for s, step in ahead if not step.is_back]):
            return
        state, step = self.one_of(onwards, place)
        now = sums[state]
        proofs = self.asked_for(step, now)
        last = proofs.pop(without % len(proofs))
        for number, kind in enumerate((*proofs, last)):
            if kind == last:
                self.step(state, self.somebody(without), step.name, self.today)
            said = {"instrument": "ratification" if now.latest("signature") else "accession"}
            fields = fields_said(kind, said if kind == "instrument_prepared" else {})
            source = "court" if kind == "constitutional_review" else "note_verbale"
            day = self.days_ago(before + askew * number)
            self.file(state, self.operator, self.wanted(kind, day, FORMS[0], source=source, fields=fields))
        for person in (self.somebody(2 * without), self.operator):  # not everybody may know what is on file
            self.step(state, person, step.name, self.today)

    @rule(place=places, again=st.booleans())
    def a_way_back_is_tried(self, place, again):
        """File a cause and go back by it, or try to; and once more by the same cause."""
        stages = {state: Sum.of(self.files[state], self.today).stage for state in STATES}
        back = [
            (s, step)
            for s, stage in stages.items()
            for step in STEPS.values()
            if step.is_back and stage in step.sources
        ]
        if not back:
            return
        state, step = self.one_of(back, place)
        cause = "ruling" if step.name == "strike_down" else "setback"
        source = "court" if cause == "ruling" else "assessment"
        wanted = self.wanted(cause, self.today, FORMS[0], source=source, fields=fields_said(cause))
        self.file(state, self.operator, wanted)
        for _ in range(1 + again):
            self.step(state, self.operator, step.name, self.today)

    def asked_for(self, step, now):
        """Return what a step asks for and is not on file, or all of it where nothing is wanting."""
        kinds = [kind for need in step.needs for kind in getattr(need, "kinds", ())]
        if step.name == "prepare_instrument":
            kinds += [*ROUTES[now.route].proofs, "instrument_prepared"]
        return [kind for kind in kinds if not now.latest(kind)] or kinds

    @rule(state=states, before=BACK, form=forms, kind=st.sampled_from(NOTIFIED))
    def the_depositary_notifies(self, state, before, form, kind):
        signed = Sum.all_told(self.files[state]).latest("signature")
        fields = {"instrument": "ratification" if signed else "accession"} if kind == "deposit" else {}
        day = date(2014, 6, 1) + timedelta(days=before % 300) if kind == "signature" else self.days_ago(before)
        wanted = self.wanted(kind, day, form, source="depositary", fields=fields)
        if kind != "deposit" or self.may_be_told_of(state, wanted):
            self.file(state, self.operator, wanted)

    def may_be_told_of(self, state, deposit):
        """Tell whether a deposit can be: who has notified that it leaves deposits anew only once it has left."""
        told = Sum.all_told(self.files[state])
        leaves, earlier = told.latest("withdrawal"), told.latest("deposit")
        if leaves is None or earlier is None or earlier.covers(deposit.first, deposit.last):
            return True
        return deposit.first > leaves.day + timedelta(days=90)

    @rule(state=states, long_ago=st.integers(300, 900), form=forms, swept=st.booleans())
    def a_state_comes_and_leaves_and_comes_back(self, state, long_ago, form, swept):
        self.the_depositary_notifies(state, long_ago, form, "deposit")
        self.the_depositary_notifies(state, long_ago // 2, FORMS[0], "withdrawal")
        if swept:
            self.today_is_swept()
        self.the_depositary_notifies(state, long_ago // 10, FORMS[0], "deposit")

    @rule(state=states, place=places, which=places, kind=st.sampled_from(("correction", "ruling", "setback")))
    def something_is_annulled(self, state, place, which, kind):
        if not self.files[state]:
            return
        annulled = self.one_of(self.files[state], -which - 1)
        source = "court" if kind == "ruling" else "assessment"
        wanted = self.wanted(kind, self.today, FORMS[0], source=source, fields=fields_said(kind), annuls=(annulled.id,))
        self.file(state, self.somebody(place), wanted)

    @precondition(lambda self: self.filed_by_hand())
    @rule(which=places, place=places)
    def an_act_filed_by_hand_was_a_mistake(self, which, place):
        state, act = self.one_of(self.filed_by_hand(), which)
        wanted = self.wanted("correction", self.today, FORMS[0], source="assessment", annuls=(act.id,))
        self.file(state, self.somebody(place), wanted)

    def filed_by_hand(self):
        return [
            (state, e)
            for state in STATES
            for e in Sum.all_told(self.files[state]).in_force
            if e.kind in ("deposit", "signature", "withdrawal") and e.unconfirmed
        ]

    # Steps.

    @rule(state=states, place=places, name=st.sampled_from(BY_PERSONS), before=st.integers(-2, 20))
    def somebody_takes_a_step(self, state, place, name, before):
        self.step(state, self.somebody(place), name, self.days_ago(before))

    @rule(state=states, place=places)
    def a_step_that_is_open_is_taken(self, state, place):
        ahead = sorted(Sum.of(self.files[state], self.today).open_steps())
        if ahead:
            self.step(state, self.operator, self.one_of(ahead, place), self.today)

    # The depositary's table, and what it contradicts.

    @rule(state=states, before=BACK, form=forms, known=st.none() | st.integers(0, 9))
    def a_table_comes(self, state, before, form, known):
        told = Sum.all_told(self.files[state])
        if told.latest("withdrawal") or (state != "KHM" and told.latest("signature")):
            return  # of those who left or signed there is more to a row than the model tells
        written = f"{self.days_ago(before):{form}}"
        effective, instrument = PartialDate.parse(written), "ratification" if state == "KHM" else "accession"
        if effective.first > self.today:
            return
        known_by = None if known is None or form == FORMS[0] else effective.first + timedelta(days=known)
        how, ours = compared(self.files[state], effective.first, effective.last, known_by, instrument)
        said = [e for e in self.files[state] if e.kind == "deposit" and e.contests]
        is_new = not any((e.first, e.last) == (effective.first, effective.last) for e in said)
        signed = "2013-10-18" if state == "KHM" else ""
        row = f"{state},{name_of(state)},{signed},,{written},{known_by or ''},{instrument.title()},,"
        taken = take_in(self.workspace, a_csv(row), published=self.today, treaty="att")
        assert not taken.faults, taken.faults
        new = self.newly_filed(state)
        for entry in new[1:]:
            assert_in_its_place(self.files[state], entry, self.today)
        self.hold(state)
        if how == "nothing" or (how == "against" and not is_new):
            assert new == []
            return
        act = new[0]
        assert (act.kind, act.first, act.last, act.known_by) == ("deposit", effective.first, effective.last, known_by)
        assert act.contests == (ours.id if how == "against" and ours else None)
        assert act.replaces == (ours.id if how == "instead" and ours else None)

    @precondition(lambda self: self.contradicted())
    @rule(place=places, theirs=st.booleans(), which=places)
    def a_contradiction_is_settled(self, place, theirs, which):
        state = self.one_of(self.contradicted(), which)
        rival = self.one_of(Sum.of(self.files[state], self.today).conflicts, place)
        favour = rival.id if theirs else str(rival.contests)
        foretold = self.counter(self.operator, state).may_settle(favour)
        said = {"name": name_of(state), "reason": "The depositary was asked.", "reader": OPERATOR}
        settled = self.ask(state, settle_contradiction, state, favour, foretold=foretold, **said)
        if settled is not None:
            assert (settled.kind, settled.data) == ("settled", {"favours": favour})
            assert rival not in Sum.of(self.files[state], self.today).conflicts

    @rule(state=st.sampled_from(("KHM", "VNM", "GMB")), before=st.integers(10, 300), theirs=st.booleans())
    def two_tables_differ_and_somebody_settles(self, state, before, theirs):
        for days in (before, before - 9):
            self.a_table_comes(state, days, FORMS[0], None)
        if state in self.contradicted():
            self.a_contradiction_is_settled(0, theirs, self.contradicted().index(state))

    def contradicted(self):
        return [s for s in STATES if Sum.of(self.files[s], self.today).conflicts]

    # What happens by itself, and what is asked.

    @rule()
    def today_is_swept(self):
        self.run_sweep(self.today)
        for file in self.files.values():
            assert_swept(file, self.today)

    @rule(before=st.integers(1, 60))
    def a_late_sweep_runs(self, before):
        self.run_sweep(self.days_ago(before))

    def run_sweep(self, day):
        self.runs += 1
        assert sweep(self.workspace, on=day, run=f"run {self.runs}", treaty="att").failed == ()
        for state in STATES:
            for entry in self.newly_filed(state):
                assert_in_its_place(self.files[state], entry, self.today)
            if self.files[state]:
                self.hold(state)

    @rule(place=places, state=states)
    def somebody_looks(self, place, state):
        self.let_look(self.one_of(self.people, place), state)

    @precondition(lambda self: self.today > self.began)
    @rule(state=states, on=st.one_of(st.integers(-1, 1), st.integers(-60, 500)), known=st.integers(1, 200))
    def a_day_gone_by_is_asked_for(self, state, on, known):
        asked = (state, self.days_ago(on), max(self.days_ago(known), self.began - timedelta(days=1)))
        answered = self.answer(*asked)
        assert self.remembered.setdefault(asked, answered) == answered
