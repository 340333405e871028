"""Who served long ago is proposed, and once an administrator says so, nothing but a number is kept of them."""

from datetime import timedelta

import pytest

from casework.access.sessions import open_session
from casework.core.rights import NotYours
from casework.follow_ups.actions import close, take
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.persons import add_person
from casework.record.audit import verify
from casework.retention.kept_about import kept_about
from casework.retention.proposals import Rule, proposed
from casework.retention.releasing import NotProposed, release
from models.store.rows import rows_of, tables
from pathways.grammar.clearance import ANYONE, OPERATOR, Sensitivity
from tests.appointments import a_champion, a_mandate, eyes, fallen_silent, silent_states, the_secretariat
from tests.builders import clock_of, file

YEARS = timedelta(days=5 * 366)
NAME, ADDRESS = "Ruritania Jones", "jones@mission.example"


@pytest.fixture
def workspace(record):
    return fallen_silent(record)


def keys(workspace):
    return {one.key: one.rule for one in proposed(workspace, reader=OPERATOR)}


def served(workspace, *, until=None):
    """Put a champion on file who serves to this day, or until a day after it."""
    person = add_person(workspace, NAME, email=ADDRESS, reader=OPERATOR)
    mandate = a_mandate(workspace, "champion", "ZAF", region="Africa")
    today = workspace.today()
    hold(workspace, person, mandate, from_=today, until=until, reader=OPERATOR, treaty=None)
    return person, mandate


def passes(workspace, by):
    clock_of(workspace).hour += by


def everything(workspace):
    """Return every row of the record as one text."""
    with workspace.reading() as connection:
        return "".join(str(row) for one in tables() for row in rows_of(connection, one))


def test_who_served_is_proposed_when_the_years_are_over_and_not_a_day_before(workspace):
    person, _ = served(workspace, until=workspace.today())
    last = workspace.today()
    clock_of(workspace).stand_on(str(last.replace(year=last.year + 5) - timedelta(days=1)))
    assert keys(workspace) == {}
    passes(workspace, timedelta(days=1))
    assert keys(workspace) == {f"person:{person}": Rule.SERVED}


def test_the_years_are_a_setting(workspace):
    person, _ = served(workspace, until=workspace.today())
    workspace.settings = workspace.settings.model_copy(update={"retention_years": 30})
    passes(workspace, 2 * YEARS)
    assert f"person:{person}" not in keys(workspace)


def test_who_never_served_is_proposed_after_a_year(workspace):
    person = add_person(workspace, NAME, email=ADDRESS, reader=OPERATOR)
    passes(workspace, timedelta(days=364))
    assert keys(workspace) == {}
    passes(workspace, timedelta(days=2))
    assert keys(workspace) == {f"person:{person}": Rule.NEVER_SERVED}


def test_who_serves_or_will_serve_is_not_proposed(workspace):
    person, mandate = served(workspace)
    passes(workspace, 3 * YEARS)
    assert keys(workspace) == {}
    end_hold(workspace, str(person), mandate, on=workspace.today(), reader=OPERATOR, treaty=None)
    passes(workspace, YEARS)
    assert set(keys(workspace)) == {f"person:{person}"}
    hold(workspace, person, mandate, from_=workspace.today() + timedelta(days=9), reader=OPERATOR, treaty=None)
    assert keys(workspace) == {}


def test_who_has_an_open_follow_up_is_not_proposed_until_it_is_closed(workspace):
    person, _ = served(workspace, until=workspace.today())
    angola = silent_states(workspace)["AGO"]
    take(workspace, angola, reader=eyes(workspace, person), treaty="att")
    passes(workspace, YEARS)
    assert keys(workspace) == {}
    close(workspace, angola, "done: asked", reader=OPERATOR, treaty="att")
    assert set(keys(workspace)) == {f"person:{person}"}


