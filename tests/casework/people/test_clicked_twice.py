"""Somebody presses twice, or two press at once: what was meant once is on file once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile
from casework.dossiers.state_names import Naming, add_name
from casework.follow_ups.actions import take
from casework.follow_ups.reassignment import OutOfReach
from casework.people.addresses import add_channel
from casework.people.ending_holds import end_hold
from casework.people.holds import NotHeld, hold
from casework.people.mandates import NotAppointed, end_mandate
from models.people import people
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.facts import SourceKind
from tests.appointments import FROM, a_champion, a_mandate, a_person, fallen_silent, silent_states

AT_ONCE = 5


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def at_once(click, refusals=()):
    """Let several do the same at one instant; return what each got, or nothing where it was refused."""
    ready = Barrier(AT_ONCE, timeout=20)

    def press(_):
        ready.wait()
        try:
            return click()
        except refusals:
            return None

    with ThreadPoolExecutor(AT_ONCE) as everybody:
        return list(everybody.map(press, range(AT_ONCE)))


def test_a_person_is_on_file_once(workspace):
    assert len(set(at_once(lambda: a_person(workspace, "Officer")))) == 1


def test_an_address_is_on_file_once(workspace):
    person = a_person(workspace, "Officer")
    entered = at_once(lambda: add_channel(workspace, person, "b@mission.example", treaty="att", reader=OPERATOR))
    assert len(set(entered)) == 1


def test_a_mandate_is_given_once(workspace):
    assert len(set(at_once(lambda: a_mandate(workspace, "chair", "WGTU")))) == 1


def test_a_mandate_is_taken_up_once(workspace):
    person, mandate = a_person(workspace, "Chair"), a_mandate(workspace, "chair", "WGTU")
    at_once(lambda: hold(workspace, person, mandate, from_=FROM, reader=OPERATOR, treaty=None), NotHeld)
    with workspace.reading() as connection:
        assert len(people.holds(connection, mandate_id=mandate)) == 1


def test_a_state_is_given_a_name_once(workspace):
    asked = Naming(name="Qazaqstan", since=workspace.today(), source=SourceKind.NOTE_VERBALE)
    given = at_once(lambda: add_name(workspace, "KAZ", asked, treaty="att", reader=OPERATOR))
    assert len({one.number for one in given}) == 1
    assert sum(not one.repeated for one in given) == 1


@pytest.mark.parametrize("how", ["the hold", "the mandate"])
def test_what_somebody_leaves_goes_to_one_heir(workspace, how):
    leaving, mandate = a_champion(workspace, "NAM", "Africa", "Leaving")
    heirs = iter([a_champion(workspace, "SEN", "Africa", f"Heir {number}")[0] for number in range(AT_ONCE)])
    take(workspace, silent_states(workspace)["AGO"], leaving, reader=OPERATOR, treaty=None)

    def end():
        heir, today = next(heirs), workspace.today()
        if how == "the hold":
            return end_hold(
                workspace, leaving, mandate, on=today, heirs={}, otherwise=heir, reader=OPERATOR, treaty=None
            )
        return end_mandate(workspace, mandate, on=today, heirs={}, otherwise=heir, reader=OPERATOR, treaty=None)

    at_once(end, (NotOnFile, NotHeld, NotAppointed, OutOfReach))
    passed_on = audited(workspace, "handed over")
    assert passed_on
    assert len(passed_on) == len(set(passed_on))


def audited(workspace, what):
    with workspace.reading() as connection:
        return list(connection.execute(text("SELECT row FROM audit WHERE what = :what"), {"what": what}).scalars())
