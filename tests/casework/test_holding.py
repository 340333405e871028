"""Persons take mandates up and lay them down; nothing that hung on one is left without somebody."""

from datetime import date

import pytest
from sqlalchemy import text

from casework.follow_ups import take
from casework.handing_over import OutOfReach
from casework.holding import NotHeld, hold
from casework.laying_down import end_hold
from casework.mandates import NotAppointed, end_mandate
from casework.people import reader_for
from casework.rights import NotOnFile, NotYours
from casework.sweeping import sweep
from casework.views.follow_ups import follow_up_list
from casework.views.people import people_list
from models import archive
from pathways.grammar.clearance import Reader, Role
from tests.appointments import FROM, a_champion, a_coordinator, a_mandate, a_person, held, the_secretariat
from tests.builders import an_office, clock_of

TODAY = date(2026, 11, 2)
TOMORROW = date(2026, 11, 3)


@pytest.fixture
def office(tmp_path, store_url):
    """Give a record in which every signatory has been silent for a hundred days."""
    opened = an_office(tmp_path, store_url)
    clock_of(opened).stand_on(str(TODAY))
    yield opened
    opened.close()


def swept(office):
    sweep(office, run="morning")
    return {f.state: f for f in follow_up_list(office, open_only=True) if f.kind == "silence"}


def opened(office, kind):
    return [f for f in follow_up_list(office, open_only=True) if f.kind == kind]


def holds_of(office, person):
    return next(view.holds for view in people_list(office) if view.person == person)


def owners(office):
    return {f.state: f.owner for f in follow_up_list(office, open_only=True) if f.owner is not None}


def unsent(office):
    """Return (person, State's follow-up key) of what waits in digests."""
    with office.reading() as connection:
        found = connection.execute(text("SELECT person_id, follow_up_key, kind FROM notice WHERE NOT withdrawn"))
        return [tuple(row) for row in found]


def audited(office, what):
    with office.reading() as connection:
        query = text("SELECT detail FROM audit WHERE what = :what ORDER BY id")
        return [row[0] for row in connection.execute(query, {"what": what})]


def test_a_person_holds_a_mandate_from_the_first_to_the_last_day(office):
    person, mandate = a_person(office, "Officer"), a_mandate(office, "secretariat", "ATT Secretariat")
    hold(office, person, mandate, from_=TODAY, until=TOMORROW)
    assert reader_for(office, person, treaty="att").is_secretariat
    clock_of(office).stand_on("2026-11-04")
    with pytest.raises(NotYours):
        reader_for(office, person, treaty="att")


def test_everything_wrong_with_a_hold_is_said_at_once(office):
    person = a_person(office, "Officer")
    mandate = a_mandate(office, "coordinator", "NAM", region="Africa", from_=TODAY, until=TOMORROW)
    with pytest.raises(NotHeld) as refused:
        hold(office, person, mandate, from_=date(2026, 10, 1), until=date(2026, 9, 1))
    assert [f.split(";")[0] for f in refused.value.faults] == [
        "It cannot be held until 2026-09-01, before it is taken up on 2026-10-01.",
        "The mandate begins on 2026-11-02",
    ]
    with pytest.raises(NotHeld, match="term ends on 2026-11-03"):
        hold(office, person, mandate, from_=TODAY, until=date(2027, 1, 1))
    end_mandate(office, mandate, on=TOMORROW)
    with pytest.raises(NotHeld, match="was ended on 2026-11-03"):
        hold(office, person, mandate, from_=TOMORROW)
    with pytest.raises(NotOnFile, match="Nobody on file"):
        hold(office, "Somebody", mandate, from_=TODAY)
    with pytest.raises(NotOnFile, match="no mandate 99"):
        hold(office, person, 99, from_=TODAY)
    assert holds_of(office, person) == ()


def test_nobody_holds_a_mandate_twice_at_once_and_a_second_click_changes_nothing(office):
    person, mandate = the_secretariat(office)
    assert "holds this mandate so already" in hold(office, person, mandate, from_=FROM).says[0]
    with pytest.raises(NotHeld, match="from 2020-01-01 already"):
        hold(office, person, mandate, from_=TODAY)
    end_hold(office, person, mandate, on=TODAY)
    hold(office, person, mandate, from_=TOMORROW)
    assert [h.from_ for h in holds_of(office, person)] == [FROM, TOMORROW]


