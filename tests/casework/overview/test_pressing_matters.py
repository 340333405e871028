"""What needs somebody: what stands under a State's matters for a reader, who is asked, and what comes first."""

import pytest

from casework.overview.pressing_matters import late_first
from pathways.grammar.dates import DayRange
from pathways.grammar.roles import Role
from pathways.grammar.stages import LegalStatus
from tests.casework.overview.case_material import (
    CHAMPION,
    COORDINATOR,
    EVERYBODY,
    NAME,
    RUNGS,
    STATE,
    TODAY,
    a_follow_up,
    a_holder,
    an_item,
    in_days,
    key_of,
    matters,
    the_state,
    work_of,
)  # fmt: skip

# Who is asked.


@pytest.mark.parametrize(
    ("rungs", "there", "asked"),
    [
        (RUNGS, ("champion", "coordinator", "secretariat"), "champion"),
        (RUNGS, ("coordinator", "secretariat"), "coordinator"),
        (RUNGS, ("secretariat",), "secretariat"),
        (RUNGS, (), "secretariat"),  # with nobody on any rung it is still somebody's
        ((Role.COORDINATOR, Role.SECRETARIAT), ("champion", "coordinator", "secretariat"), "coordinator"),
        ((Role.SECRETARIAT,), ("champion", "coordinator", "secretariat"), "secretariat"),
        ((), ("champion", "coordinator"), "secretariat"),
        ((Role.PRESIDENT, Role.COORDINATOR), ("president", "coordinator"), "coordinator"),  # takes no follow-ups
    ],
)
def test_what_the_facts_bring_up_waits_for_the_first_rung_that_has_anybody(rungs, there, asked):
    holders = [one for one in (*EVERYBODY, a_holder(6, "president", "Bureau")) if one.held.role in there]
    (matter,) = matters("secretariat", the_state(an_item(rungs=rungs)), holders=holders)
    assert (matter.asked, matter.owner, matter.follow_up, matter.link) == (asked, None, None, "/states/KHM")


@pytest.mark.parametrize(
    ("champion", "asked"),
    [
        (a_holder(CHAMPION, "champion", "JPN", region="Asia"), "champion"),
        (a_holder(CHAMPION, "champion", "SEN", region="Africa"), "secretariat"),
        (a_holder(CHAMPION, "champion", STATE, region="Asia"), "secretariat"),  # no State accompanies itself
    ],
)
def test_a_champion_is_asked_about_the_other_states_of_the_region(champion, asked):
    (matter,) = matters("secretariat", the_state(an_item()), holders=[champion])
    assert matter.asked == asked


@pytest.mark.parametrize(
    ("reader", "rungs", "is_others"),
    [
        ("champion", RUNGS, False),
        ("coordinator", RUNGS, True),
        ("secretariat", RUNGS, True),
        ("coordinator", (Role.COORDINATOR,), False),
        ("champion", (Role.COORDINATOR,), True),
        ("secretariat", (Role.SECRETARIAT,), False),
        ("secretariat", (), False),
        ("contact", RUNGS, False),  # of the own State
    ],
)
def test_what_the_facts_bring_up_is_others_unless_the_readers_role_or_own_state_is_asked(reader, rungs, is_others):
    (matter,) = matters(reader, the_state(an_item(rungs=rungs)))
    assert matter.is_others is is_others


@pytest.mark.parametrize(
    ("reader", "occasion", "informs"),
    [
        ("coordinator", "silence", True),  # E3.7
        ("coordinator", "date_passed", True),
        ("coordinator", "date_near", True),
        ("coordinator", "ready", False),  # a step is no outreach
        ("coordinator", "review", False),
        ("champion", "silence", False),
        ("secretariat", "silence", False),
        ("contact", "silence", False),
    ],
)
def test_who_is_not_to_reach_out_is_informed_of_what_asks_for_a_word_to_the_state(reader, occasion, informs):
    role = Role(reader) if reader != "contact" else Role.CHAMPION
    (new,) = matters(reader, the_state(an_item(occasion, rungs=(role,))))
    assert (new.is_for_information, new.is_others) == (informs, False)
    if reader == "contact":
        return
    (told,) = matters(reader, the_state(), a_follow_up(occasion, rungs=role, rung=1))
    assert (told.is_for_information, told.is_others) == (informs, False)
    (taken,) = matters("coordinator", the_state(), a_follow_up(occasion, owner=COORDINATOR, rungs=role, rung=1))
    assert not taken.is_for_information


