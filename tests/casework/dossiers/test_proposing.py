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
from casework.operations.audit import verify
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import OPERATOR, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import a_champion, a_coordinator, eyes, held, the_secretariat, told
from tests.builders import ATT
from tests.papers import PDF

STATE, NAME = "AGO", "Angola"


@pytest.fixture
def office(training):
    return training


@pytest.fixture
def contact(office):
    return eyes(office, held(office, "Mission of Angola", "contact", STATE)[0])


def a_filing(kind="signal", on="2022-06-01", **said):
    given = {"source": SourceKind.NOTE_VERBALE, "reference": "NV 4/2022", **said}
    return Filing(kind=kind, effective=PartialDate.parse(on), **given)


def brought(office, reader, filing=None, state=STATE, name=NAME):
    return propose(office, state, filing or a_filing(), treaty="att", name=name, reader=reader)


def faults(office, reader, filing):
    with pytest.raises(NotAdmitted) as refused:
        brought(office, reader, filing)
    return " ".join(refused.value.faults)


def waiting(office):
    return [f for f in follow_up_list(office, open_only=True) if f.kind == "proposal"]


def facts(office, reader=OPERATOR):
    return {fact.fact: fact for fact in dossier_view(office, STATE, reader=reader).facts}


def test_a_proposal_is_no_fact_until_the_secretariat_accepts_it(office, contact):
    before = facts(office)
    number = brought(office, contact, a_filing(note="We think of joining.")).proposal
    assert facts(office) == before
    officer = eyes(office, the_secretariat(office)[0])
    filed = accept(office, number, treaty="att", reader=officer).fact
    seen = facts(office, contact)[filed.id]
    assert (seen.actor, seen.source, seen.reference) == (officer.actor, "note_verbale", "NV 4/2022")
    assert (seen.sensitivity, seen.note) == ("confidential", "We think of joining.")
    assert verify(office).is_sound


def test_the_secretariat_is_asked_to_decide_and_the_matter_closes_with_the_decision(office, contact):
    officer, _ = the_secretariat(office)
    numbers = [brought(office, contact, a_filing(on=f"2022-06-0{n}")).proposal for n in (1, 2)]
    first, second = waiting(office)
    assert (first.state, first.about, first.role) == (STATE, "signal", "secretariat")
    assert told(office, first.id) == [(officer, "task")]
    accept(office, numbers[0], treaty="att", reader=OPERATOR)
    decline(office, numbers[1], reason="It is on file already.", treaty="att", reader=OPERATOR)
    assert waiting(office) == []
    outcomes = {f.outcome for f in follow_up_list(office) if f.kind == "proposal"}
    assert outcomes == {"done: the proposal was accepted", "done: the proposal was declined"}
    assert told(office, second.id) == []


def test_the_contact_sees_what_became_of_it_and_not_by_whom(office, contact):
    number = brought(office, contact).proposal
    [seen] = proposal_list(office, treaty="att", reader=contact)
    assert (seen.id, seen.result, seen.is_waiting, seen.proposed_by) == (number, "waiting", True, "Mission of Angola")
    officer = eyes(office, the_secretariat(office)[0])
    decline(office, number, reason="Please send the gazette.", treaty="att", reader=officer)
    [seen] = proposal_list(office, treaty="att", reader=contact)
    assert (seen.result, seen.reason, seen.decided_by) == ("declined", "Please send the gazette.", None)
    [seen] = proposal_list(office, treaty="att", reader=officer)
    assert seen.decided_by == "Desk officer"


def test_nobody_else_knows_of_a_proposal(office, contact):
    with_file(office, contact)
    elsewhere = eyes(office, held(office, "Mission of the Philippines", "contact", "PHL")[0])
    assert proposal_list(office, treaty="att", reader=elsewhere) == ()
    for person in (a_champion(office)[0], a_coordinator(office)[0]):
        assert [f for f in follow_up_list(office, reader=eyes(office, person)) if f.kind == "proposal"] == []
        with pytest.raises(NotOnFile):
            proposal_list(office, treaty="att", reader=eyes(office, person))
    for reader in (elsewhere, eyes(office, held(office, "President", "president", "CSP8")[0])):
        with pytest.raises(NotOnFile):
            proposed_file(office, 1, treaty="att", reader=reader)


@pytest.mark.parametrize("role", ["champion", "coordinator", "secretariat", "president"])
def test_only_the_own_contact_proposes(office, role):
    made = {
        "champion": lambda: a_champion(office)[0],
        "coordinator": lambda: a_coordinator(office)[0],
        "secretariat": lambda: the_secretariat(office)[0],
        "president": lambda: held(office, "President", "president", "CSP8")[0],
    }
    with pytest.raises(NotYours):
        brought(office, eyes(office, made[role]()))


def test_a_contact_proposes_for_the_own_state_alone(office, contact):
    with pytest.raises(NotYours):
        brought(office, contact, state="PHL", name="Philippines")
    assert proposal_list(office, treaty="att", reader=OPERATOR) == ()


def test_only_the_secretariat_decides(office, contact):
    number = brought(office, contact).proposal
    for reader in (contact, eyes(office, a_coordinator(office)[0])):
        with pytest.raises(NotYours):
            accept(office, number, treaty="att", reader=reader)
        with pytest.raises(NotYours):
            decline(office, number, reason="No.", treaty="att", reader=reader)
    assert len(waiting(office)) == 1


