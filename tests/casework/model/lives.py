"""Lives: what people, the depositary and the days do to a few States, in whatever order.

Each rule is one thing that happens. The model foretells whether it is done or refused and what comes of it; `World`
holds the record to that.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from casework.depositary.intake import take_in
from casework.dossiers.contradictions import settle_contradiction
from casework.dossiers.releasing import release, take_back
from casework.operations.sweep import sweep
from casework.people.appointments import Appointment
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.mandates import NotAppointed, add_mandate, end_mandate
from casework.people.persons import add_person
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.refusals import Refused
from tests.builders import clock_of, name_of
from tests.casework.model.adding_up import ROUTES, STEPS, Sum
from tests.casework.model.admitting import compared
from tests.casework.model.asking import Asking, fields_said
from tests.casework.model.deriving import assert_in_its_place, assert_swept
from tests.casework.model.drawn import (
    BACK,
    BY_PERSONS,
    FORMS,
    HELD,
    HOURS,
    OFTEN_FILED,
    ROLES,
    SOURCES,
    fields_of,
)
from tests.casework.model.reading import REGIONS, Hold, Person
from tests.casework.model.world import STATES
from tests.sources.files import a_csv

states = st.sampled_from(STATES)
forms = st.sampled_from(FORMS)
NOTIFIED = ("deposit", "deposit", "withdrawal", "signature")
_OF_THE_LEDGER = ("step", "settled", "release", "release_ended")
places = st.integers(0, 200)  # which of several, however many there are


class Lives(Asking):
    """Everything that may happen."""

    # Days and people.

    @rule(days=st.integers(0, 130), hour=st.sampled_from(HOURS))
    def time_passes(self, days, hour):
        clock = clock_of(self.workspace)
        clock.hour = max(clock.hour, (clock.hour + timedelta(days=days)).replace(hour=hour))

    @initialize(state=states)
    def the_first_come(self, state):
        self.somebody_comes("coordinator", state, 30, None)
        self.somebody_comes("contact", state, 30, None)

    @rule(role=st.sampled_from(ROLES), state=states, ago=st.integers(-20, 60), term=st.none() | st.integers(0, 200))
    def somebody_comes(self, role, state, ago, term):
        begins, number = self.days_ago(ago), len(self.people)
        ends = begins + timedelta(days=term) if term is not None else None
        of = {"champion": "JPN", "secretariat": "ATT Secretariat", "president": "President"}.get(role, state)
        region = {"champion": "Asia", "coordinator": REGIONS[state]}.get(role)
        said = {"role": role, "of": of, "from_": begins, "until": ends, "region": region, "treaty": "att"}
        sees_personal = role == "secretariat" and bool(number % 2)
        mailbox = f"somebody{number}@mission.example"
        person = add_person(
            self.workspace, f"Somebody {number}", email=mailbox, sees_personal=sees_personal, reader=OPERATOR
        )
        self.people.append(Person(f"person:{person}", person, sees_personal))
        with suppress(NotAppointed):  # a champion is a State Party that day; somebody without a mandate is nobody
            mandate = add_mandate(self.workspace, Appointment(**said, consent="Note 1"), reader=OPERATOR).mandate
            hold(self.workspace, person, mandate, from_=begins, reader=OPERATOR, treaty="att")
            scope = {s for s in STATES if REGIONS[s] == region} if region else {of}
            self.people[-1].holds.append(Hold(mandate, role, of, frozenset(scope), begins, ends))

    @precondition(lambda self: any(person.holds for person in self.people))
    @rule(place=places, days=st.integers(-10, 0), whole=st.booleans())
    def somebody_leaves(self, place, days, whole):
        person = self.one_of([p for p in self.people if p.holds], place)
        mine, on = person.holds[0], self.days_ago(days)
        with suppress(Refused):  # what depends on it would be left to nobody; or it is over
            if whole:
                end_mandate(self.workspace, mine.mandate, on=on, reader=OPERATOR, treaty="att")
                for other in (h for p in self.people for h in p.holds if h.mandate == mine.mandate):
                    other.mandate_ended = on
            else:
                end_hold(self.workspace, person.number, mine.mandate, on=on, reader=OPERATOR, treaty="att")
                mine.laid_down = on

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
        self.file(state, self.one_of(self.serving(), place), wanted)

    @rule(state=states, place=places, before=st.integers(0, 6))
    def what_a_step_asks_for_is_filed(self, state, place, before):
        """File, a day after another, all that somebody still needs to go on."""
        now = Sum.of(self.files[state], self.today)
        ahead = [s for s in STEPS.values() if s.name in now.open_steps() and not s.is_back]
        if not ahead:
            return
        step = self.one_of(ahead, place)
        proofs = [kind for need in step.needs for kind in getattr(need, "kinds", ())]
        if step.name == "prepare_instrument":
            proofs += [*ROUTES[now.route].proofs, "instrument_prepared"]
        instrument = "ratification" if now.latest("signature") else "accession"
        for kind in proofs:
            said = {"instrument": instrument} if kind == "instrument_prepared" else {}
            source = "court" if kind == "constitutional_review" else "note_verbale"
            wanted = self.wanted(kind, self.days_ago(before), FORMS[0], source=source, fields=fields_said(kind, said))
            self.file(state, self.operator, wanted)

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
        self.file(state, self.one_of(self.serving(), place // 3), wanted)

    # Steps.

    @rule(state=states, place=places, name=st.sampled_from(BY_PERSONS), before=st.integers(-2, 20))
    def somebody_takes_a_step(self, state, place, name, before):
        self.step(state, self.one_of(self.serving(), place // 2), name, self.days_ago(before))

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

    def contradicted(self):
        return [s for s in STATES if Sum.of(self.files[s], self.today).conflicts]

    # Who may know.

    @rule(state=states, place=places, which=places, to=places, consent=st.booleans())
    def something_is_released(self, state, place, which, to, consent):
        file = self.files[state]
        held = [e for e in file if e.level > 1 and e.kind not in _OF_THE_LEDGER] or file
        if not held:
            return
        entry, who = self.one_of(held, which), self.one_of(self.serving(), place // 4)
        to_whom = f"state:{state}" if to % 3 == 0 or len(self.people) == 1 else self.one_of(self.people[1:], to)
        audience = to_whom if isinstance(to_whom, str) else to_whom.actor
        said = {"fact": entry.id, "audience": audience}
        ended = {id_ for e in file for id_ in (*e.annuls, e.replaces)}
        standing = [e for e in file if e.kind == "release" and e.data == said and e.id not in ended]
        counter = self.counter(who, state)
        foretold = counter.may_release(entry, to_whom, consent=consent)
        if standing:  # the same again changes nothing, for whoever may say it
            foretold = who.is_officer(self.today) and entry in counter.look.shown(file)
        args = {"name": name_of(state), "reader": self.eyes(who), "consent": "Note 7" if consent else ""}
        filed = self.ask(state, release, state, entry.id, foretold=foretold, audience=audience, **args)
        assert (filed is not None) == (foretold and not standing)
        assert filed is None or (filed.kind, dict(filed.data)) == ("release", said)

    @rule(state=states, place=places)
    def a_release_is_taken_back(self, state, place):
        releases = [e for e in self.files[state] if e.kind == "release"]
        if not releases:
            return
        entry, file = self.one_of(releases, place), self.files[state]
        is_over = entry.id in {id_ for e in file for id_ in (*e.annuls, e.replaces)}
        said = {"name": name_of(state), "reader": OPERATOR}
        filed = self.ask(state, take_back, state, entry.id, foretold=True, **said)
        assert (filed is None) == is_over
        assert filed is None or filed.annuls == (entry.id,)

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