@pytest.mark.parametrize(
    ("reader", "owner", "rung", "asked", "is_others"),
    [
        ("champion", None, 0, "champion", False),  # before anybody was asked: the role that it belongs to
        ("champion", None, 1, "champion", False),
        ("champion", None, 2, "coordinator", True),  # the champion was silent
        ("coordinator", None, 1, "champion", True),
        ("coordinator", None, 2, "coordinator", False),
        ("secretariat", None, 2, "coordinator", True),
        ("secretariat", None, 3, "secretariat", False),
        ("champion", CHAMPION, 2, "coordinator", False),  # who took it has it, whoever is asked
        ("coordinator", CHAMPION, 2, "coordinator", True),
        ("secretariat", CHAMPION, 3, "secretariat", True),
        ("champion", COORDINATOR, 1, "champion", True),
    ],
)
def test_what_is_open_is_its_owners_or_waits_for_the_role_asked_last(reader, owner, rung, asked, is_others):
    name = "Somebody" if owner else None
    (matter,) = matters(reader, the_state(), a_follow_up(owner=owner, name=name, rung=rung))
    assert (matter.asked, matter.owner, matter.is_others) == (asked, name, is_others)
    assert (matter.follow_up, matter.link) == (7, "/follow-ups/7")


# What stands there.

SILENCE = key_of("silence", "interest")
SILENT, READY = "silence/interest", "ready/start_drafting"


@pytest.mark.parametrize(
    ("items", "in_hand", "closed", "found"),
    [
        ([], [], [], []),
        ([an_item()], [], [], [(SILENT, None)]),
        ([], [a_follow_up()], [], [(SILENT, 7)]),
        ([an_item()], [a_follow_up()], [], [(SILENT, 7)]),  # said once
        ([an_item("ready", "start_drafting")], [a_follow_up()], [], [(SILENT, 7), (READY, None)]),
        ([an_item(about="assistance")], [a_follow_up()], [], [(SILENT, 7), ("silence/assistance", None)]),
        ([an_item()], [], [f"att/KHM:{SILENCE}"], []),
        ([an_item()], [], [f"ccm/KHM:{SILENCE}", f"att/MWI:{SILENCE}"], [(SILENT, None)]),
        ([an_item()], [a_follow_up(snoozed_until=in_days(1))], [], []),  # put off, and not brought up behind its back
        ([an_item()], [a_follow_up(snoozed_until=TODAY)], [], [(SILENT, 7)]),
        ([], [a_follow_up(snoozed_until=in_days(-1))], [], [(SILENT, 7)]),
        ([], [a_follow_up(state="MWI")], [], []),
        ([], [a_follow_up(state=None)], [], []),
    ],
)
def test_a_state_needs_what_is_open_and_does_not_rest_and_what_its_facts_bring_up_besides(
    items, in_hand, closed, found
):
    there = matters("secretariat", the_state(*items), *in_hand, closed=closed)
    assert [(f"{matter.occasion}/{matter.about}", matter.follow_up) for matter in there] == found


@pytest.mark.parametrize(
    ("reader", "said", "knows"),
    [
        ("secretariat", {"rungs": "secretariat"}, True),
        ("champion", {"rungs": "secretariat"}, False),
        ("champion", {"rungs": "secretariat", "is_public": True}, True),
        ("champion", {"rungs": "secretariat", "owner": CHAMPION}, True),
        ("champion", {"rungs": "secretariat,champion"}, True),
        ("coordinator", {"rungs": "champion"}, False),
        ("coordinator", {"is_public": True, "state": "MWI"}, False),  # out of scope
        ("contact", {"is_public": True}, False),  # a State handles no follow-up about itself
        ("nobody", {"is_public": True}, False),
    ],
)
def test_a_follow_up_that_the_reader_may_not_know_of_is_no_need(reader, said, knows):
    rung = {"rung": 0, "role": "secretariat"}
    work = work_of(reader, the_state(), a_follow_up(**{**rung, **said}))
    assert [one.follow_up.id for one in work.known] == [7] * knows
    assert len(work.matters(the_state(), NAME)) == knows


def test_what_a_readers_own_facts_bring_up_may_be_known_whoever_is_asked():
    item = an_item(rungs=(Role.SECRETARIAT,))
    (matter,) = matters("champion", the_state(item), a_follow_up(rungs="secretariat", rung=1, role="secretariat"))
    assert (matter.follow_up, matter.is_others) == (7, True)