def test_a_second_lead_takes_the_lead_and_the_first_stays(office):
    first, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(office, "Second")
    [said] = hold(office, second, mandate, from_=TODAY, lead=True).says
    assert "First led this mandate until now; Second leads it" in said
    assert [holds_of(office, person)[0].lead for person in (first, second)] == [False, True]
    assert reader_for(office, first, treaty="att").is_secretariat


def test_who_holds_a_mandate_already_may_be_given_the_lead(office):
    first, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(office, "Second")
    hold(office, second, mandate, from_=TODAY)
    assert "Second leads this mandate now." in hold(office, second, mandate, from_=TODAY, lead=True).says
    assert [holds_of(office, person)[0].lead for person in (first, second)] == [False, True]


def test_somebody_appointed_closes_the_call_for_somebody_in_the_same_commit(office):
    swept(office)
    wanted = {(f.about, f.region) for f in opened(office, "nobody")}
    assert {("champion", "Africa"), ("coordinator", "Africa"), ("champion", "Asia"), ("secretariat", "")} <= wanted
    a_champion(office, "NAM", "Africa")
    assert {(f.about, f.region) for f in opened(office, "nobody")} == wanted - {("champion", "Africa")}
    [closed] = [f for f in follow_up_list(office) if f.closed_on]
    assert (closed.outcome, closed.closed_by) == ("overtaken: somebody was appointed", "operator")
    the_secretariat(office)
    assert ("secretariat", "") not in {(f.about, f.region) for f in opened(office, "nobody")}


def test_a_mandate_that_nobody_holds_yet_or_only_from_tomorrow_leaves_the_call_open(office):
    swept(office)
    mandate = a_mandate(office, "champion", "NAM", region="Africa", from_=TODAY)
    hold(office, a_person(office, "Champion"), mandate, from_=TOMORROW)
    assert ("champion", "Africa") in {(f.about, f.region) for f in opened(office, "nobody")}


def test_a_hold_given_or_ended_lets_the_sweep_look_at_the_states_in_its_scope(office):
    mandate, person = a_mandate(office, "champion", "NAM", states=("AGO",), from_=TODAY), a_person(office, "Champion")
    for change in (hold, end_hold):
        with office.registry() as connection:
            archive.look_again(connection, date(2027, 1, 1), treaty="att")
        change(office, person, mandate, **({"from_": TODAY} if change is hold else {"on": TODAY}))
        with office.reading() as connection:
            assert [r.state for r in archive.records(connection, "att") if r.next_due_on == TODAY] == ["AGO"]


