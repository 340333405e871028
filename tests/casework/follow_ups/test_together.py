"""Several follow-ups are answered alike, each by itself: what cannot be is named, and the others are done."""

from datetime import date, timedelta

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.follow_ups.actions import NotFollowedUp, close
from casework.follow_ups.inbox import follow_up_inbox
from casework.follow_ups.listing import follow_up_view
from casework.follow_ups.together import close_together, rest_together
from casework.follow_ups.whose import Part
from casework.operations.sweep import sweep
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, eyes, silent_states, the_secretariat
from tests.builders import file

TODAY = date(2026, 11, 2)
SAID = "done: spoke with each at the reception"


@pytest.fixture
def workspace(silent_record):
    return silent_record


@pytest.fixture
def champion(workspace):
    return eyes(workspace, a_champion(workspace)[0])


@pytest.fixture
def silent(workspace, champion):
    return silent_states(workspace)


def seen(workspace, id_):
    return follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)


def exchanges(workspace, state):
    facts = dossier_view(workspace, state, treaty="att", reader=OPERATOR).facts
    return [fact.reference for fact in facts if fact.kind == "exchange"]


def test_each_is_closed_with_the_same_words_and_files_its_own_exchange(workspace, champion, silent):
    ids = [silent["AGO"], silent["BDI"]]
    answered = close_together(workspace, [*ids, ids[0]], SAID, reader=champion, treaty="att")
    assert (answered.done, answered.left) == (tuple(ids), ())
    for state in ("AGO", "BDI"):
        closed = seen(workspace, silent[state])
        assert (closed.outcome, closed.closed_by) == (SAID, champion.actor)
        assert exchanges(workspace, state) == [f"follow-up {silent[state]}"]


def test_those_that_somebody_else_has_closed_or_that_are_anothers_are_named_and_the_others_are_done(
    workspace, champion, silent
):
    close(workspace, silent["BDI"], "done: I called", reader=OPERATOR, treaty="att")
    ids = [silent["KHM"], silent["BDI"], silent["AGO"], 99_999]
    answered = close_together(workspace, ids, SAID, reader=champion, treaty="att")
    assert answered.done == (silent["AGO"],)
    left = [(one.follow_up and one.follow_up.state, one.refusals[0].code) for one in answered.left]
    nothing = (None, "no_such_follow_up_listed")
    assert left == [nothing, ("BDI", "closed_already"), nothing], "what one may not know looks like what is not"
    assert exchanges(workspace, "BDI") == [f"follow-up {silent['BDI']}"]
    assert seen(workspace, silent["KHM"]).closed_on is None


def test_another_treatys_is_answered_like_one_that_is_not_there(workspace, silent):
    with workspace.registry() as connection:
        connection.exec_driver_sql(f"UPDATE follow_up SET treaty = 'other' WHERE id = {silent['AGO']}")
    for answer in (
        close_together(workspace, [silent["AGO"], 99_999], SAID, reader=OPERATOR, treaty="att"),
        rest_together(
            workspace, [silent["AGO"], 99_999], until=date(2026, 11, 9), reason="why", reader=OPERATOR, treaty="att"
        ),
    ):
        assert [(one.follow_up, one.refusals[0].code) for one in answer.left] == [
            (None, "no_such_follow_up_listed")
        ] * 2


def test_two_at_once_close_each_just_once(workspace, champion, silent):
    ids = [silent["AGO"], silent["BDI"]]
    first = close_together(workspace, ids, SAID, reader=champion, treaty="att")
    again = close_together(workspace, ids, "done: again", reader=OPERATOR, treaty="att")
    assert (first.done, again.done, len(again.left)) == (tuple(ids), (), 2)
    assert [seen(workspace, id_).outcome for id_ in ids] == [SAID, SAID]


def test_one_that_says_a_step_is_ready_is_left_to_its_step(workspace, silent):
    file(workspace, "COM", "contact_named", "2026-10-30", "note_verbale", ministry="Defence")
    with workspace.registry() as connection:
        dossiers.look_again(connection, TODAY, treaty="att")
    sweep(workspace, run="morning", treaty="att")
    with workspace.reading() as connection:
        [ready] = [row[0] for row in connection.exec_driver_sql("SELECT id FROM follow_up WHERE occasion = 'ready'")]
    answered = close_together(workspace, [ready, silent["AGO"]], SAID, reader=OPERATOR, treaty="att")
    assert answered.done == (silent["AGO"],)
    assert [(one.follow_up.state, one.refusals[0].code) for one in answered.left] == [
        ("COM", "ready_closes_by_its_step")
    ]


def test_the_inbox_offers_one_answer_for_what_is_the_readers_to_do_and_for_no_step_that_is_ready(workspace, silent):
    officer = eyes(workspace, the_secretariat(workspace)[0])
    file(workspace, "COM", "contact_named", "2026-10-30", "note_verbale", ministry="Defence")
    with workspace.registry() as connection:
        dossiers.look_again(connection, TODAY, treaty="att")
    sweep(workspace, run="morning", treaty="att")
    shown = follow_up_inbox(workspace, treaty="att", reader=officer)
    by_part = {part: {f.id for f in there} for part, there in shown.parts}
    ready = {f.id for _, f in shown.open if f.kind == "ready"}
    assert silent["AGO"] in by_part[Part.OTHERS], "the champion is asked"
    assert ready
    assert shown.answerable == (by_part.get(Part.MINE, set()) | by_part[Part.FOR_MY_ROLE]) - ready


@pytest.mark.parametrize("said", ["", "  ", "not needed"])
def test_what_is_wrong_with_the_answer_is_said_once_and_nothing_is_closed(workspace, champion, silent, said):
    with pytest.raises(NotFollowedUp) as wrong:
        close_together(workspace, silent.values(), said, reader=champion, treaty="att")
    assert len(wrong.value.refusals) == 1
    assert all(seen(workspace, id_).closed_on is None for id_ in silent.values())


def test_nothing_ticked_is_refused(workspace, champion):
    with pytest.raises(NotFollowedUp) as wrong:
        close_together(workspace, [], SAID, reader=champion, treaty="att")
    assert wrong.value.codes == ("tick_some",)


def test_more_than_a_list_can_show_are_refused(workspace, champion):
    with pytest.raises(NotFollowedUp) as wrong:
        close_together(workspace, range(1, 203), SAID, reader=champion, treaty="att")
    assert wrong.value.codes == ("ticked_too_many",)


def test_they_rest_until_one_day_for_one_reason(workspace, champion, silent):
    ids, until = [silent["AGO"], silent["BDI"]], TODAY + timedelta(days=7)
    answered = rest_together(
        workspace, [*ids, silent["KHM"]], until=until, reason="a holiday", reader=champion, treaty="att"
    )
    assert (answered.done, len(answered.left)) == (tuple(ids), 1)
    assert {(f.snoozed_until, f.snooze_reason) for f in (seen(workspace, id_) for id_ in ids)} == {(until, "a holiday")}
    with pytest.raises(NotFollowedUp) as wrong:
        rest_together(workspace, ids, until=until, reason=" ", reader=champion, treaty="att")
    assert wrong.value.codes == ("say_why_it_rests",)