def test_the_last_administrator_is_not_proposed_and_another_is(workspace):
    first = add_person(workspace, "First", email="first@x.test", sees_personal=True, reader=OPERATOR)
    passes(workspace, YEARS)
    assert keys(workspace) == {}
    other = add_person(workspace, "Other", email="other@x.test", sees_personal=True, reader=OPERATOR)
    mandate = a_mandate(workspace, "secretariat", "ATT Secretariat")
    hold(workspace, other, mandate, from_=workspace.today(), reader=OPERATOR, treaty=None)
    assert set(keys(workspace)) == {f"person:{first}"}


def test_the_second_party_is_not_proposed(workspace):
    workspace.settings = workspace.settings.model_copy(update={"seals_to": ADDRESS})
    add_person(workspace, ADDRESS, email=ADDRESS, reader=OPERATOR)
    passes(workspace, YEARS)
    assert keys(workspace) == {}


def test_once_released_nothing_tells_who_it_was_and_the_record_is_sound(workspace):
    person, _ = served(workspace, until=workspace.today())
    open_session(workspace, person)
    passes(workspace, YEARS)
    assert NAME in everything(workspace)
    release(workspace, f"person:{person}", reader=OPERATOR)
    assert NAME not in everything(workspace)
    assert ADDRESS not in everything(workspace)
    kept = kept_about(workspace, person, reader=OPERATOR).kept
    assert [one["name"] for one in kept["person"]] == [f"A former person, no. {person}"]
    assert not [name for name in ("addresses", "sessions", "password", "links", "visits") if kept[name]]
    assert "person erased" in {line["what"] for line in kept["journal"]}
    found = verify(workspace)
    assert (found.is_sound, found.erased) == (True, 1)


def test_on_sqlite_the_name_is_in_no_file_of_the_record(sqlite_record_url, tmp_path):
    from tests.builders import a_workspace

    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    person = add_person(workspace, NAME, email=ADDRESS, reader=OPERATOR)
    passes(workspace, YEARS)
    release(workspace, f"person:{person}", reader=OPERATOR)
    files = [one for one in tmp_path.glob("record.db*") if one.is_file()]
    assert files
    assert not [one.name for one in files for word in (NAME, ADDRESS) if word.encode() in one.read_bytes()]
    workspace.close()


def test_what_was_released_is_proposed_no_more_and_what_is_not_proposed_is_refused(workspace):
    person = add_person(workspace, NAME, email=ADDRESS, reader=OPERATOR)
    with pytest.raises(NotProposed):
        release(workspace, f"person:{person}", reader=OPERATOR)
    passes(workspace, YEARS)
    release(workspace, f"person:{person}", reader=OPERATOR)
    assert keys(workspace) == {}
    with pytest.raises(NotProposed):
        release(workspace, f"person:{person}", reader=OPERATOR)


def test_words_held_as_personal_are_proposed_purged_and_counted(workspace):
    told = file(
        workspace, "AGO", "signal", "2026-06-01", "statement", note="a private number", sensitivity=Sensitivity.PERSONAL
    ).fact
    assert keys(workspace) == {}
    passes(workspace, YEARS)
    assert keys(workspace) == {f"fact:{told.id}": Rule.PERSONAL}
    release(workspace, f"fact:{told.id}", reader=OPERATOR)
    assert "a private number" not in everything(workspace)
    assert keys(workspace) == {}
    found = verify(workspace)
    assert (found.chain, found.purged) == ((), 1)


def test_only_an_administrator_sees_or_releases(workspace):
    person = add_person(workspace, NAME, email=ADDRESS, reader=OPERATOR)
    officer, champion = the_secretariat(workspace)[0], a_champion(workspace, "GHA")[0]
    readers = [eyes(workspace, officer), eyes(workspace, champion), ANYONE]
    passes(workspace, timedelta(days=400))
    for reader in readers:
        with pytest.raises(NotYours):
            proposed(workspace, reader=reader)
        with pytest.raises(NotYours):
            release(workspace, f"person:{person}", reader=reader)
    assert NAME in everything(workspace)
