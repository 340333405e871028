"""A checked line is a fact: in the dossier of the State that spoke, or in the treaty's own; read by who may know it."""

import pytest

from casework.core.rights import NotYours
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.purging import purge
from casework.meetings import checking
from casework.meetings.keeping import end_meeting
from casework.meetings.kinds import Ended
from casework.meetings.said import NotTakenDown
from casework.meetings.taking_down import NotADraft, strike_out
from casework.record.audit import verify
from models.ledger import dossiers
from models.meetings import drafts
from pathways.grammar.clearance import ANYONE, OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import CORRECTION
from pathways.grammar.facts import SourceKind
from pathways.grammar.pathway import OF_NO_STATE, own_key
from pathways.grammar.roles import Right
from tests.casework.meetings.meeting_days import (
    CHAIR,
    CHAMPION,
    CLOSED,
    CONTACT,
    ELSEWHERE,
    SECRETARIAT,
    WEBCAST,
    check,
    lines,
    take,
)

ON = {"meeting": CLOSED, "on": "2024-05-16"}


def facts(workspace, state="COM", treaty="att"):
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, treaty, state)
        return [f for f in dossiers.facts_of(connection, [record])[record.id] if f.kind == "statement"]


def test_a_states_word_goes_into_its_dossier_and_moves_no_stage(record):
    before = dossier_view(record, "COM", treaty="att", reader=OPERATOR)
    take(record, "com", condition="conditions are met", by="2023-12")
    done = check(record, reader=CHAIR)
    assert (done.checked, done.states, done.left) == (1, 1, 0)
    [fact] = facts(record)
    assert fact.data == {"meeting": WEBCAST, "about": "promise", "condition": "conditions are met", "by": "2023-12"}
    assert (str(fact.effective), fact.source, fact.sensitivity) == ("2023-02-15", "statement", Sensitivity.PUBLIC)
    assert (fact.reference, fact.actor) == (
        "Working Group on Treaty Universalization: first meeting of the CSP9 cycle",
        "person:2",
    )
    after = dossier_view(record, "COM", treaty="att", reader=OPERATOR)
    assert (after.stage, after.tier, after.open_steps) == (before.stage, before.tier, before.open_steps)
    assert verify(record).is_sound


def test_what_others_say_goes_into_the_treatys_own_dossier(record):
    take(record, "Civil society", "outreach", "Held workshops.")
    done = check(record)
    assert (done.checked, done.states) == (1, 0)
    [fact] = facts(record, OF_NO_STATE, own_key("att"))
    assert fact.data == {"meeting": WEBCAST, "speaker": "Civil society", "about": "outreach"}
    assert verify(record).is_sound


def test_the_words_stand_beside_the_fact_and_nowhere_else(record):
    take(record, words="Will ratify.")
    check(record)
    with record.reading() as connection:
        [row] = drafts.of_meeting(connection, WEBCAST)
    [line] = lines(record)
    assert (row.words, line.words, line.standing) == (None, "Will ratify.", "checked")
    told = {"treaty": "att", "name": "Comoros", "reader": OPERATOR}
    purge(record, "COM", line.fact, reason="A name stood in it.", **told)
    assert lines(record)[0].words is None
    assert verify(record).is_sound


def test_who_reads_what_was_said_goes_by_how_it_is_held(record):
    take(record, "com", words="In public.")
    take(record, "com", words="Told closely.", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record)
    take(record, "com", words="Behind doors.", **ON)
    take(record, "Secretariat", "other", "For all.", **ON)
    check(record, CLOSED)
    seen = {
        reader.actor: [line.words for m in (WEBCAST, CLOSED) for line in lines(record, m, reader)]
        for reader in (SECRETARIAT, CHAIR, CHAMPION, ELSEWHERE, CONTACT, ANYONE)
    }
    assert seen == {
        SECRETARIAT.actor: ["Told closely.", "In public.", "For all.", "Behind doors."],
        CHAIR.actor: ["In public.", "For all.", "Behind doors."],
        CHAMPION.actor: ["In public.", "Behind doors."],
        ELSEWHERE.actor: ["In public."],
        CONTACT.actor: ["In public."],
        ANYONE.actor: ["In public."],
    }


