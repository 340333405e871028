"""A close is taken back until the end of the day after it, with all that it had put on file."""

from datetime import date, timedelta

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import NotFollowedUp, close, snooze
from casework.follow_ups.inbox import Show, follow_up_inbox
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.own import Intention, open_own
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reopening import NotReopened, reopen
from casework.follow_ups.whose import Part
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.follow_ups import follow_up as rows
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from tests.appointments import SILENT_ON, a_champion, a_coordinator, eyes, silent_states, told
from tests.builders import a_workspace, clock_of, file

TODAY = SILENT_ON
NEXT_DAY, TOO_LATE = "2026-11-03", "2026-11-04"


@pytest.fixture
def workspace(silent_record):
    return silent_record


@pytest.fixture
def champion(workspace):
    return a_champion(workspace)[0]


@pytest.fixture
def angola(workspace, champion):
    return silent_states(workspace)["AGO"]


def stands(workspace, follow_up):
    """Return what a close must leave as it was."""
    with workspace.reading() as connection:
        found = rows.one(connection, follow_up)
    assert found is not None
    return found


def facts(workspace, kind):
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", "AGO")
        return [fact for fact in dossiers.facts_of(connection, [record])[record.id] if fact.kind == kind]


def corrections(workspace):
    return facts(workspace, "correction")


def counting(workspace):
    """Return the exchanges with Angola that nothing has annulled."""
    annulled = {id_ for fact in corrections(workspace) for id_ in fact.annuls}
    return [fact for fact in facts(workspace, "exchange") if fact.id not in annulled]


def silent(workspace, on):
    clock_of(workspace).stand_on(on)
    return "AGO" in silent_states(workspace)


def reopened(workspace, follow_up, reader=OPERATOR):
    return reopen(workspace, follow_up, reader=reader, treaty=None)


def test_it_is_open_again_with_its_rung_and_its_day(workspace, champion, angola):
    snooze(workspace, angola, until=date(2026, 11, 9), reason="no answer", reader=OPERATOR, treaty=None)
    before = stands(workspace, angola)
    close(workspace, angola, "not needed: they wrote", reader=eyes(workspace, champion), treaty=None)
    reopened(workspace, angola, eyes(workspace, champion))
    assert stands(workspace, angola) == before


def test_the_exchange_that_the_close_filed_is_annulled_and_the_silence_counts_again(workspace, angola):
    close(workspace, angola, "done: spoke with the mission", reader=OPERATOR, treaty=None)
    assert not silent(workspace, NEXT_DAY)
    reopened(workspace, angola)
    listed = follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
    assert [f.id for f in listed if f.state == "AGO" and f.kind == "silence"] == [angola]
    assert silent_states(workspace)["AGO"] == angola  # the next sweep finds it standing, and opens no other
    assert verify(workspace).is_sound


def test_the_reminder_that_the_close_withdrew_is_written_anew(workspace, champion, angola):
    assert told(workspace, angola) == [(champion, "chase")]
    close(workspace, angola, "not needed: they wrote", reader=OPERATOR, treaty=None)
    assert told(workspace, angola) == []
    reopened(workspace, angola)
    clock_of(workspace).stand_on(NEXT_DAY)
    sweep(workspace, run="next", treaty="att")
    assert told(workspace, angola) == [(champion, "chase")]


def test_it_stands_at_once_with_whoever_had_it_before_the_next_sweep(workspace, champion):
    second, _ = a_champion(workspace, "ZAF")
    angola = silent_states(workspace)["AGO"]

    def to_do():
        """Return how it stands for either champion, and the role that it asks."""
        readers = [eyes(workspace, person) for person in (champion, second)]
        inboxes = [follow_up_inbox(workspace, treaty="att", reader=one, show=Show.MINE).open for one in readers]
        return [[(part, view.role, view.snoozed_until) for part, view in one if view.id == angola] for one in inboxes]

    before = to_do()
    assert before == [[(Part.FOR_MY_ROLE, "champion", None)]] * 2
    close(workspace, angola, "done: spoke with the mission", reader=eyes(workspace, champion), treaty=None)
    reopened(workspace, angola, eyes(workspace, champion))
    assert to_do() == before
    clock_of(workspace).stand_on(NEXT_DAY)
    sweep(workspace, run="next", treaty="att")
    assert to_do() == before
    assert told(workspace, angola) == [(champion, "chase")]


