"""The house keeps its rules, and each rule is seen when it is broken."""

import pytest

from tests.architecture import defaults, once, sentences, shape, told, words
from tests.architecture.tree import ROOMS, ROOT, modules

RULES = (*words.RULES, *shape.RULES, *once.RULES, *defaults.RULES, *sentences.RULES, *told.RULES)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_the_house_keeps_its_rule(rule):
    offences = list(rule.offences(ROOT))
    assert not offences, "\n".join([f"{rule}:", *offences])


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_broken_rule_is_seen(rule, tmp_path):
    for place, text in rule.broken.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(text)
    assert list(rule.offences(tmp_path))


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_the_rules_walk_the_real_rooms(room):
    assert list(modules(ROOT, room))
