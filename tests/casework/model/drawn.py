"""What is drawn for a life: kinds and sources of facts, roles, days and hours, the weighty ones more often."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.casework.model.adding_up import STEPS
from tests.casework.model.admitting import KINDS

#: How exactly a day is known: to the day twice as often as to the month, or the year.
FORMS = ("%Y-%m-%d", "%Y-%m-%d", "%Y-%m", "%Y")
#: Days before today; now and then tomorrow, which is allowed, or the day after, which is not.
BACK = st.one_of(st.integers(0, 30), st.integers(-2, 400))
#: Hours (UTC); in the last two it is tomorrow in the record's zone, in summer.
HOURS = (5, 11, 21, 22, 23)
ROLES = ("secretariat", "coordinator", "champion", "contact", "contact", "president")
SOURCES = ("note_verbale", "note_verbale", "government", "statement", "gazette", "court", "press", "assessment")
HELD = st.sampled_from((None, None, 0, 1, 2, 3, 4))
BY_PERSONS = [*sorted(name for name, step in STEPS.items() if step.by == "person"), "signed", "enter_into_force"]
_OFTEN = ("signal", "contact_named", "obstacle", "exchange", "setback", "ruling", "route", "instrument_prepared")
OFTEN_FILED = sorted(
    [k.name for k in KINDS.values() if k.by_hand and not k.is_depositary_act and k.name != "correction"] + [*_OFTEN]
)
_TYPED = {"number": "2025", "day": "2027-03-01", "yes_no": "yes"}


def fields_of(kind):
    """Draw an answer for each field that a kind must have."""
    drawn = {
        f.name: st.sampled_from(f.choices) if f.choices else st.just(_TYPED.get(f.type, "one"))
        for f in KINDS[kind].fields
        if f.required
    }
    return st.fixed_dictionaries(drawn)
