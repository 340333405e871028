"""A State's contact proposes what is to go on the own record; the Secretariat accepts it or says why not."""

import io

import pytest
from sqlalchemy import text

from casework.core.rights import NotOnFile, NotYours
from casework.dossiers.deciding import NotDecided, accept, decline
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.downloads import attachment_of
from casework.dossiers.filing import Filing
from casework.dossiers.proposal_list import proposal_list, proposed_file
from casework.dossiers.proposing import may_be_proposed, propose
from casework.dossiers.purging import purge
from casework.files.attachments import received
from casework.follow_ups.listing import follow_up_list
from casework.record.audit import verify
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import a_champion, a_coordinator, eyes, held, the_secretariat, told
from tests.builders import ATT
from tests.papers import PDF
from tests.refusals import said

STATE, NAME = "AGO", "Angola"


@pytest.fixture
def workspace(training):
    return training


@pytest.fixture
def contact(workspace):
    return eyes(workspace, held(workspace, "Mission of Angola", "contact", STATE)[0])


def a_filing(kind="signal", on="2022-06-01", **said):
    given = {"source": SourceKind.NOTE_VERBALE, "reference": "NV 4/2022", **said}
    return Filing(kind=kind, effective=PartialDate.parse(on), **given)


def brought(workspace, reader, filing=None, state=STATE, name=NAME):
    return propose(workspace, state, filing or a_filing(), treaty="att", name=name, reader=reader)


def faults(workspace, reader, filing):
    with pytest.raises(NotAdmitted) as refused:
        brought(workspace, reader, filing)
    return " ".join(said(refused.value))


def waiting(workspace):
    return [f for f in follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR) if f.kind == "proposal"]


def facts(workspace, reader=OPERATOR):
    return {fact.fact: fact for fact in dossier_view(workspace, STATE, reader=reader, treaty="att").facts}


def test_a_proposal_is_no_fact_until_the_secretariat_accepts_it(workspace, contact):
    before = facts(workspace)
    number = brought(workspace, contact, a_filing(note="We think of joining.")).proposal
    assert facts(workspace) == before
    officer = eyes(workspace, the_secretariat(workspace)[0])
    filed = accept(workspace, number, treaty="att", reader=officer).fact
    seen = facts(workspace, contact)[filed.id]
    assert (seen.actor, seen.source, seen.reference) == (officer.actor, "note_verbale", "NV 4/2022")
    assert (seen.sensitivity, seen.note) == ("confidential", "We think of joining.")
    assert verify(workspace).is_sound


def test_the_secretariat_is_asked_to_decide_and_the_matter_closes_with_the_decision(workspace, contact):
    officer, _ = the_secretariat(workspace)
    numbers = [brought(workspace, contact, a_filing(on=f"2022-06-0{n}")).proposal for n in (1, 2)]
    first, second = waiting(workspace)
    assert (first.state, first.about, first.role) == (STATE, "signal", "secretariat")
    assert told(workspace, first.id) == [(officer, "task")]
    accept(workspace, numbers[0], treaty="att", reader=OPERATOR)
    decline(workspace, numbers[1], reason="It is on file already.", treaty="att", reader=OPERATOR)
    assert waiting(workspace) == []
    outcomes = {f.outcome for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "proposal"}
    assert outcomes == {"done: the proposal was accepted", "done: the proposal was declined"}
    assert told(workspace, second.id) == []


def test_the_contact_sees_what_became_of_it_and_not_by_whom(workspace, contact):
    number = brought(workspace, contact).proposal
    [seen] = proposal_list(workspace, treaty="att", reader=contact)
    assert (seen.id, seen.result, seen.is_waiting, seen.proposed_by) == (number, "waiting", True, "Mission of Angola")
    officer = eyes(workspace, the_secretariat(workspace)[0])
    decline(workspace, number, reason="Please send the gazette.", treaty="att", reader=officer)
    [seen] = proposal_list(workspace, treaty="att", reader=contact)
    assert (seen.result, seen.reason, seen.decided_by) == ("declined", "Please send the gazette.", None)
    [seen] = proposal_list(workspace, treaty="att", reader=officer)
    assert seen.decided_by == "Desk officer"


