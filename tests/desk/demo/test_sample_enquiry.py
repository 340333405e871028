"""The sample enquiry: half of the States have answered, one answer waits, and it says that it is a sample."""

from pathlib import Path

import pytest

from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.overview import enquiry_page
from casework.letters.posting import post
from casework.record.opening import move_clock
from desk.demo import sample_enquiry
from desk.demo.mailbox_folder import Box
from desk.demo.sample_people import TREATY, fill_offices
from desk.demo.scenario import DAY, EVE
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_workspace
from tests.casework.enquiries.asked import written

#: How each letter begins, in the three languages that are written to.
TRAINING = ("Training record", "Dossier d", "Registro de práctica")
README = Path(__file__).parents[3] / "README.md"


@pytest.fixture
def workspace(tmp_path, mail_server):
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    opened = a_workspace(tmp_path, training=str(sample_enquiry.ASKED), **mail)
    fill_offices(opened)
    yield opened
    opened.close()


def box(mail_server, folder):
    """Return what has come as it would lie in the mailbox of a demonstration."""
    found = Box(folder)
    for letter in mail_server.messages[found.count() :]:
        found.put(letter.message.as_bytes(), letter.recipients)
    return found


def test_half_have_answered_and_one_answer_waits_to_be_accepted(workspace, mail_server, tmp_path):
    sample_enquiry.open_enquiry_of_samples(workspace)
    for day, answer in ((EVE, sample_enquiry.answer_at_once), (DAY, sample_enquiry.answer_once_reminded)):
        move_clock(workspace, day)
        sample_enquiry.remind(workspace)
        post(workspace, run="post")
        answer(workspace, box(mail_server, tmp_path / "box"))
    page = enquiry_page(workspace, treaty=TREATY, reader=OPERATOR)
    assert page.shown.sent == 84
    assert page.shown.answered == 48
    assert set(page.nobody) == sample_enquiry.UNREACHED
    reminded = {state for state, *_ in written(workspace, "enquiry_again")}
    silent = {one.state for one in page.silent}
    assert sample_enquiry.SILENT <= silent < reminded
    every = proposal_list(workspace, treaty=TREATY, most=None, reader=OPERATOR)
    assert {one.state for one in every if one.is_waiting} == {sample_enquiry.WAITS}
    assert all("no State was asked" in one.note for one in every if one.kind == "enquiry_answer")
    assert all(letter.text.startswith(TRAINING) for letter in mail_server.messages)


def test_the_readme_leads_to_the_answer_that_waits():
    assert "answer waits for you: accept it" in " ".join(README.read_text().split())
