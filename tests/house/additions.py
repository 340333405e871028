"""The first six additions that docs/contributing.md speaks of, as somebody makes them who reads that page."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
        words.write_text(words.read_text().replace("role_contact =", 'role_rapporteur = "rapporteur"\nrole_contact ='))
    (tree / "docs/glossary.md").open("a").write("\n| **rapporteur** | Who reports on a region. |\n")
    translated(tree, "rapporteur", "مقرر")


def the_schedules(tree: Path) -> None:
    """Do what `make schedules` does."""
    run(tree, "-m", "desk.scheduling.prefect_file")


#: A rapporteur of Africa, appointed by the commands: where is a stage read, and how does the filing of a fact end?
OF_A_ROLE = """
import json, os, tempfile
from click.testing import CliRunner
from desk.cli.main import cli

def does(*words):
    return CliRunner().invoke(cli, words, env={"ACCEDE_HOME": home})

def made(what, *words):
    return str(json.loads(does(*words, "--json").stdout)[what])

home = tempfile.mkdtemp()
does("init", "--training", "2022-06-21")
mandate = made("mandate", "mandate", "add", "rapporteur", "NAM", "--region", "Africa", "--from", "2022-01-01")
person = made("person", "people", "add", "Rapporteur", "--email", "rapporteur@mission.example")
does("people", "hold", person, mandate, "--from", "2022-01-01")
fact = ("exchange", "--on", "2022-06-20", "--source", "note_verbale:NV 9/2022")
print([
    (
        state,
        json.loads(does("dossier", state, "--as", person, "--json").stdout)["stage"] is not None,
        does("fact", state, *fact, "--as", person).exit_code,
    )
    for state in ("AGO", "PHL")
])
"""

ADDITIONS = (
    Addition(
        what="proof",
        key="focal_group",
        edits={
            "pathways/att.py": [
                ('    proof("committee", ', '    proof("focal_group", "focal group of officials named"),\n'),
                ('"needs_recorded")),\n', '"focal_group", '),
            ],
            "tests/pathways/test_journey.py": [
                ("CONTACT, NEEDS).target", 'a_fact("focal_group", "2024-02-10"), '),
                ('"needs_recorded")\n    assert move("ask', '"focal_group", '),
                ('"needs_recorded"]\n    assert "voice', '"focal_group", '),
            ],
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
        key="rapporteur",
        edits={
            "pathways/grammar/roles.py": [
                ('    CONTACT = "contact"', '    RAPPORTEUR = "rapporteur"\n'),
                (
                    "    Role.CONTACT: Powers",
                    "    Role.RAPPORTEUR: Powers(\n"
                    "        serves=Reach.SCOPE,\n"
                    "        coordination=Reach.SCOPE,\n"
                    "        may=frozenset({Right.FILE}),\n"
                    "        of_a_state=True,\n"
                    "    ),\n",
                ),
            ],
            "desk/i18n/codes.py": [('    "contact": _(', '    "rapporteur": _("rapporteur"),\n')],
        },
        texts=the_words_of_a_role,
        ask=OF_A_ROLE,
        answer="[('AGO', True, 0), ('PHL', False, 1)]",
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