def test_nobody_else_knows_of_a_proposal(workspace, contact):
    with_file(workspace, contact)
    elsewhere = eyes(workspace, held(workspace, "Mission of the Philippines", "contact", "PHL")[0])
    assert proposal_list(workspace, treaty="att", reader=elsewhere) == ()
    for person in (a_champion(workspace)[0], a_coordinator(workspace)[0]):
        assert [
            f for f in follow_up_list(workspace, reader=eyes(workspace, person), treaty="att") if f.kind == "proposal"
        ] == []
        with pytest.raises(NotOnFile):
            proposal_list(workspace, treaty="att", reader=eyes(workspace, person))
    for reader in (elsewhere, eyes(workspace, held(workspace, "President", "president", "CSP8")[0])):
        with pytest.raises(NotOnFile):
            proposed_file(workspace, 1, treaty="att", reader=reader)


@pytest.mark.parametrize("role", ["champion", "coordinator", "secretariat", "president"])
def test_only_the_own_contact_proposes(workspace, role):
    made = {
        "champion": lambda: a_champion(workspace)[0],
        "coordinator": lambda: a_coordinator(workspace)[0],
        "secretariat": lambda: the_secretariat(workspace)[0],
        "president": lambda: held(workspace, "President", "president", "CSP8")[0],
    }
    with pytest.raises(NotYours):
        brought(workspace, eyes(workspace, made[role]()))


def test_a_contact_proposes_for_the_own_state_alone(workspace, contact):
    with pytest.raises(NotYours):
        brought(workspace, contact, state="PHL", name="Philippines")
    assert proposal_list(workspace, treaty="att", reader=OPERATOR) == ()


def test_only_the_secretariat_decides(workspace, contact):
    number = brought(workspace, contact).proposal
    for reader in (contact, eyes(workspace, a_coordinator(workspace)[0])):
        with pytest.raises(NotYours):
            accept(workspace, number, treaty="att", reader=reader)
        with pytest.raises(NotYours):
            decline(workspace, number, reason="No.", treaty="att", reader=reader)
    assert len(waiting(workspace)) == 1


def test_what_is_decided_is_not_decided_again(workspace, contact):
    number = brought(workspace, contact).proposal
    accept(workspace, number, treaty="att", reader=OPERATOR)
    on_file = len(facts(workspace))
    with pytest.raises(NotDecided, match="accepted_already"):
        accept(workspace, number, treaty="att", reader=OPERATOR)
    with pytest.raises(NotDecided, match="accepted_already"):
        decline(workspace, number, reason="No.", treaty="att", reader=OPERATOR)
    assert len(facts(workspace)) == on_file


def test_a_proposal_that_may_not_go_on_file_after_all_goes_on_waiting(workspace, contact):
    number = brought(workspace, contact, a_filing("annual_report", fields={"year": "2021"})).proposal
    before = len(facts(workspace))
    with workspace.registry() as connection:
        connection.execute(text('UPDATE proposal SET data = \'{"year": "1999"}\''))
    with pytest.raises(NotAdmitted):
        accept(workspace, number, treaty="att", reader=OPERATOR)
    assert (len(facts(workspace)), len(waiting(workspace))) == (before, 1)


def test_the_same_proposal_twice_is_one(workspace, contact):
    once, twice = brought(workspace, contact), brought(workspace, contact)
    assert (once.proposal, once.repeated, twice.proposal, twice.repeated) == (1, False, 1, True)
    assert len(waiting(workspace)) == 1


def test_no_more_wait_than_can_be_read(workspace, contact):
    for day in range(1, 21):
        brought(workspace, contact, a_filing(on=f"2022-05-{day:02}"))
    assert "20 proposals of Angola wait already" in faults(workspace, contact, a_filing())


@pytest.mark.parametrize("kind", ["deposit", "signature", "tier_set", "obstacle", "route", "correction", "step", "x"])
def test_what_a_state_does_not_tell_of_itself_is_not_proposed(workspace, contact, kind):
    assert "not proposed here" in faults(workspace, contact, a_filing(kind))


def test_a_state_may_say_that_it_pauses():
    assert may_be_proposed(ATT.kind("paused"))
    assert may_be_proposed(ATT.kind("parliamentary_approval"))


