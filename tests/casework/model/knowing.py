"""Knowing: who serves whom, from which day to which, and who is let know what was told in confidence."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from casework.dossiers.releasing import release, take_back
from casework.people.appointments import Appointment
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld, hold
from casework.people.mandates import NotAppointed, add_mandate, end_mandate
from casework.people.persons import add_person
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import Refused
from tests.builders import name_of
from tests.casework.model.adding_up import Sum
from tests.casework.model.asking import Asking, fields_said
from tests.casework.model.drawn import ROLES
from tests.casework.model.reading import REGIONS, Hold, Person
from tests.casework.model.world import STATES

states = st.sampled_from(STATES)
places = st.integers(0, 200)  # which of several, however many there are
_OF_THE_LEDGER = ("step", "settled", "release", "release_ended")


class Knowing(Asking):
    """What happens to people and to what they may know."""

    @initialize(state=states)
    def the_first_come(self, state):
        self.somebody_comes("coordinator", state, 30, None)
        self.somebody_comes("contact", state, 30, None)

    @rule(role=st.sampled_from(ROLES), state=states, ago=st.integers(-20, 60), term=st.none() | st.integers(0, 200))
    def somebody_comes(self, role, state, ago, term):
        number = len(self.people)
        sees_personal, mailbox = role == "secretariat" and bool(number % 2), f"somebody{number}@mission.example"
        person = add_person(
            self.workspace, f"Somebody {number}", email=mailbox, sees_personal=sees_personal, reader=OPERATOR
        )
        self.people.append(Person(f"person:{person}", person, sees_personal))
        self.is_given(self.people[-1], role, state, ago, term)

    @rule(place=places, role=st.sampled_from(ROLES), state=states, term=st.none() | st.integers(0, 200))
    def somebody_serves_besides(self, place, role, state, term):
        self.is_given(self.one_of(self.people[1:], place), role, state, 0, term)

    def is_given(self, person, role, state, ago, term):
        """Give somebody a mandate of their own, unless there is something against it."""
        begins = self.days_ago(ago)
        ends = begins + timedelta(days=term) if term is not None else None
        of = {"champion": "JPN", "secretariat": "ATT Secretariat", "president": "President"}.get(role, state)
        region = {"champion": "Asia", "coordinator": REGIONS[state]}.get(role)
        said = {"role": role, "of": of, "from_": begins, "until": ends, "region": region, "treaty": "att"}
        with suppress(NotAppointed, NotHeld):  # a champion is a State Party that day; nobody holds a mandate twice
            mandate = add_mandate(self.workspace, Appointment(**said, consent="Note 1"), reader=OPERATOR).mandate
            hold(self.workspace, person.number, mandate, from_=begins, until=ends, reader=OPERATOR, treaty="att")
            scope = {s for s in STATES if REGIONS[s] == region} if region else {of}
            given = Hold(mandate, role, of, frozenset(scope), begins, ends)
            if not any(h.is_still(given) for h in person.holds):
                person.holds.append(given)

    @precondition(lambda self: any(person.holds for person in self.people))
    @rule(place=places, days=st.integers(-10, 0), whole=st.booleans())
    def somebody_leaves(self, place, days, whole):
        person = self.one_of([p for p in self.people if p.holds], place)
        mine, on = self.one_of(person.holds, place // 7), self.days_ago(days)
        with suppress(Refused):  # what depends on it would be left to nobody; or it is over
            if whole:
                end_mandate(self.workspace, mine.mandate, on=on, reader=OPERATOR, treaty="att")
                for other in (h for p in self.people for h in p.holds if h.mandate == mine.mandate):
                    other.mandate_ended = on
            else:
                end_hold(self.workspace, person.number, mine.mandate, on=on, reader=OPERATOR, treaty="att")
                mine.laid_down = on

    # Who may know.

    @rule(place=places, which=places, to=places, consent=st.sampled_from((True, True, False)), well=st.booleans())
    def something_is_released(self, place, which, to, consent, well):
        """Release what is held closely and counts, where it goes `well`; else anything."""
        held = [(s, e) for s in STATES for e in self.files[s]]
        close = [(s, e) for s in STATES for e in Sum.all_told(self.files[s]).in_force if e.level > 1]
        close = [(s, e) for s, e in close if e.kind not in _OF_THE_LEDGER]
        state, entry = self.one_of(close if well and close else held, which)
        file, who = self.files[state], self.operator if well else self.one_of(self.serving(), place // 4)
        to_whom = f"state:{state}" if to % 4 == 0 else self.one_of(self.people[1:], to)
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

    @rule(place=places, state=states, role=st.sampled_from(("coordinator", "champion", "president", "contact")))
    def who_was_let_know_comes_to_serve_the_state_itself(self, place, state, role):
        """Release what we think of a State to somebody, who is then given a mandate of that very State."""
        somebody = self.one_of(self.people[1:], place)
        wanted = self.wanted(
            "obstacle", self.today, "%Y-%m-%d", source="assessment", fields=fields_said("obstacle"), level=3
        )
        filed = self.file(state, self.operator, wanted)
        assert filed is not None
        foretold = self.counter(self.operator, state).may_release(filed, somebody, consent=False)
        said = {"name": name_of(state), "reader": OPERATOR, "audience": somebody.actor}
        self.ask(state, release, state, filed.id, foretold=foretold, **said)
        self.let_look(somebody, state)
        self.is_given(somebody, role, state, 0, None)
        self.let_look(somebody, state)

    @precondition(lambda self: self.releases())
    @rule(place=places)
    def a_release_is_taken_back(self, place):
        state, entry = self.one_of(self.releases(), place)
        file, audience = self.files[state], entry.data["audience"]
        is_over = entry.id in {id_ for e in file for id_ in (*e.annuls, e.replaces)}
        said = {"name": name_of(state), "reader": OPERATOR}
        filed = self.ask(state, take_back, state, entry.id, foretold=True, **said)
        assert (filed is None) == is_over
        assert filed is None or filed.annuls == (entry.id,)
        for person in self.people:
            if audience in (person.actor, f"state:{state}"):
                self.let_look(person, state)

    def releases(self):
        return [(state, e) for state in STATES for e in self.files[state] if e.kind == "release"]
