"""What was told about a State, and what became of it, as its page says."""

from casework.follow_ups.delivery_history import letters_seen
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion
from tests.casework.letters.at_the_post import a_notice, dossier_of


def test_two_notices_of_a_kind_in_one_letter_are_told_of_a_state_once(silent_record_with_mail):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace)
    for key in ("signed", "deposited"):
        a_notice(workspace, person, key, state="AGO", kind="news", occasion="step", about=key)
    a_notice(workspace, person, "late", state="AGO")
    post(workspace, run="test")
    with workspace.reading() as connection:
        told = letters_seen(connection, dossier_of(connection, "AGO"), OPERATOR)
    assert [one.kind for one in told] == ["news", "chase"]
    assert len({one.letter for one in told}) == 1