def test_who_is_asked_next_is_said_at_once_as_it_was_and_as_the_next_sweep_has_it(workspace, champion):
    a_coordinator(workspace)
    angola = silent_states(workspace)["AGO"]

    def asked_next():
        view = follow_up_view(workspace, angola, treaty="att", reader=OPERATOR)
        return view.role, view.next_role, view.next_on

    before = asked_next()
    assert before == ("champion", "coordinator", date(2026, 11, 16))
    close(workspace, angola, "not needed: they wrote", reader=eyes(workspace, champion), treaty=None)
    reopened(workspace, angola, eyes(workspace, champion))
    assert asked_next() == before
    clock_of(workspace).stand_on(NEXT_DAY)
    overnight = asked_next()
    sweep(workspace, run="next", treaty="att")
    assert asked_next() == overnight == ("champion", "coordinator", date(2026, 11, 17))


def test_a_reminder_that_had_left_is_not_written_twice(silent_record_with_mail):
    workspace = silent_record_with_mail
    champion, _ = a_champion(workspace)
    angola = silent_states(workspace)["AGO"]
    post(workspace, run="morning")
    before = stands(workspace, angola)
    close(workspace, angola, "not needed: they wrote", reader=OPERATOR, treaty=None)
    reopened(workspace, angola)
    assert stands(workspace, angola) == before
    clock_of(workspace).stand_on(NEXT_DAY)
    sweep(workspace, run="next", treaty="att")
    assert told(workspace, angola) == [(champion, "chase")]


def test_it_is_not_late_on_the_day_it_comes_back(workspace, champion, angola):
    due_on = stands(workspace, angola).due_on
    clock_of(workspace).stand_on(str(due_on))
    close(workspace, angola, "not needed: they wrote", reader=eyes(workspace, champion), treaty=None)
    clock_of(workspace).stand_on(str(due_on + timedelta(days=1)))
    reopened(workspace, angola, eyes(workspace, champion))
    view = follow_up_view(workspace, angola, treaty="att", reader=OPERATOR)
    assert (view.due_on, view.is_late) == (due_on + timedelta(days=1), False)


def test_what_a_person_opened_keeps_its_day_when_it_comes_back(workspace, champion):
    meant = Intention(words="Call the mission", on=TODAY, state="AGO")
    own = open_own(workspace, meant, reader=eyes(workspace, champion), treaty="att").follow_up.id
    close(workspace, own, "done", reader=eyes(workspace, champion), treaty=None)
    clock_of(workspace).stand_on(NEXT_DAY)
    reopened(workspace, own, eyes(workspace, champion))
    view = follow_up_view(workspace, own, treaty="att", reader=OPERATOR)
    assert (view.due_on, view.is_late) == (TODAY, True)


def test_what_was_said_of_it_stays_as_a_comment_and_the_audit_says_who_took_it_back(workspace, champion, angola):
    close(workspace, angola, "done: spoke with the mission", reader=eyes(workspace, champion), treaty=None)
    reopened(workspace, angola)
    shown = follow_up_page(workspace, angola, treaty="att", reader=OPERATOR)
    assert [(c.author_name, c.words) for c in shown.comments] == [("Champion of NAM", "done: spoke with the mission")]
    with workspace.reading() as connection:
        noted = connection.exec_driver_sql(
            f"SELECT actor, what, detail FROM audit WHERE row = 'follow_up:{angola}'"
        ).all()
    [(actor, _, detail)] = [row for row in noted if row[1] == "reopened"]
    assert actor == "operator"
    assert "spoke" not in str(detail)
    assert "done" in str(detail)