def test_the_last_champion_does_not_leave_a_silent_state_without_anybody(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    silent = swept(office)
    count = sum(f.region == "Africa" for f in silent.values())
    assert count > 1
    with pytest.raises(NotHeld, match=rf"cannot lay this mandate down while {count} open follow-ups hang on it"):
        end_hold(office, person, mandate, on=TODAY)
    assert reader_for(office, person, treaty="att").roles == {Role.CHAMPION}


def test_who_takes_over_gets_the_follow_ups_the_mandate_and_the_letters(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    silent = {state for state, f in swept(office).items() if f.region == "Africa"}
    heir = a_person(office, "Heir")
    [said] = end_hold(office, person, mandate, on=TODAY, hand_over=heir).says
    assert said == f"Heir takes over {len(silent)} open follow-ups."
    assert owners(office) == dict.fromkeys(silent, heir)
    assert [(h.mandate, h.from_, h.until) for h in holds_of(office, heir)] == [(mandate, TODAY, None)]
    assert {(who, kind) for who, key, kind in unsent(office) if "silence" in key and key[4:7] in silent} == {
        (heir, "task")
    }
    assert len(audited(office, "handed over")) == len(silent)
    with pytest.raises(NotYours):
        reader_for(office, person, treaty="att")


def test_the_lead_is_passed_on_with_the_mandate(office):
    first, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second, third = a_person(office, "Second"), a_person(office, "Third")
    hold(office, second, mandate, from_=TODAY)
    hold(office, third, mandate, from_=TODAY)
    end_hold(office, first, mandate, on=TODAY, hand_over=third)
    assert [holds_of(office, person)[0].lead for person in (second, third)] == [False, True]
    assert len(holds_of(office, third)) == 1


def test_one_of_several_who_does_not_lead_leaves_without_more_ado(office):
    _, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(office, "Second")
    hold(office, second, mandate, from_=FROM)
    swept(office)
    assert end_hold(office, second, mandate, on=TODAY).says == ()


def test_the_lead_of_several_names_who_takes_over(office):
    first, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    hold(office, a_person(office, "Second"), mandate, from_=FROM)
    swept(office)
    with pytest.raises(NotHeld, match="name who takes over"):
        end_hold(office, first, mandate, on=TODAY)
    end_hold(office, first, mandate, on=TODAY, hand_over="Second")
    assert set(owners(office).values()) == {people_list(office)[1].person}


def test_who_owns_a_follow_up_leaves_only_when_somebody_takes_it(office):
    _, mandate = held(office, "First", "secretariat", "ATT Secretariat", lead=True)
    second = a_person(office, "Second")
    hold(office, second, mandate, from_=FROM)
    taken = swept(office)["AGO"]
    take(office, taken.id, second)
    with pytest.raises(NotHeld, match="while one open follow-up hangs on it"):
        end_hold(office, second, mandate, on=TODAY)
    with pytest.raises(NotAppointed, match="Second still owns 1 open follow-up"):
        end_mandate(office, mandate, on=TODAY)
    end_hold(office, second, mandate, on=TODAY, hand_over="First")
    assert owners(office) == {"AGO": people_list(office)[0].person}


def test_a_follow_up_that_another_mandate_of_the_owner_reaches_stays_the_owners(office):
    person, mandate = a_coordinator(office, "NAM", "Africa", name="Ambassador")
    other = a_mandate(office, "coordinator", "NAM", states=("AGO", "COM"))
    hold(office, person, other, from_=FROM)
    take(office, swept(office)["AGO"].id, person)
    end_hold(office, person, mandate, on=TODAY)
    assert owners(office) == {"AGO": person}


def test_the_heir_is_somebody_else_who_exists(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    swept(office)
    with pytest.raises(NotHeld, match="name another person"):
        end_hold(office, person, mandate, on=TODAY, hand_over=person)
    with pytest.raises(NotOnFile):
        end_hold(office, person, mandate, on=TODAY, hand_over="Nobody")
    assert [h.until for h in holds_of(office, person)] == [None]


def test_nothing_is_handed_to_somebody_whom_the_mandate_no_longer_reaches(office):
    """A mandate that is over gives its heir no right to what hung on it; the whole change is undone."""
    person, mandate = held(office, "Ambassador", "coordinator", "NAM", region="Africa", until=TODAY)
    take(office, swept(office)["AGO"].id, person)
    heir = a_person(office, "Heir")
    clock_of(office).stand_on(str(TOMORROW))
    with pytest.raises(OutOfReach, match="Heir holds no mandate today that reaches this follow-up"):
        end_hold(office, person, mandate, on=TODAY, hand_over=heir)
    assert holds_of(office, heir) == ()
    assert owners(office) == {"AGO": person}


def test_an_end_still_to_come_lets_the_heir_begin_today(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    swept(office)
    heir = a_person(office, "Heir")
    end_hold(office, person, mandate, on=date(2026, 12, 1), hand_over=heir)
    for both in (person, heir):
        assert reader_for(office, both, treaty="att").roles == {Role.CHAMPION}


def test_a_hold_ends_once_and_not_before_it_began(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    with pytest.raises(NotHeld, match="from 2021-06-01; it cannot end before"):
        end_hold(office, person, mandate, on=date(2021, 5, 1))
    end_hold(office, person, mandate, on=TODAY)
    with pytest.raises(NotOnFile, match="does not hold mandate"):
        end_hold(office, person, mandate, on=TODAY)


def test_only_the_secretariat_says_who_holds_what(office):
    person, mandate = a_champion(office, "NAM", "Africa")
    champion = Reader(actor=f"person:{person}", roles=frozenset({Role.CHAMPION}), scope=frozenset({"AGO"}))
    with pytest.raises(NotYours):
        hold(office, person, mandate, from_=TODAY, reader=champion)
    with pytest.raises(NotYours):
        end_hold(office, person, mandate, on=TODAY, reader=champion)
    officer, _ = the_secretariat(office)
    end_hold(office, person, mandate, on=TODAY, reader=reader_for(office, officer, treaty="att"))
    assert [h.until for h in holds_of(office, person)] == [TODAY]
