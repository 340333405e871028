"""The pages about the house speak of the house that stands."""

import ast
import re

import pytest

from casework.core.settings import Settings
from desk.web.visit import OPEN
from notifications.offices import KINDS
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.facts import SourceKind
from pathways.grammar.roles import Role
from pathways.grammar.stages import Instrument, Stage, Standing
from tests.architecture.tree import ROOT, modules

DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
PLACE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:toml|txt|yaml|py))`")
ONE_SCREEN = 40  # lines


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_fits_a_screen_and_names_checks_that_exist(decision):
    text = decision.read_text()
    assert len(text.splitlines()) <= ONE_SCREEN
    held_by = text.partition("**Held by.**")[2]
    places = PLACE.findall(held_by)
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_decisions_are_numbered_without_a_gap():
    assert [int(decision.name[:4]) for decision in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize(
    "words", [Stage, Standing, Instrument, Role, SourceKind, Sensitivity], ids=lambda e: e.__name__
)
def test_the_glossary_has_every_word_the_rules_use(words):
    glossary = (ROOT / "docs/glossary.md").read_text().lower()
    said = [word.name.lower().replace("_", " ") for word in words]
    assert [word for word in said if not re.search(rf"\b{word}\b", glossary)] == []


def test_the_glossary_has_the_rooms_and_the_classes_of_the_grammar():
    said = set(re.findall(r"`(\w+)`", (ROOT / "docs/glossary.md").read_text()))
    rooms = {path.parent.name for top in ("casework", "models") for path in ROOT.glob(f"{top}/*/__init__.py")}
    grammar = {
        node.name
        for module in modules(ROOT, "pathways")
        for node in module.nodes()
        if isinstance(node, ast.ClassDef) and module.place.startswith("pathways/grammar/") and node.name[0] != "_"
    }
    assert len(grammar) > 50
    assert sorted((rooms | grammar) - said) == []


def test_the_changelog_tells_what_is_not_released_yet():
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text()


def test_the_example_of_a_proxy_writes_no_link_that_lets_somebody_in_into_its_log():
    told = (ROOT / "docs/operating.md").read_text()
    [quiet] = re.findall(r"location ~ (\S+) \{[^}]*?^ *access_log off;", told, re.MULTILINE)
    assert [path for path in OPEN if "{token}" in path and not re.match(quiet, path)] == []


def test_the_operator_reads_of_just_those_settings_and_rooms_that_are_taken():
    told = (ROOT / "docs/operating.md").read_text()
    rows = re.findall(r"^\| `ACCEDE_[^|]*\|([^|]*)\|", told, re.MULTILINE)
    settings = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert settings == Settings.model_fields.keys() - {"home", "offices"}, "the home is an option, rooms have fields"
    [(first, others)] = re.findall(r'^kind = "(\w+)" +# or ([\w, ]+)', told, re.MULTILINE)
    assert [first, *re.findall(r"\w+", others.partition(" (")[0])] == [*KINDS]


def test_the_readme_says_that_no_licence_is_chosen_while_there_is_none():
    says_none = "No licence has been chosen yet for this program." in (ROOT / "README.md").read_text()
    assert says_none is not any(ROOT.glob("LICEN[CS]E*"))
