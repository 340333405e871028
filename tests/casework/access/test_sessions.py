"""Who is signed in, until when, and with what eyes; time passes on a standing clock only."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event, text

from casework.access.one_time_links import Purpose, make_link
from casework.access.sessions import IDLE, LONGEST, open_session, session_of, sign_out, sign_out_everywhere
from casework.core.readers import reader_for
from casework.core.workspace import Workspace
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.record.audit import audit
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.roles import Role
from tests.appointments import a_champion, a_person, held, the_secretariat
from tests.builders import clock_of
from tests.statements import questions


def who(workspace: Workspace, token: str):
    """Return who is signed in for the Arms Trade Treaty."""
    return session_of(workspace, token, treaty="att")


def time_passes(workspace: Workspace, **so_much: float) -> None:
    """Let the clock go forward."""
    clock_of(workspace).hour += timedelta(**so_much)


def test_a_signed_in_person_is_known_by_the_token_with_the_eyes_of_today(record: Workspace):
    champion, _ = a_champion(record)
    there = who(record, open_session(record, champion))
    assert there is not None
    assert (there.person, there.name, there.language) == (champion, "Champion of NAM", "en")
    assert there.reader == reader_for(record, champion, treaty="att")
    assert there.reader.roles == {Role.CHAMPION}


@pytest.mark.parametrize("token", ["", "somebody", "é\udcff", "x" * 10_000])
def test_a_token_that_was_never_given_is_nobodys(record: Workspace, token: str):
    assert who(record, token) is None


def test_the_token_is_nowhere_in_the_record(record: Workspace):
    champion, _ = a_champion(record)
    token = open_session(record, champion)
    with record.reading() as connection:
        kept = connection.execute(text("SELECT * FROM session")).mappings().one()
        noted = [*connection.execute(text("SELECT what, row, detail FROM audit"))]
    assert token not in repr(kept) + repr(noted)
    assert who(record, kept["token_hash"]) is None


def test_each_sign_in_has_a_token_of_its_own(record: Workspace):
    champion, _ = a_champion(record)
    assert open_session(record, champion) != open_session(record, champion)


def test_a_session_ends_after_eight_hours_in_which_nobody_was_there(record: Workspace):
    champion, _ = a_champion(record)
    token = open_session(record, champion)
    time_passes(record, hours=8)
    assert who(record, token) is not None
    time_passes(record, hours=8, seconds=1)
    assert who(record, token) is None


def test_a_session_ends_after_seven_days_however_busy(record: Workspace):
    champion, _ = a_champion(record)
    token = open_session(record, champion)
    began = record.clock.now()
    while record.clock.now() + IDLE < began + LONGEST:
        time_passes(record, hours=7)
        assert who(record, token) is not None
    clock_of(record).hour = began + LONGEST - timedelta(seconds=1)
    assert who(record, token) is not None
    clock_of(record).hour = began + LONGEST
    assert who(record, token) is None


def test_a_visit_is_noted_once_a_minute_at_most(record: Workspace):
    champion, _ = a_champion(record)
    token = open_session(record, champion)
    seen = []
    for _ in range(4):
        time_passes(record, seconds=30)
        who(record, token)
        with record.reading() as connection:
            seen.append(str(connection.execute(text("SELECT seen_at FROM session")).scalar_one()))
    assert len(set(seen)) == 3  # as it began, after one minute, after two


def test_who_signed_out_is_out(record: Workspace):
    champion, _ = a_champion(record)
    token, elsewhere = open_session(record, champion), open_session(record, champion)
    sign_out(record, token)
    sign_out(record, token)
    assert who(record, token) is None
    assert who(record, elsewhere) is not None


def test_signing_out_everywhere_ends_every_session_of_that_person_alone(record: Workspace):
    champion, _ = a_champion(record)
    other, _ = the_secretariat(record)
    tokens = [open_session(record, champion) for _ in range(3)]
    others = open_session(record, other)
    assert sign_out_everywhere(record, champion) == 3
    assert [who(record, token) for token in tokens] == [None] * 3
    assert who(record, others) is not None


def test_signing_out_everywhere_else_leaves_the_session_at_hand(record: Workspace):
    champion, _ = a_champion(record)
    here, elsewhere = open_session(record, champion), open_session(record, champion)
    assert sign_out_everywhere(record, champion, but=here) == 1
    assert who(record, here) is not None
    assert who(record, elsewhere) is None


def test_a_mandate_that_ends_takes_the_session_with_it(record: Workspace):
    champion, mandate = a_champion(record)
    token = open_session(record, champion)
    assert who(record, token) is not None
    end_hold(record, champion, mandate, on=record.today(), reader=OPERATOR, treaty=None)
    assert who(record, token) is None


def test_a_new_mandate_shows_on_the_next_request(record: Workspace):
    champion, _ = a_champion(record)
    token = open_session(record, champion)
    before = who(record, token)
    _, mandate = held(record, "Second", "president", "CSP", from_=date(2024, 1, 1))
    hold(record, champion, mandate, from_=date(2024, 1, 1), reader=OPERATOR, treaty=None)
    after = who(record, token)
    assert before is not None
    assert after is not None
    assert Role.PRESIDENT not in before.reader.roles
    assert Role.PRESIDENT in after.reader.roles


def test_somebody_without_any_mandate_is_not_let_in(record: Workspace):
    assert who(record, open_session(record, a_person(record, "Nobody yet"))) is None


def test_the_nightly_audit_forgets_what_was_over_a_week_ago_and_nothing_else(record: Workspace):
    champion, _ = a_champion(record)
    out, old, open_ = (open_session(record, champion) for _ in range(3))
    sign_out(record, out)
    with record.registry() as connection:
        for purpose in (Purpose.SIGN_IN, Purpose.INVITATION):
            make_link(record, connection, champion, purpose, by="operator")

    def kept() -> tuple[int, int]:
        with record.reading() as connection:
            tables = ("session", "one_time_link")
            sessions, links = (connection.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in tables)
        return sessions, links

    audit(record, run="night")
    assert kept() == (3, 2)
    time_passes(record, days=7, hours=1)
    young = open_session(record, champion)
    audit(record, run="a later night")
    assert kept() == (3, 1)
    time_passes(record, days=7)
    audit(record, run="a night of the next week")
    assert kept() == (1, 0)
    assert [who(record, token) for token in (out, old, open_, young)] == [None] * 4


def test_knowing_who_is_signed_in_takes_four_questions_to_the_record(record: Workspace):
    token = open_session(record, a_champion(record)[0])
    asked = []
    event.listen(record.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert who(record, token) is not None
    assert len(questions(asked)) <= 4
