"""docs/contributing.md tells the truth: what it says to touch is enough, and the tests it names say so.

Each addition is made on a copy of the tree, by the files that the page names and by no other.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, files

PAGE = (ROOT / "docs/contributing.md").read_text()
PLACE = re.compile(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.yaml)`")
SECONDS = 300  # at most, for the tests that the page names for one addition

Edit = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Addition:
    """Something added: what is written where, and a question that only a tree with it answers so.

    An edit is the text before which, in its file, the new text is set. `key` is what the page calls NAME.
    """

    what: str
    key: str
    edits: dict[str, list[Edit]]
    ask: str
    answer: str
    texts: Callable[[Path], None] = lambda tree: None
    new: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.what


def letters_of_another_language(tree: Path) -> None:
    """Write the texts of the letters: here the English ones, where a translator would begin."""
    shutil.copytree(tree / "notifications/phrases/en", tree / "notifications/phrases/pt")


def translated(tree: Path, text: str, says: str) -> None:
    """Do what `make words` does, then translate the one new text."""
    run(tree, "-m", "desk.i18n.extract")
    catalogue = tree / "desk/locales/ar/messages.po"
    before = f'msgid "{text}"\nmsgstr "'
    assert f'{before}"\n' in catalogue.read_text()
    catalogue.write_text(catalogue.read_text().replace(before, before + says))


def the_title_of_a_column(tree: Path) -> None:
    """Gather and translate it."""
    translated(tree, "To be reviewed on", "تُراجع في")


def the_words_of_a_role(tree: Path) -> None:
    """Write what letters call it in each language, what the glossary says of it, and its translation."""
    for words in (tree / "notifications/phrases").glob("*/words.toml"):
        words.write_text(words.read_text().replace("role_contact =", 'role_observer = "observer"\nrole_contact ='))
    (tree / "docs/glossary.md").open("a").write("\n| **observer** | Who looks on. |\n")
    translated(tree, "observer", "مراقب")


def the_schedules(tree: Path) -> None:
    """Do what `make schedules` does."""
    run(tree, "-m", "desk.scheduling.prefect_file")


ADDITIONS = (
    Addition(
        what="proof",
        key="focal_group",
        edits={
            "pathways/att.py": [
                ('    proof("committee", ', '    proof("focal_group", "focal group of officials named"),\n'),
                ('"needs_recorded")),\n', '"focal_group", '),
            ]
        },
        ask="from pathways.att import PATHWAY as p; print([s.needs for s in p.steps if s.name == 'ask_for_help'])",
        answer="focal_group",
    ),
    Addition(
        what="channel",
        key="gotify",
        edits={
            "notifications/offices.py": [
                (
                    "#: The allow-list: ",
                    "@dataclass(frozen=True, kw_only=True, slots=True)\n"
                    "class Gotify(Office):\n"
                    '    """A Gotify server."""\n\n'
                    '    scheme = "gotify"\n'
                    "    token: str = field(repr=False)\n\n"
                    "    def _path(self) -> str:\n"
                    "        return part(self.token)\n\n\n",
                ),
                ("}\n\n\ndef office(", '    "gotify": Gotify,\n'),
            ]
        },
        ask="from notifications.offices import office;"
        " print(office('x', {'kind': 'gotify', 'serves': 'x', 'host': 'a.example', 'token': 't'}).url(letter='1'))",
        answer="gotifys://a.example:443/t?",
    ),
    Addition(
        what="language",
        key="pt",
        edits={
            "notifications/languages.py": [
                (
                    '            Language(code="fr"',
                    '            Language(code="pt", name="Português", title="Portuguese", locale="pt",'
                    " has_letters=True),\n",
                )
            ],
            "pathways/att.py": [
                ('"fr": "Traité sur le commerce des armes"', '"pt": "Tratado sobre o Comércio de Armas", '),
                ('"fr": "le rapport initial"', '"pt": "o relatório inicial", '),
                ('"fr": "le rapport annuel"', '"pt": "o relatório anual", '),
            ],
        },
        texts=letters_of_another_language,
        ask="from notifications.phrases import phrases_for; print(phrases_for('pt').language)",
        answer="pt",
    ),
    Addition(
        what="column",
        key="review",
        edits={
            "casework/overview/states_columns.py": [
                (
                    '            Column(name="next"',
                    "            Column(\n"
                    '                name="review",\n'
                    '                title="To be reviewed on",\n'
                    "                value=lambda case: case.snapshot.review_on,\n"
                    "                said_as=SaidAs.DAY,\n"
                    "            ),\n",
                )
            ]
        },
        texts=the_title_of_a_column,
        ask="from casework.overview.states_columns import COLUMNS; print(*COLUMNS)",
        answer="review",
    ),
    Addition(
        what="role",
        key="observer",
        edits={
            "pathways/grammar/roles.py": [
                ('    CONTACT = "contact"', '    OBSERVER = "observer"\n'),
                ("    Role.CONTACT: Powers", "    Role.OBSERVER: Powers(parties=Reach.EVERYWHERE),\n"),
            ],
            "desk/i18n/codes.py": [('    "contact": _(', '    "observer": _("observer"),\n')],
        },
        texts=the_words_of_a_role,
        ask="from pathways.grammar.roles import Role, powers; print(*Role, powers('observer').parties)",
        answer="everywhere",
    ),
    Addition(
        what="flow",
        key="greet",
        new=(
            (
                "flows/greet.py",
                '"""The flow “greet”: once a day."""\n\n'
                "from prefect import flow\n\n\n"
                "@flow(flow_run_name='greet', retries=0)\n"
                "def greet() -> None:\n"
                '    """Greet the day."""\n',
            ),
        ),
        edits={
            "casework/operations/flows.py": [
                ('    ADVANCE = "advance"', '    GREET = "greet"\n'),
                (
                    "        Flow.ADVANCE: Declared(",
                    "        Flow.GREET: Declared(\n"
                    '            deployed="day",\n'
                    '            title="Greeting",\n'
                    '            does="Greets the day.",\n'
                    "            schedule=Schedule(at=time(7, 15)),\n"
                    '            work=lambda job: "greet: done",\n'
                    "        ),\n",
                ),
            ]
        },
        texts=the_schedules,
        ask="print(open('prefect.yaml').read())",
        answer="entrypoint: flows.greet.greet",
    ),
)


def told(what: str, key: str) -> tuple[set[str], list[str]]:
    """Return the places the page says to touch to add something, and the tests it says to run."""
    [(touch, run)] = re.findall(
        rf"^\*\*An? {what}\.\*\* (.+?)\bRun\s(.+?)(?:\.\s|\n\n)", PAGE, re.DOTALL | re.MULTILINE
    )
    return {place.replace("NAME", key) for place in PLACE.findall(touch)}, PLACE.findall(run)


def contents(tree: Path) -> dict[str, bytes]:
    """Return every file of a tree but what Python keeps beside it."""
    return {
        path.relative_to(tree).as_posix(): path.read_bytes()
        for path in tree.rglob("*")
        if path.is_file() and not {"__pycache__", ".pytest_cache"} & {*path.parts}
    }


def touched(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Return what was changed, made or taken away."""
    return {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}