def test_what_is_decided_is_not_decided_again(office, contact):
    number = brought(office, contact).proposal
    accept(office, number, treaty="att", reader=OPERATOR)
    on_file = len(facts(office))
    with pytest.raises(NotDecided, match="was accepted already"):
        accept(office, number, treaty="att", reader=OPERATOR)
    with pytest.raises(NotDecided, match="was accepted already"):
        decline(office, number, reason="No.", treaty="att", reader=OPERATOR)
    assert len(facts(office)) == on_file


def test_a_proposal_that_may_not_go_on_file_after_all_goes_on_waiting(office, contact):
    number = brought(office, contact, a_filing("annual_report", fields={"year": "2021"})).proposal
    before = len(facts(office))
    with office.registry() as connection:
        connection.execute(text('UPDATE proposal SET data = \'{"year": "1999"}\''))
    with pytest.raises(NotAdmitted):
        accept(office, number, treaty="att", reader=OPERATOR)
    assert (len(facts(office)), len(waiting(office))) == (before, 1)


def test_the_same_proposal_twice_is_one(office, contact):
    once, twice = brought(office, contact), brought(office, contact)
    assert (once.proposal, once.repeated, twice.proposal, twice.repeated) == (1, False, 1, True)
    assert len(waiting(office)) == 1


def test_no_more_wait_than_can_be_read(office, contact):
    for day in range(1, 21):
        brought(office, contact, a_filing(on=f"2022-05-{day:02}"))
    assert "20 proposals of Angola wait already" in faults(office, contact, a_filing())


@pytest.mark.parametrize("kind", ["deposit", "signature", "tier_set", "obstacle", "route", "correction", "step", "x"])
def test_what_a_state_does_not_tell_of_itself_is_not_proposed(office, contact, kind):
    assert "not proposed here" in faults(office, contact, a_filing(kind))


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
        (a_filing("committee"), "needs ministries"),
        (a_filing(reference="a\nb"), "one line"),
        (a_filing(note="x" * 10_001), "at most 10000 characters"),
        (a_filing(annuls=("1",)), "A proposal undoes nothing"),
        (a_filing(sensitivity=Sensitivity.PERSONAL), "ask the Secretariat to hold it more closely"),
        (a_filing(sensitivity=Sensitivity.PUBLIC), "held as confidential"),
    ],
)
def test_a_proposal_that_could_never_go_on_file_is_refused_at_once(office, contact, filing, says):
    assert says in faults(office, contact, filing)
    assert waiting(office) == []


@pytest.mark.parametrize(
    ("reason", "says"), [("", "Say why"), ("  ", "Say why"), ("two\nlines", "one line"), ("x" * 501, "at most 500")]
)
def test_declining_needs_a_reason(office, contact, reason, says):
    number = brought(office, contact).proposal
    with pytest.raises(NotDecided, match=says):
        decline(office, number, reason=reason, treaty="att", reader=OPERATOR)
    assert len(waiting(office)) == 1


def test_a_reason_may_be_set_as_french_is(office, contact):
    number = brought(office, contact).proposal
    decline(office, number, reason="Déjà reçu\u00a0: «\u00a0note 7\u00a0»", treaty="att", reader=OPERATOR)
    assert waiting(office) == []


def test_a_proposal_that_is_not_there_is_not_on_file(office, contact):
    number = brought(office, contact).proposal
    for treaty, given in (("att", 99), ("ccm", number)):
        with pytest.raises(NotOnFile):
            accept(office, given, treaty=treaty, reader=OPERATOR)


def with_file(office, reader, name="law.pdf"):
    with received(office, io.BytesIO(PDF), name) as attachment:
        return brought(office, reader, a_filing(attachment=attachment)).proposal


def kept_files(office):
    return list((office.settings.home / "attachments").glob("??/*"))


def test_the_file_of_a_proposal_goes_on_file_with_the_fact(office, contact):
    number = with_file(office, contact)
    for reader in (contact, OPERATOR):
        assert proposed_file(office, number, treaty="att", reader=reader).path.read_bytes() == PDF
    filed = accept(office, number, treaty="att", reader=OPERATOR).fact
    kept = attachment_of(office, filed.id, treaty="att", reader=contact)
    assert (kept.name, kept.path.read_bytes()) == ("law.pdf", PDF)


def test_the_file_of_a_declined_proposal_is_deleted(office, contact):
    number = with_file(office, contact)
    assert len(kept_files(office)) == 1
    decline(office, number, reason="Not legible.", treaty="att", reader=OPERATOR)
    assert kept_files(office) == []
    with pytest.raises(NotOnFile):
        proposed_file(office, number, treaty="att", reader=contact)


def test_the_file_of_a_refused_proposal_is_not_kept(office, contact):
    with received(office, io.BytesIO(PDF), "law.pdf") as attachment, pytest.raises(NotAdmitted):
        brought(office, contact, a_filing(on="2030-01-01", attachment=attachment))
    assert kept_files(office) == []


def test_what_is_purged_of_a_fact_is_gone_from_the_proposal_it_came_by(office, contact):
    with received(office, io.BytesIO(PDF), "law.pdf") as attachment:
        filing = a_filing(note="Mr Somebody wavers.", attachment=attachment)
        number = brought(office, contact, filing).proposal
    filed = accept(office, number, treaty="att", reader=OPERATOR).fact
    purge(office, STATE, filed.id, treaty="att", name=NAME, reason="A person asked.")
    [seen] = proposal_list(office, treaty="att", reader=contact)
    assert (seen.fact, seen.note, seen.attachment_name) == (filed.id, None, None)
    assert kept_files(office) == []
    with pytest.raises(NotOnFile):
        proposed_file(office, number, treaty="att", reader=contact)