@pytest.mark.parametrize(
    ("filing", "says"),
    [
        (a_filing(source=SourceKind.PRESS), "told by note verbale or otherwise by the government"),
        (a_filing(source=SourceKind.ASSESSMENT), "told by note verbale or otherwise by the government"),
        (a_filing(on="2030-01-01"), "lies in the future"),
        (a_filing(fields={"colour": "blue"}), "“colour” is no field"),
        (a_filing("committee"), "needs “its members”"),
        (a_filing(reference="a\nb"), "one line"),
        (a_filing(note="x" * 10_001), "at most 10000 characters"),
        (a_filing(annuls=("1",)), "A proposal undoes nothing"),
        (a_filing(sensitivity=Sensitivity.PERSONAL), "ask the Secretariat to hold it more closely"),
        (a_filing(sensitivity=Sensitivity.PUBLIC), "held as confidential"),
    ],
)
def test_a_proposal_that_could_never_go_on_file_is_refused_at_once(workspace, contact, filing, says):
    assert says in faults(workspace, contact, filing)
    assert waiting(workspace) == []


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "say_why_declined"), ("  ", "say_why_declined"), ("two\nlines", "no_line"), ("x" * 501, "no_line")],
)
def test_declining_needs_a_reason(workspace, contact, reason, code):
    number = brought(workspace, contact).proposal
    with pytest.raises(NotDecided, match=code):
        decline(workspace, number, reason=reason, treaty="att", reader=OPERATOR)
    assert len(waiting(workspace)) == 1


def test_a_reason_may_be_set_as_french_is(workspace, contact):
    number = brought(workspace, contact).proposal
    decline(workspace, number, reason="Déjà reçu\u00a0: «\u00a0note 7\u00a0»", treaty="att", reader=OPERATOR)
    assert waiting(workspace) == []


def test_a_proposal_that_is_not_there_is_not_on_file(workspace, contact):
    number = brought(workspace, contact).proposal
    for treaty, given in (("att", 99), ("ccm", number)):
        with pytest.raises(NotOnFile):
            accept(workspace, given, treaty=treaty, reader=OPERATOR)


def with_file(workspace, reader, name="law.pdf"):
    with received(workspace, io.BytesIO(PDF), name) as attachment:
        return brought(workspace, reader, a_filing(attachment=attachment)).proposal


def kept_files(workspace):
    return list((workspace.settings.home / "attachments").glob("??/*"))


def test_the_file_of_a_proposal_goes_on_file_with_the_fact(workspace, contact):
    number = with_file(workspace, contact)
    for reader in (contact, OPERATOR):
        assert proposed_file(workspace, number, treaty="att", reader=reader).path.read_bytes() == PDF
    filed = accept(workspace, number, treaty="att", reader=OPERATOR).fact
    kept = attachment_of(workspace, filed.id, treaty="att", reader=contact)
    assert (kept.name, kept.path.read_bytes()) == ("law.pdf", PDF)


def test_the_file_of_a_declined_proposal_is_deleted(workspace, contact):
    number = with_file(workspace, contact)
    assert len(kept_files(workspace)) == 1
    decline(workspace, number, reason="Not legible.", treaty="att", reader=OPERATOR)
    assert kept_files(workspace) == []
    with pytest.raises(NotOnFile):
        proposed_file(workspace, number, treaty="att", reader=contact)


def test_the_file_of_a_refused_proposal_is_not_kept(workspace, contact):
    with received(workspace, io.BytesIO(PDF), "law.pdf") as attachment, pytest.raises(NotAdmitted):
        brought(workspace, contact, a_filing(on="2030-01-01", attachment=attachment))
    assert kept_files(workspace) == []


def test_what_is_purged_of_a_fact_is_gone_from_the_proposal_it_came_by(workspace, contact):
    with received(workspace, io.BytesIO(PDF), "law.pdf") as attachment:
        filing = a_filing(note="Mr Somebody wavers.", attachment=attachment)
        number = brought(workspace, contact, filing).proposal
    filed = accept(workspace, number, treaty="att", reader=OPERATOR).fact
    purge(workspace, STATE, filed.id, treaty="att", name=NAME, reason="A person asked.", reader=OPERATOR)
    [seen] = proposal_list(workspace, treaty="att", reader=contact)
    assert (seen.fact, seen.note, seen.attachment_name) == (filed.id, None, None)
    assert kept_files(workspace) == []
    with pytest.raises(NotOnFile):
        proposed_file(workspace, number, treaty="att", reader=contact)