def test_a_public_word_makes_nothing_public_that_was_also_told_in_confidence(record):
    take(record, "com", words="Will ratify.", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record)
    take(record, "com", words="Will ratify.")
    check(record)
    assert [fact.sensitivity for fact in facts(record)] == [Sensitivity.CONFIDENTIAL, Sensitivity.PUBLIC]
    assert len(lines(record, reader=ANYONE)) == 1


def test_that_somebody_was_shown_what_was_told_in_confidence_is_noted(record):
    take(record, "com", sensitivity=Sensitivity.CONFIDENTIAL)
    check(record)
    lines(record, reader=SECRETARIAT)
    with record.reading() as connection:
        rows = connection.exec_driver_sql("SELECT actor, fact_id FROM reading").all()
    assert [tuple(row) for row in rows] == [("person:1", facts(record)[0].id)]


def test_of_two_who_check_the_same_line_one_does(record, monkeypatch):
    draft = take(record).draft
    opened = record.open_dossier

    def while_another_checks(state, **told):
        monkeypatch.setattr(record, "open_dossier", opened)
        assert check(record, reader=CHAIR).checked == 1
        return opened(state, **told)

    monkeypatch.setattr(record, "open_dossier", while_another_checks)
    with pytest.raises(NotADraft, match="settled_meanwhile"):
        checking.check(record, WEBCAST, [draft], treaty="att", reader=SECRETARIAT)
    assert len(facts(record)) == 1
    assert verify(record).is_sound
    with pytest.raises(NotADraft):
        checking.check(record, WEBCAST, [draft], treaty="att", reader=SECRETARIAT)


def test_one_that_was_struck_out_meanwhile_is_not_checked(record, monkeypatch):
    draft = take(record).draft
    opened = record.open_dossier

    def while_another_strikes(state, **told):
        monkeypatch.setattr(record, "open_dossier", opened)
        strike_out(record, WEBCAST, draft, treaty="att", reader=CHAIR)
        return opened(state, **told)

    monkeypatch.setattr(record, "open_dossier", while_another_strikes)
    with pytest.raises(NotADraft):
        check(record)
    assert facts(record) == []


def test_a_champion_checks_nothing(record):
    take(record)
    with pytest.raises(NotYours, match="meetings_kept_by"):
        check(record, reader=CHAMPION)


def test_what_was_told_in_confidence_is_left_for_the_secretariat_to_check(record):
    take(record, "com", sensitivity=Sensitivity.CONFIDENTIAL)
    take(record, "com", words="In public.")
    done = check(record, reader=CHAIR)
    assert (done.checked, done.left) == (1, 1)
    assert check(record).left == 0


def test_nothing_is_checked_of_a_meeting_that_did_not_take_place(record):
    take(record)
    end_meeting(record, WEBCAST, Ended.CANCELLED, treaty="att", reader=OPERATOR)
    with pytest.raises(NotTakenDown, match="cancelled"):
        check(record)


def test_a_fact_that_was_taken_back_stands_as_taken_back(record):
    take(record)
    check(record)
    told = {"treaty": "att", "reader": OPERATOR, "right": Right.FILE}
    with record.open_dossier("COM", **told) as open_dossier:
        said = next(f for f in open_dossier.facts if f.kind == "statement")
        open_dossier.file(
            CORRECTION,
            PartialDate.of(open_dossier.today),
            source=SourceKind.ASSESSMENT,
            sensitivity=Sensitivity.COORDINATION,
            annuls=(said.id,),
        )
    assert lines(record)[0].standing == "taken_back"


def test_a_word_is_a_sign_of_life(record):
    take(record, "com", meeting="wgtu-2026-03-16", on="2026-03-17")
    check(record, "wgtu-2026-03-16")
    with record.open_dossier("COM", treaty="att", reader=OPERATOR, right=Right.FILE) as open_dossier:
        assert str(open_dossier.dossier(reader=None).last_heard_on) == "2026-03-17"
