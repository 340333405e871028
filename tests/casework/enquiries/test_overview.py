"""The page of the enquiry: in numbers, of the States that its reader accompanies; and nothing that gives one away."""

from dataclasses import replace

import pytest

from casework.core.rights import NotOnFile
from casework.dossiers.deciding import accept
from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.answering import send
from casework.enquiries.form import Given
from casework.enquiries.overview import enquiry_page
from pathways.grammar.clearance import ANYONE, OPERATOR, Reader, Sensitivity
from pathways.grammar.roles import Role
from tests.builders import clock_of
from tests.casework.enquiries.asked import a_contact, opened
from tests.casework.enquiries.test_answering import CALLER, link, minute_later

PRESIDENT = Reader.of("person:98", {Role.PRESIDENT: ()})
CHAMPION = Reader.of("person:99", {Role.CHAMPION: {"AGO", "KEN"}})
STATES = ("AGO", "KEN", "UGA", "KHM")
ANSWER = Given(stands="drafted", obstacles=("few_resources",))


@pytest.fixture
def workspace(record):
    for state in STATES:
        a_contact(record, state)
    opened(record)
    return record


def page(workspace, reader=OPERATOR):
    return enquiry_page(workspace, treaty="att", reader=reader)


def answer(workspace, state, given=ANSWER):
    minute_later(workspace)
    send(workspace, link(workspace, state), given, caller=CALLER)
    for one in proposal_list(workspace, treaty="att", reader=OPERATOR):
        if one.is_waiting:
            accept(workspace, one.id, treaty="att", reader=OPERATOR)


def test_it_counts_by_region_and_lists_who_is_silent_and_whom_nobody_reaches(workspace):
    answer(workspace, "AGO")
    shown = page(workspace)
    assert (shown.shown.sent, shown.shown.answered, shown.shown.silent, len(shown.nobody)) == (4, 1, 3, 75)
    regions = {one.region: (one.answered, one.asked) for one in shown.regions}
    assert (regions["Africa"], regions["Asia"], sum(asked for _, asked in regions.values())) == ((1, 23), (0, 37), 79)
    assert [one.state for one in shown.silent] == ["KEN", "KHM", "UGA"]
    assert shown.obstacles == (("few_resources", 1),)


def test_a_champion_sees_the_own_scope_and_who_accompanies_nobody_sees_no_page(workspace):
    shown = page(workspace, CHAMPION)
    assert (shown.shown.sent, [one.state for one in shown.silent], shown.nobody) == (2, ["AGO", "KEN"], ())
    assert not shown.may_run
    for reader in (ANYONE, Reader.of("person:97", {Role.CONTACT: {"AGO"}})):
        with pytest.raises(NotOnFile):
            page(workspace, reader)


def test_what_waits_to_be_accepted_is_counted_nowhere(workspace):
    send(workspace, link(workspace), ANSWER, caller=CALLER)
    shown = page(workspace)
    assert (shown.obstacles, shown.accepted, shown.waiting) == ((), 0, 1)
    assert page(workspace, PRESIDENT).waiting == 0


def test_fewer_than_three_that_may_not_be_read_singly_look_like_none(workspace):
    before = page(workspace, PRESIDENT)
    answer(workspace, "AGO")
    answer(workspace, "KEN")
    assert page(workspace).obstacles == (("few_resources", 2),)
    shown = page(workspace, PRESIDENT)
    assert (shown.obstacles, shown.accepted) == (before.obstacles, before.accepted) == ((), 0)
    answer(workspace, "UGA")
    assert page(workspace, PRESIDENT).obstacles == (("few_resources", 3),)
    assert page(workspace, CHAMPION).obstacles == ()


def test_what_may_be_read_is_counted_whatever_else_is_hidden(workspace):
    answer(workspace, "AGO", replace(ANSWER, sensitivity=Sensitivity.COORDINATION))
    answer(workspace, "KEN")
    assert page(workspace, PRESIDENT).obstacles == (("few_resources", 1),)
    assert page(workspace, CHAMPION).accepted == 1


def test_the_table_by_year_and_region_adds_up_and_agrees_with_the_chart(workspace):
    answer(workspace, "AGO")
    clock_of(workspace).stand_on("2027-07-24")
    opened(workspace)
    answer(workspace, "KHM")
    for reader in (OPERATOR, CHAMPION):
        shown = page(workspace, reader)
        for year in shown.years:
            whole, *regions = [one for one in shown.table if one.opened_on == year.opened_on]
            assert (whole.region, whole.sent, whole.answered, whole.silent, whole.never_answered) == (
                "", year.sent, year.answered, year.silent, year.never_answered,
            )  # fmt: skip
            for column in ("asked", "sent", "answered", "silent", "never_answered"):
                assert sum(getattr(one, column) for one in regions) == getattr(whole, column), column
        newest = [one for one in shown.table if one.opened_on == shown.shown.opened_on and one.region]
        assert [(one.region, one.asked, one.answered) for one in newest] == [
            (one.region, one.asked, one.answered) for one in shown.regions
        ]
    assert {one.region for one in page(workspace, CHAMPION).table} == {"", "Africa"}


def test_before_the_first_round_there_is_nothing_to_show(record):
    shown = page(record)
    assert (shown.shown, shown.years, shown.may_run) == (None, (), True)


def test_every_round_has_its_line(workspace):
    answer(workspace, "AGO")
    clock_of(workspace).stand_on("2027-07-24")
    opened(workspace)
    newest, oldest = page(workspace).years
    assert (oldest.answered, oldest.never_answered, newest.answered, newest.never_answered) == (1, 3, 0, 3)
    assert page(workspace).silent[-1].answered_before is not None
