"""Refusals and remarks in words: every code has its sentence, and no sentence waits for a code that nobody uses."""

import ast
import re
from collections import Counter
from datetime import date

import pytest

from notifications.refusals import ROOMS, SENTENCES, Wording, sentence
from pathways.grammar.dates import PartialDate
from pathways.grammar.refusals import OneOf, Refused, Word, refusal, remark
from pathways.grammar.stages import Stage
from tests.architecture.tree import ROOMS as ROOMS_OF_CODE
from tests.architecture.tree import ROOT, modules

PLACE = re.compile(r"%\((\w+)\)s")
MADE_BY = ("refusal", "remark")


def raised():
    """Yield every refusal and remark that the program makes: where it stands, its code, and the names of its values."""
    for module in modules(ROOT):
        for call in module.nodes() if module.room in ROOMS_OF_CODE else ():
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MADE_BY:
                code = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
                yield (
                    module.at(call, call.func.id),
                    code,
                    {word.arg for word in call.keywords} - {"field"},
                )


def test_a_code_stands_where_it_is_raised_and_is_not_put_together():
    assert [place for place, code, names in raised() if not isinstance(code, str) or None in names] == []


def test_every_code_that_is_raised_has_a_sentence_and_every_sentence_is_raised():
    assert {code for _, code, _ in raised()} - {"plain"} == set(SENTENCES)


def test_a_sentence_names_just_the_values_that_are_given_with_its_code():
    wanted = {code: set(PLACE.findall(says)) for code, says in SENTENCES.items()}
    assert [(place, code) for place, code, names in raised() if code != "plain" and names != wanted[code]] == []


def test_a_code_has_one_sentence_and_a_sentence_one_code():
    codes = Counter(code for room in ROOMS for code in room.SENTENCES)
    assert [code for code, times in codes.items() if times > 1] == []
    assert [says for says, times in Counter(SENTENCES.values()).items() if times > 1] == []


@pytest.mark.parametrize("says", SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_has_nothing_but_named_places(says):
    assert "%" not in PLACE.sub("", says)


# A handful of sentences, word by word.


def test_a_refusal_is_said_in_english():
    wrong = refusal(
        "step_from_another_stage_others_open",
        step="prepare_instrument",
        sources=OneOf((Stage.LEGISLATION, Stage.DEPOSIT)),
        stage=Stage.INTEREST,
        open=("ask_for_help", "start_drafting"),
    )
    assert sentence(wrong) == (
        "“prepare_instrument” leads on from legislation or deposit; this State is at interest."
        " Open from here: ask_for_help, start_drafting."
    )


def test_a_day_is_said_as_it_is_known_and_a_sentence_begins_with_a_large_letter():
    wrong = refusal("act_on_file_already", title=Word("deposit of the instrument"), day=PartialDate.parse("2024-06"))
    assert sentence(wrong) == (
        "Deposit of the instrument of 2024-06 is on file already. If the depositary differs, take in its table."
    )


def test_another_wording_says_words_days_and_several_its_own_way():
    other = Wording(word=lambda code: f"<{code}>", day=lambda day: "a day", either=" / ", comma="; ")
    sources = OneOf((Stage.INTEREST, Stage.DEPOSIT))
    wrong = refusal("step_from_another_stage", step="x", sources=sources, stage=Stage.OUTSIDE)
    assert sentence(wrong, other) == "“x” leads on from <interest> / <deposit>; this State is at <outside>."
    assert sentence(refusal("not_bound_yet", day=date(2022, 6, 22)), other).endswith("for this State on a day.")


def test_what_was_raised_shows_codes_and_no_word_that_might_be_told_in_confidence():
    wrong = Refused(refusal("no_dossier", state="Atlantis"), refusal("step_not_annulled", field="annuls"))
    assert str(wrong) == "no_dossier step_not_annulled"
    assert (wrong.codes, wrong.fields) == (("no_dossier", "step_not_annulled"), ("", "annuls"))
    assert wrong.refusals[0].values == {"state": "Atlantis"}
    assert wrong.refusals[0] == refusal("no_dossier", state="Atlantis")
    assert len({*wrong.refusals, *wrong.refusals}) == 2


def test_an_address_at_the_beginning_stands_as_it_is():
    assert sentence(remark("it_answers", where="http://127.0.0.1:4200")) == "http://127.0.0.1:4200 answers."
    assert sentence(refusal("step_taken_by_person", step="x")).startswith("“x” is")
