"""Whoever proposed something for the own State's record is told by letter that it is decided, and not how."""

import pytest

from casework.dossiers.deciding import accept, decline
from casework.dossiers.filing import Filing
from casework.dossiers.proposing import propose
from casework.letters.administration import list_letters
from casework.letters.letter_link import follow
from casework.letters.posting import post
from casework.people.holds import hold
from casework.people.persons import add_person
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from tests.appointments import FROM, a_mandate, eyes, held
from tests.builders import a_workspace
from tests.mailserver import HOST

STATE, NAME, ADDRESS = "AGO", "Angola", "mission.of.angola@mission.example"
SAID = (
    "What you proposed for your State\N{RIGHT SINGLE QUOTATION MARK}s record is decided; how, and why, is on the page."
)


@pytest.fixture
def workspace(tmp_path, record_url, mail_server):
    workspace = a_workspace(
        tmp_path, record_url, opened=False, smtp_host=HOST, smtp_port=mail_server.port, smtp_security="none"
    )
    yield workspace
    workspace.close()


def proposed(workspace, reader, day):
    filing = Filing(
        kind="signal", effective=PartialDate.parse(day), source=SourceKind.NOTE_VERBALE, reference=f"NV of {day}"
    )
    return propose(workspace, STATE, filing, treaty="att", name=NAME, reader=reader).proposal


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_letter_tells_neither_the_state_nor_the_decision_and_leads_to_the_proposals(
    workspace, mail_server, language
):
    person = add_person(workspace, "Mission of Angola", email=ADDRESS, language=language, reader=OPERATOR)
    hold(workspace, person, a_mandate(workspace, "contact", STATE), from_=FROM, reader=OPERATOR, treaty=None)
    number = proposed(workspace, eyes(workspace, person), "2026-06-01")
    decline(workspace, number, reason="Please send the gazette.", treaty="att", reader=OPERATOR)
    assert post(workspace, run="at noon").sent == 1, list_letters(workspace, reader=OPERATOR)
    [mail] = mail_server.messages
    assert (SAID in mail.text) is (language == "en")
    for secret in (NAME, "gazette", "declined", "refus", "rechaz"):
        assert secret not in mail.text
    [letter] = list_letters(workspace, reader=OPERATOR)
    assert follow(workspace, letter.letter, reader=eyes(workspace, person)) == "/proposals"


def test_two_decisions_of_a_day_stand_in_one_letter(workspace, mail_server):
    contact = eyes(workspace, held(workspace, "Mission of Angola", "contact", STATE)[0])
    first, second = (proposed(workspace, contact, day) for day in ("2026-06-01", "2026-06-02"))
    accept(workspace, first, treaty="att", reader=OPERATOR)
    decline(workspace, second, reason="It says the same.", treaty="att", reader=OPERATOR)
    post(workspace, run="at noon")
    [mail] = mail_server.messages
    assert f"2 times: {SAID}" in mail.text


def test_nobody_else_is_told(workspace, mail_server):
    contact = eyes(workspace, held(workspace, "Mission of Angola", "contact", STATE)[0])
    held(workspace, "Mission of Japan", "contact", "JPN")
    accept(workspace, proposed(workspace, contact, "2026-06-01"), treaty="att", reader=OPERATOR)
    post(workspace, run="at noon")
    assert [mail.recipients for mail in mail_server.messages] == [(ADDRESS,)]