@pytest.mark.parametrize("day", [str(TODAY), NEXT_DAY])
def test_until_the_end_of_the_day_after_the_close(workspace, angola, day):
    close(workspace, angola, "done", reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on(day)
    assert str(follow_up_page(workspace, angola, treaty="att", reader=OPERATOR).reopens_until) == NEXT_DAY
    assert reopened(workspace, angola).closed_on is None


def test_and_no_longer(workspace, angola):
    close(workspace, angola, "done", reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on(TOO_LATE)
    assert follow_up_page(workspace, angola, treaty="att", reader=OPERATOR).reopens_until is None
    with pytest.raises(NotReopened, match="closed_too_long_ago"):
        reopened(workspace, angola)


def test_by_whoever_closed_it_or_the_secretariat_and_nobody_else(workspace, champion):
    second, _ = a_champion(workspace, "ZAF")
    angola = silent_states(workspace)["AGO"]
    close(workspace, angola, "done", reader=eyes(workspace, champion), treaty=None)
    with pytest.raises(NotYours, match="closed_by_another"):
        reopened(workspace, angola, eyes(workspace, second))
    asian, _ = a_champion(workspace, "JPN", "Asia")
    with pytest.raises(NotOnFile):
        reopened(workspace, angola, eyes(workspace, asian))
    assert reopened(workspace, angola, eyes(workspace, champion)).closed_on is None


def test_what_is_open_is_not_opened(workspace, angola):
    with pytest.raises(NotReopened, match="open_again_already"):
        reopened(workspace, angola)


def test_what_a_fact_has_overtaken_since_stays_closed(workspace, angola):
    close(workspace, angola, "done", reader=OPERATOR, treaty=None)
    file(workspace, "AGO", "exchange", str(TODAY), "note_verbale")
    with pytest.raises(NotReopened, match="overtaken_since_closed"):
        reopened(workspace, angola)
    assert follow_up_view(workspace, angola, treaty="att", reader=OPERATOR).closed_on == TODAY
    assert len(counting(workspace)) == 2


def test_what_a_fact_closed_stays_closed(workspace, angola):
    file(workspace, "AGO", "exchange", str(TODAY), "note_verbale")
    with pytest.raises(NotReopened, match="closed_by_what_happened"):
        reopened(workspace, angola)


def test_what_the_secretariat_closed_of_no_state_is_opened_again(workspace, angola):
    vacant = next(f.id for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "nobody")
    before = stands(workspace, vacant)
    close(workspace, vacant, "not needed: the region asks for none", reader=OPERATOR, treaty=None)
    reopened(workspace, vacant)
    assert stands(workspace, vacant) == before


def test_of_two_who_take_it_back_at_once_the_second_is_told(workspace, angola, tmp_path, record_url, monkeypatch):
    close(workspace, angola, "done", reader=OPERATOR, treaty=None)
    colleague, verb = a_workspace(tmp_path, record_url, opened=False), workspace.open_dossier
    clock_of(colleague).stand_on(str(TODAY))

    def a_moment_later(*where, **how):
        reopened(colleague, angola)
        return verb(*where, **how)

    monkeypatch.setattr(workspace, "open_dossier", a_moment_later)
    with pytest.raises(NotReopened, match="open_again_already"):
        reopened(workspace, angola)
    colleague.close()
    assert len(corrections(workspace)) == 1


def test_it_can_be_closed_and_taken_back_once_more(workspace, angola):
    for _ in range(2):
        close(workspace, angola, "done", reader=OPERATOR, treaty=None)
        reopened(workspace, angola)
    with pytest.raises(NotFollowedUp):
        reopened(workspace, angola)
    assert counting(workspace) == []
    assert len(corrections(workspace)) == 2


def test_the_words_of_a_close_stay_as_closely_held_as_they_were(workspace, champion, angola):
    close(workspace, angola, "not needed: told us in confidence", reader=OPERATOR, treaty=None)
    reopen(workspace, angola, reader=OPERATOR, treaty=None)

    def words(reader):
        return [one.words for one in follow_up_page(workspace, angola, treaty="att", reader=reader).comments]

    assert words(OPERATOR) == ["not needed: told us in confidence"]
    assert words(eyes(workspace, champion)) == []


def test_what_a_hidden_fact_has_overtaken_since_is_taken_back_like_any_other(workspace, champion, angola):
    reader = eyes(workspace, champion)
    close(workspace, angola, "not needed: a wrong click", reader=reader, treaty=None)
    file(workspace, "AGO", "exchange", str(SILENT_ON), "note_verbale")  # in confidence
    reopen(workspace, angola, reader=reader, treaty=None)
    assert stands(workspace, angola).closed_on is None
