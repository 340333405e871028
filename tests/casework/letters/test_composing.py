"""Writing: whatever a notice is about, there are words for it in every language we have."""

import pytest

from casework.letters.composing import ENTRY_INTO_FORCE
from casework.letters.undelivered import UNREACHABLE
from notifications.channels import NO_MAIL_SERVER
from notifications.languages import OF_LETTERS
from notifications.phrases import phrases_for
from pathways import pathway, pathways
from pathways.grammar.agenda import Occasion
from pathways.grammar.pathway import By
from tests.casework.letters.occasions import occasions
from tests.made_up_treaty import EVERY_TREATY

#: What keeps a letter from leaving is entered under the name of that lack.
OCCASIONS = {*occasions(), *Occasion, UNREACHABLE, NO_MAIL_SERVER}


def test_an_occasion_is_found_where_something_is_told_under_it():
    assert {"step", "proposal", "proposal_decided", "nobody", "letter_dead", "sign_in"} <= occasions()


@pytest.mark.parametrize("language", OF_LETTERS)
def test_every_occasion_has_its_own_words(language):
    assert {str(occasion) for occasion in OCCASIONS} <= phrases_for(language).texts.keys()


@pytest.mark.parametrize("language", OF_LETTERS)
@pytest.mark.parametrize("declared", EVERY_TREATY, ids=lambda treaty: treaty.key)
def test_every_public_step_and_act_of_every_treaty_has_its_own_words(language, declared):
    phrases = phrases_for(language)
    public = {f"step.{step.name}" for step in declared.steps if step.by is not By.PERSON}
    assert public <= phrases.texts.keys()
    acts = {kind.name for kind in declared.kinds if kind.is_depositary_act and kind.by_hand}
    assert acts <= phrases.names.keys()


@pytest.mark.parametrize("language", OF_LETTERS)
@pytest.mark.parametrize("key", pathways())
def test_every_treaty_and_duty_of_ours_is_called_something_in_every_language(language, key):
    declared = pathway(key)
    assert [duty.name for duty in declared.duties if language not in duty.in_letters] == []
    assert language == "en" or language in declared.title_in


def test_the_step_that_may_give_its_day_is_a_step():
    assert all(treaty.step(ENTRY_INTO_FORCE) for treaty in EVERY_TREATY)