# In which order.


@pytest.mark.parametrize(
    ("days", "is_late", "is_soon"),
    [(-30, True, False), (-1, True, False), (0, False, True), (14, False, True), (15, False, False)],
)
def test_a_day_is_late_from_the_next_on_and_near_for_two_weeks(days, is_late, is_soon):
    for matter in matters("secretariat", the_state(an_item("ready", days=days)), a_follow_up(days=days)):
        assert (matter.days, matter.is_late, matter.is_soon) == (days, is_late, is_soon)


def test_of_one_state_the_latest_comes_first_and_on_one_day_what_is_open_before_what_is_new():
    snapshot = the_state(
        an_item("review", "declined", days=3),
        an_item("ready", "start_drafting", days=-2),
        an_item("date_near", "sign", days=0),
        entry_into_force=DayRange(TODAY, TODAY),
    )
    there = matters("secretariat", snapshot, a_follow_up(days=5), a_follow_up("contradiction", "deposit", days=0))
    assert [(matter.occasion, matter.days) for matter in there] == [
        ("ready", -2),
        ("contradiction", 0),
        ("date_near", 0),
        ("entry_into_force", 0),
        ("review", 3),
        ("silence", 5),
    ]


def test_of_many_states_the_latest_comes_first_and_on_one_day_they_stand_by_name():
    work = work_of("secretariat", the_state())
    rows = [("Malawi", 0), ("Brazil", 0), ("Zambia", -1), (None, 0), ("Angola", 1)]
    there = late_first(work.matter_of(a_follow_up(days=days), name) for name, days in rows)
    assert [matter.name for matter in there] == ["Zambia", None, "Brazil", "Malawi", "Angola"]


# Who has a State in hand.

DATES = {"entry_into_force": DayRange(TODAY, TODAY)}
OWNED = {"owner": COORDINATOR, "name": "Somebody"}


@pytest.mark.parametrize(
    ("snapshot", "in_hand", "owner"),
    [
        (the_state(), [], None),  # where nothing wants anybody
        (the_state(**DATES), [], None),  # a date wants nobody
        (the_state(an_item()), [], "The champion"),
        (the_state(an_item(), **DATES), [], "The champion"),
        (the_state(an_item(rungs=(Role.SECRETARIAT,))), [], "The secretariat"),
        (the_state(), [a_follow_up(rung=2)], None),  # a coordinator is only told of a silence
        (the_state(), [a_follow_up(rung=3)], "The secretariat"),
        (the_state(), [a_follow_up(**OWNED)], "Somebody"),
        (the_state(an_item("ready", days=-1)), [a_follow_up(**OWNED)], "The champion"),  # the more pressing decides
        (the_state(an_item("ready", days=1)), [a_follow_up(**OWNED)], "Somebody"),
        (the_state(an_item(), knows_stage=False), [], None),
        (the_state(an_item(), legal_status=LegalStatus.STATE_PARTY), [], None),
        (the_state(an_item(), legal_status=LegalStatus.WITHDRAWAL_NOTIFIED), [], None),
        (the_state(an_item(), legal_status=LegalStatus.WITHDRAWN), [], "The champion"),
        (the_state(an_item(), legal_status=LegalStatus.DEPOSITED), [], "The champion"),
    ],
)
def test_a_state_is_in_the_hand_of_who_has_the_most_pressing_thing_or_leads_the_role_that_is_asked(
    snapshot, in_hand, owner
):
    work = work_of("secretariat", snapshot, *in_hand)
    assert work.owner(snapshot, work.matters(snapshot, NAME)) == owner


@pytest.mark.parametrize(
    ("holders", "owner"),
    [
        ((), None),
        ((a_holder(8, "champion", "ZAF", region="Africa"),), None),
        (
            (
                a_holder(8, "champion", "KOR", region="Asia", name="First", lead=False),
                a_holder(9, "champion", "KOR", region="Asia", name="Leads"),
            ),
            "Leads",
        ),
    ],
)
def test_of_those_who_hold_the_role_that_is_asked_the_one_who_leads_has_the_state_in_hand(holders, owner):
    work = work_of("secretariat", the_state(), a_follow_up(), holders=holders)
    assert work.owner(the_state(), work.matters(the_state(), NAME)) == owner
