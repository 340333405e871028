"""A yearly enquiry: 79 States are asked, 30 answer, 20 more once reminded, 29 never; each letter on its day."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.dossiers.deciding import accept
from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.answering import send
from casework.enquiries.asking import records_to_ask
from casework.enquiries.form import Given
from casework.enquiries.overview import enquiry_page
from casework.enquiries.rounds import carry_on_all, open_enquiry
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, held, mailbox_of, the_secretariat
from tests.builders import clock_of
from tests.casework.enquiries.asked import stands, tasks, written
from tests.casework.letters.at_the_post import a_workspace_with_mail

FIRST, SECOND, THIRD, PASSED_ON = "2026-07-24", "2026-08-14", "2026-09-04", "2026-09-25"
AT_ONCE, ONCE_REMINDED = 30, 20
OBSTACLES = ("few_resources", "domestic_politics", "security_concerns")


@pytest.fixture
def workspace(tmp_path, record_as, mail_server):
    opened = a_workspace_with_mail(tmp_path, record_as(), mail_server)
    yield opened
    opened.close()


@pytest.fixture
def states(workspace):
    """Give the States that are not party, each with a contact; Africa has a champion."""
    the_secretariat(workspace)
    a_champion(workspace)
    with workspace.reading() as connection:
        found = records_to_ask(connection, "att")
    for state in found:
        held(workspace, contact(state), "contact", state)
    return {state: record.region for state, record in sorted(found.items())}


def contact(state):
    return f"Contact of {state}"


def until(workspace, day):
    """Let the days pass; on each the round is carried on and the letters leave."""
    while str(workspace.today()) < day:
        clock_of(workspace).hour += timedelta(days=1)
        carry_on_all(workspace)
        post(workspace, run="post")


def answer(workspace, mail_server, state, number):
    """Follow the link of the last letter that came, and answer."""
    received = mail_server.to(mailbox_of(contact(state)))[-1]
    token = received.text.split("/r/")[1].split()[0]
    given = Given(stands="considered", words="As before.", obstacles=(OBSTACLES[number % len(OBSTACLES)],))
    assert not send(workspace, token, given, caller=f"caller {number}").repeated


def test_79_states_are_asked_and_nobody_who_has_answered_is_reminded(workspace, states, mail_server):
    assert len(states) == 79
    at_once, once_reminded = [*states][:AT_ONCE], [*states][AT_ONCE : AT_ONCE + ONCE_REMINDED]
    silent = [*states][AT_ONCE + ONCE_REMINDED :]
    last_day = workspace.today() + timedelta(days=150)
    assert open_enquiry(workspace, until=last_day, treaty="att", reader=OPERATOR).sent == 79
    post(workspace, run="post")
    for number, state in enumerate(at_once):
        answer(workspace, mail_server, state, number)
    until(workspace, SECOND)
    for number, state in enumerate(once_reminded, start=AT_ONCE):
        answer(workspace, mail_server, state, number)
    until(workspace, "2026-10-30")

    asked, again = "enquiry", "enquiry_again"
    expected = [(state, asked, 1, FIRST) for state in states]
    expected += [(state, again, 2, SECOND) for state in (*once_reminded, *silent)]
    expected += [(state, again, 3, THIRD) for state in silent]
    assert written(workspace, asked, again) == sorted(expected, key=lambda one: (one[0], one[2]))
    assert recipients(workspace) == Counter({mailbox_of(contact(state)): n for n, state in counted(states, expected)})
    for count, whose in ((1, at_once), (2, once_reminded), (3, silent)):
        assert {len(mail_server.to(mailbox_of(contact(state)))) for state in whose} == {count}

    assert {state for state, *_ in tasks(workspace, "enquiry_silent")} == set(silent)
    assert {day for *_, day in written(workspace, "enquiry_silent")} <= {PASSED_ON, "2026-09-26"}
    for state, region, _, role in tasks(workspace, "enquiry_silent"):
        assert role == ("champion" if region == "Africa" else "secretariat"), state

    found = stands(workspace)
    assert (found.sent, found.answered, found.silent, found.never_answered, found.nobody) == (79, 50, 29, 29, 0)


def test_the_table_and_the_chart_agree(workspace, states, mail_server):
    open_enquiry(workspace, until=workspace.today() + timedelta(days=150), treaty="att", reader=OPERATOR)
    post(workspace, run="post")
    for number, state in enumerate([*states][:AT_ONCE]):
        answer(workspace, mail_server, state, number)
    for one in proposal_list(workspace, treaty="att", reader=OPERATOR):
        accept(workspace, one.id, treaty="att", reader=OPERATOR)
    page = enquiry_page(workspace, treaty="att", reader=OPERATOR)
    assert page.shown == page.years[0]
    assert sum(one.asked for one in page.regions) == 79
    assert sum(one.answered for one in page.regions) == page.shown.answered == page.accepted == AT_ONCE
    assert len(page.silent) == page.shown.silent == 79 - AT_ONCE
    assert dict(page.obstacles) == dict.fromkeys(OBSTACLES, AT_ONCE // len(OBSTACLES))


def counted(states, expected):
    letters = Counter(state for state, *_ in expected)
    return [(letters[state], state) for state in states]


def recipients(workspace):
    """Count the letters of the enquiry by the address that each went to."""
    query = text(
        "SELECT c.address FROM notice n JOIN attempt a ON a.letter_id = n.letter_id AND a.outcome = 'sent'"
        " JOIN channel c ON c.id = a.channel_id WHERE n.occasion IN ('enquiry', 'enquiry_again')"
    )
    with workspace.reading() as connection:
        return Counter(connection.execute(query).scalars())
