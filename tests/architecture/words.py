"""Words that may stand in one place only: what import contracts cannot say."""

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.architecture.tree import ROOMS, Module, Rule, dotted, modules, texts

CLOCKS = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|localtime|gmtime)"
    r"|func\.(now|current_timestamp|current_date))$"
)
ENVIRONMENT = re.compile(r"^os\.(environ|environb|getenv|putenv)$")
LEFT_OUT = re.compile(r"^pytest\.(skip|xfail|importorskip|mark\.(skip|skipif|xfail))$")
#: An article, a title, a duty, an organ, a number of its depositary: a declaration says it, and nobody else.
ONE_TREATYS = re.compile(
    r"\bart\. ?\d[\d()]*|Arms Trade|\b[Aa]nnual report\b|\b[Ii]nitial report\b|\bWGTU\b|\bCSP\d|\bATT\b|\bC\.N\.|XXVI-8"
    r"|Treaty Section|\bwelcome pack\b"
)
OF_EVERY_TREATY = ("pathways/grammar/", "casework/", "flows/", "models/", "notifications/", "desk/")
#: The sample offices and cases are of the Arms Trade Treaty; translations hold the titles of every declared treaty.
OF_ONE_TREATY = ("desk/demo/", "desk/locales/")
ACTS = {"asyncio", "http", "logging", "os", "random", "secrets", "shutil", "socket", "sqlite3", "subprocess"}
ACTS |= {"tempfile", "threading", "time", "urllib"}


def called_only_in(word: str, *places: str) -> Callable[[Path], Iterator[str]]:
    """Find calls of a function or method of this name outside some files or rooms."""

    def offences(root: Path) -> Iterator[str]:
        for module in modules(root, *ROOMS):
            if not module.place.startswith(places):
                yield from (module.at(call, f"{word}() belongs to {places[0]}") for call in _calls(module, word))

    return offences


def one_caller_of(word: str) -> Callable[[Path], Iterator[str]]:
    """Find too few or too many places that call a method."""

    def offences(root: Path) -> Iterator[str]:
        callers = [module.at(call, word) for module in modules(root, *ROOMS) for call in _calls(module, word)]
        if len(callers) != 1:
            yield f"{word}() has {len(callers)} callers, not one: {', '.join(callers) or 'none'}"

    return offences


def named_only_in(names: re.Pattern[str], rooms: tuple[str, ...], *places: str) -> Callable[[Path], Iterator[str]]:
    """Find names, however imported, outside some files."""

    def offences(root: Path) -> Iterator[str]:
        for module in modules(root, *rooms):
            if not module.place.startswith(places):
                yield from (module.at(node, name) for node, name in _names(module) if names.search(name))

    return offences


def names_no_treaty(root: Path) -> Iterator[str]:
    """Find what only the declaration of a treaty may say, in what must serve every treaty."""
    for place, text in texts(root):
        if place.startswith(OF_EVERY_TREATY) and not place.startswith(OF_ONE_TREATY):
            for number, line in enumerate(text.splitlines(), start=1):
                yield from (f"{place}:{number}: “{found}” is one treaty's" for found in ONE_TREATYS.findall(line))


def pathways_are_pure(root: Path) -> Iterator[str]:
    """Find imports in pathways/ that are neither its own, nor of the standard library and harmless."""
    for module in modules(root, "pathways"):
        for node, name in _imports(module):
            top = name.split(".")[0]
            own = top in {"pathways", "transitions"}  # who may import transitions is an import contract's
            if not own and (top not in sys.stdlib_module_names or top in ACTS):
                yield module.at(node, f"pathways/ is rules alone, and imports {top}")


def _calls(module: Module, word: str) -> Iterator[ast.Call]:
    for node in module.nodes():
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == word:
            yield node


def _names(module: Module) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    yield from ((node, dotted(node)) for node in module.nodes() if isinstance(node, ast.Attribute))
    yield from _imports(module)


def _imports(module: Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in module.nodes():
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module or ''}.{alias.name}") for alias in node.names)


RULES = (
    Rule(
        name="what serves every treaty names none",
        offences=names_no_treaty,
        broken={"pathways/grammar/needs.py": 'SAYS = "an instrument of the kind open to the State (art. 21)"'},
    ),
    Rule(
        name="only the workspace commits",
        offences=called_only_in("commit", "casework/core/workspace.py"),
        broken={"casework/dossiers/steps.py": "session.commit()"},
    ),
    Rule(
        name="only the workspace opens the store to write",
        offences=called_only_in("writing", "casework/core/workspace.py", "models/store/engine.py"),
        broken={"desk/server/app.py": "with workspace.store.writing() as connection: pass"},
    ),
    Rule(
        name="only the store begins a transaction",
        offences=called_only_in("begin", "models/store/engine.py"),
        broken={"models/ledger/dossiers.py": "with engine.begin(): pass"},
    ),
    Rule(
        name="only storage selects",
        offences=called_only_in("select", "models/"),
        broken={"desk/pages/states.py": "from sqlmodel import select\nselect(State)"},
    ),
    Rule(
        name="one place carries letters out",
        offences=one_caller_of("carry"),
        broken={"notifications/outbox.py": "channel.carry(a)", "flows/post.py": "channel.carry(b)"},
    ),
    Rule(
        name="only the workspace has a clock",
        offences=named_only_in(CLOCKS, (*ROOMS, "tests"), "casework/core/workspace.py"),
        broken={"casework/dossiers/steps.py": "from datetime import date\ntoday = date.today()"},
    ),
    Rule(
        name="only the settings read the environment",  # others: what children are told, and where no proxy stands
        offences=named_only_in(
            ENVIRONMENT, ROOMS, "casework/core/settings.py", "desk/runtime/supervisor.py", "notifications/proxies.py"
        ),
        broken={"flows/sweep.py": "from os import environ"},
    ),
    Rule(
        name="no test leaves itself out",
        # These two say aloud that a machine has no PostgreSQL, or no Chromium; with CI=true that fails.
        offences=named_only_in(LEFT_OUT, ("tests",), "tests/stores.py", "tests/browser/conftest.py"),
        broken={"tests/flows/test_sweep.py": "import pytest\n@pytest.mark.skip\ndef test_it(): pass"},
    ),
    Rule(
        name="rules are pure",
        offences=pathways_are_pure,
        broken={"pathways/grammar/agenda.py": "import logging"},
    ),
)