def run(tree: Path, *arguments: str) -> str:
    """Run Python in a tree, on its own modules, and return what it said; a failure shows all of it."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.fixture
def tree(tmp_path):
    """Give a copy of what belongs to the project."""
    copy = tmp_path / "accede"
    for file in files(ROOT):
        place = copy / file.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, place)
    return copy


@pytest.mark.slow
@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("addition", ADDITIONS, ids=str)
def test_an_addition_takes_the_files_that_the_page_names_and_passes_the_tests_it_names(addition, tree):
    places, tests = told(addition.what, addition.key)
    before = contents(tree)
    for place, edits in addition.edits.items():
        text = (tree / place).read_text()
        for mark, new in edits:
            assert text.count(mark) == 1, f"{place}: {mark}"
            text = text.replace(mark, new + mark)
        (tree / place).write_text(text)
    for place, text in addition.new:
        (tree / place).write_text(text)
    addition.texts(tree)
    assert addition.answer in run(tree, "-c", addition.ask)
    run(tree, "-m", "pytest", "-q", "-m", "not slow", "-p", "no:cacheprovider", *tests)
    elsewhere = [p for p in touched(before, contents(tree)) if not any(p == q or p.startswith(q) for q in places)]
    assert not elsewhere


def test_the_page_names_what_stands_there():
    places = [place for place in PLACE.findall(PAGE) if "NAME" not in place]
    assert places
    assert [place for place in places if not (ROOT / place).exists()] == []


def test_the_page_is_one_page():
    assert len(PAGE.splitlines()) <= 100
