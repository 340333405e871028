"""What was told about a State, and what became of it, as its page says."""

from casework.follow_ups.actions import close
from casework.follow_ups.delivery_history import Delivery, letters_seen
from casework.follow_ups.page import follow_up_page
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, eyes, silent_states
from tests.casework.letters.at_the_post import a_notice, dossier_of
from tests.mailserver import Answer


def test_two_notices_of_a_kind_in_one_letter_are_told_of_a_state_once(silent_record_with_mail):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace)
    for key in ("signed", "deposited"):
        a_notice(workspace, person, key, state="AGO", kind="news", occasion="step", about=key)
    a_notice(workspace, person, "late", state="AGO")
    post(workspace, run="test")
    with workspace.reading() as connection:
        told = letters_seen(connection, dossier_of(connection, "AGO"), "AGO", OPERATOR)
    assert [one.kind for one in told] == ["news", "chase"]
    assert len({one.letter for one in told}) == 1


def test_a_letter_that_reached_nobody_is_not_answered_by_whoever_hears_of_it_otherwise(
    silent_record_with_mail, mail_server
):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace)
    mail_server.answers["champion.of.nam@mission.example"] = Answer.REFUSE
    id_ = silent_states(workspace)["AGO"]
    post(workspace, run="test")
    close(workspace, id_, "done: met at the reception", reader=eyes(workspace, person), treaty=None)
    [told] = follow_up_page(workspace, id_, treaty="att", reader=OPERATOR).chain.told
    assert (told.delivery, told.answered_at) == (Delivery.FAILED, None)
