"""A name is in the letters of one script; a look-alike of another is seen."""

import pytest

from sources.scripts import letters_of_another_script
from sources.states import load_register


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("P\u0435ru", ["\u0435"]),  # a Cyrillic e
        ("\u0420\u0435ru \u0420eru", ["\u0420", "\u0435"]),
        ("Gree\u03bae", ["\u03ba"]),  # a Greek kappa
        ("\u0420\u043e\u0441\u0441ия a", ["a"]),  # a Latin a at the end
        ("Peru (بيرو)", ["ب", "ي", "ر", "و"]),
        ("中国 China", ["中", "国"]),
    ],
)
def test_letters_of_another_script_than_the_most_are_named(text, odd):
    assert list(letters_of_another_script(text)) == odd


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1 - 2",
        "Côte d\u02bcIvoire",  # an apostrophe that is a letter
        "Cote\u0301 d'Ivoire (the)",  # a mark that stands on its letter
        "Република Северна Македонија",
        "日本のカード",
        "대한민국(大韓民國)",
        "\uff30eru",  # a wide P is a P all the same
        "1\u00aa Região",
    ],
)
def test_what_one_language_writes_together_is_one(text):
    assert letters_of_another_script(text) == ()


def test_every_name_that_comes_with_the_program_is_in_one_script():
    names = {name for entry in load_register().entries for name in (*entry.names.values(), *entry.aliases)}
    assert {name: odd for name in names if (odd := letters_of_another_script(name))} == {}
    assert len(names) > 1_000
