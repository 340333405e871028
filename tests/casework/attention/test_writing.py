"""What comes next for a State is written: held as an assessment, kept when another is, and once where it is alike."""

from datetime import date

import pytest
from sqlalchemy import text

from casework.attention.next_steps import next_steps
from casework.attention.writing import LONGEST, NotWritten, WrittenMeanwhile, leave_to_pathway, write_next_step
from casework.core.rights import NotOnFile, NotYours
from models.attention import written_steps
from models.ledger import dossiers
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.roles import Role
from tests.appointments import a_champion, eyes
from tests.builders import clock_of

CHAMPION = Reader.of("person:4", {Role.CHAMPION: {"COM"}}, of_states={"NAM"})
COORDINATOR = Reader.of("person:5", {Role.COORDINATOR: {"COM"}}, of_states={"ZAF"})
OFFICER = Reader.of("person:1", {Role.SECRETARIAT: ()})
CHAIR = Reader.of("person:2", {Role.CHAIR: ()})
CONTACT = Reader.of("person:6", {Role.CONTACT: {"COM"}})
BOTH = Reader.of("person:7", {Role.SECRETARIAT: (), Role.CONTACT: {"COM"}})
WORDS = "Ask whether the conditions of 2023 are met"


def write(workspace, words=WORDS, *, state="COM", reader=OPERATOR, **more):
    return write_next_step(workspace, state, words, treaty="att", name=state, reader=reader, **more)


def leave(workspace, reader=OPERATOR):
    return leave_to_pathway(workspace, "COM", treaty="att", name="Comoros", reader=reader)


def line(workspace, reader=OPERATOR, **asked):
    lines = next_steps(workspace, treaty="att", reader=reader, **asked).lines
    return next((one for one in lines if one.state == "COM"), None)


def history(workspace):
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", "COM")
        return [(one.words, one.due_on) for one in written_steps.of_dossier(connection, record.id)]


def faults(workspace, words=WORDS, **more):
    with pytest.raises(NotWritten) as wrong:
        write(workspace, words, **more)
    return list(zip(wrong.value.codes, wrong.value.fields, strict=True))


def test_what_is_written_stands_before_what_the_pathway_says(record):
    person, _ = a_champion(record, "NAM")
    write(record, reader=eyes(record, person), by=date(2026, 8, 1))
    one = line(record)
    assert (one.next_step, one.written_by, one.due_on) == (WORDS, "Champion of NAM", date(2026, 8, 1))
    assert one.written_on == record.today()


def test_what_was_written_before_is_kept_and_each_day_shows_its_own(record):
    write(record, by=date(2026, 8, 1))
    clock_of(record).stand_on("2026-08-03")
    write(record, "Call between capitals")
    assert history(record) == [("Call between capitals", None), (WORDS, date(2026, 8, 1))]
    assert line(record).next_step == "Call between capitals"
    assert line(record, on=date(2026, 8, 2)).next_step == WORDS
    assert line(record, on=date(2026, 7, 1)).written_by is None


def test_the_same_again_is_one_line(record):
    assert not write(record, by=date(2026, 8, 1)).repeated
    assert write(record, f" {WORDS} ", by=date(2026, 8, 1)).repeated
    clock_of(record).stand_on("2026-09-01")
    assert write(record, by=date(2026, 8, 1)).repeated  # also once its day is over
    assert len(history(record)) == 1


def test_once_it_is_done_the_pathway_speaks_again(record):
    assert leave(record).repeated
    write(record)
    assert not leave(record).repeated
    assert leave(record).repeated
    assert sentence(line(record).next_step) == "Get on file: contact named, for “Drafting begun”"
    assert line(record).written_by is None
    assert history(record) == [(None, None), (WORDS, None)]


def test_whoever_brings_a_state_forward_may_write_and_nobody_else(record):
    for reader in (OFFICER, COORDINATOR, CHAMPION):
        write(record, f"Written by {reader.actor}", reader=reader)
        assert line(record, reader).may_write
    for reader in (CHAIR, CONTACT, BOTH):
        with pytest.raises(NotYours):
            write(record, reader=reader)
        with pytest.raises(NotYours):
            leave(record, reader)
    with pytest.raises(NotYours):
        write(record, state="IND", reader=CHAMPION)
    assert not line(record, CHAIR).may_write


def test_who_may_not_know_the_stage_is_told_nothing_of_it(record):
    write(record, reader=CHAMPION)
    for reader in (CONTACT, BOTH):
        assert line(record, reader) is None
        with pytest.raises(NotYours) as before:
            write(record, reader=reader)
        with pytest.raises(NotYours) as other:
            write(record, "Something else", reader=reader, seen=0)
        assert before.value.refusals == other.value.refusals


def test_what_cannot_be_written_says_why_all_at_once(record):
    assert faults(record, " ") == [("say_what_comes_next", "words")]
    assert faults(record, "x" * (LONGEST + 1)) == [("no_line", "words")]
    assert faults(record, "one\ntwo", by=date(2026, 7, 23)) == [
        ("no_line", "words"),
        ("next_step_by_a_day_to_come", "by"),
    ]
    assert faults(record, by=date(2206, 8, 1)) == [("next_step_too_far_ahead", "by")]
    assert faults(record, state="JPN") == [("next_step_of_a_party", "")]
    assert write(record, "x" * LONGEST, by=record.today()).words
    with pytest.raises(NotOnFile):
        write(record, state="XXX")


def test_the_second_of_two_is_shown_what_the_first_has_written(record):
    assert line(record).seen == 0
    write(record)
    with pytest.raises(WrittenMeanwhile) as wrong:
        write(record, "Call between capitals", seen=0)
    assert wrong.value.refusals[0].values == {"words": WORDS}
    write(record, "Call between capitals", seen=line(record).seen)


def test_the_journal_says_who_wrote_and_not_what(record):
    write(record, reader=CHAMPION, by=date(2026, 8, 1))
    with record.reading() as connection:
        row = connection.execute(text("SELECT actor, what, detail FROM audit ORDER BY id DESC LIMIT 1")).one()
    assert tuple(row) == ("person:4", "next step written", '{"due_on":"2026-08-01"}')
