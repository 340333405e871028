"""The shape of the house: rooms, sizes, names, and what no file may hold."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from tests.architecture.tree import ROOMS, Rule, directories, modules, texts

MOST = 22  # modules in one folder of code; more is no room
LONGEST = 300  # lines; under 200 is the house's wish
REVISIONS = "models/migrations/versions/"  # written by Alembic, all at once, and never again
# Every directory of the first two levels. A new one is a decision: say why in docs/adr and add it here.
KNOWN = {
    ".ci": set[str](),
    "casework": {
        "access",
        "attention",
        "core",
        "depositary",
        "dossiers",
        "enquiries",
        "exports",
        "files",
        "follow_ups",
        "letters",
        "meetings",
        "operations",
        "overview",
        "papers",
        "people",
        "promises",
        "record",
        "retention",
        "runs",
    },
    "desk": {
        "cli",
        "demo",
        "i18n",
        "locales",
        "pages",
        "processes",
        "runtime",
        "scheduling",
        "server",
        "static",
        "templates",
        "terminal",
        "web",
    },
    "deploy": {"systemd"},
    "docs": {"adr"},
    "flows": set[str](),
    "models": {
        "access",
        "attention",
        "enquiries",
        "follow_ups",
        "ledger",
        "letters",
        "meetings",
        "migrations",
        "people",
        "runs",
        "store",
        "tables",
    },
    "notifications": {"phrases", "refusals"},
    "pathways": {"grammar"},
    "sources": {"records"},
    "tests": {*ROOMS, "architecture", "bench", "browser", "chaos", "data", "fuzz", "house", "stories"},
}
#: Packages whose modules all stand in rooms, and what starts the program or is said on every floor of it.
HALLWAYS = ("casework", "desk", "models")
LOOSE = {"__init__.py", "__main__.py", "about.py", "refusals.py"}
DRAWERS = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E)\b")
ADDRESSES = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian\.org|--(extra-)?index-url"
    r"|https?://[^\s\"']+\.(whl|tar\.gz|tgz|deb)\b|(?<![\w.])/wor[k]/"
)


def unknown_rooms(root: Path) -> Iterator[str]:
    """Find directories that the plan of the house does not have."""
    for place in sorted(directories(root)):
        top, *below = place.split("/")
        if top not in KNOWN or (len(below) == 1 and below[0] not in KNOWN[top]):
            yield f"{place}/ is no room of this house"


def drawers(root: Path) -> Iterator[str]:
    """Find names under which anything could be put."""
    for module in modules(root):
        for part in PurePosixPath(module.place).with_suffix("").parts:
            if DRAWERS & set(part.split("_")):
                yield f"{module.place}: {part} says nothing of what is inside"


def unopened_packages(root: Path) -> Iterator[str]:
    """Find directories of code that would not be installed, having no __init__.py."""
    found = {PurePosixPath(module.place) for module in modules(root, *ROOMS)}
    for directory in sorted({str(place.parent) for place in found}):
        if PurePosixPath(directory, "__init__.py") not in found and not directory.startswith("models/migrations/"):
            yield f"{directory}/ has no __init__.py"


def long_files(root: Path) -> Iterator[str]:
    """Find Python files that want to be two."""
    for module in modules(root):
        lines = len(module.text.splitlines())
        if lines > LONGEST and not module.place.startswith(REVISIONS):
            yield f"{module.place}: {lines} lines, {LONGEST} is the alarm"


def crowded_rooms(root: Path) -> Iterator[str]:
    """Find folders of code in which nothing can be found by looking."""
    places = [PurePosixPath(module.place) for module in modules(root, *ROOMS)]
    held = Counter(str(p.parent) for p in places if p.name != "__init__.py" and not p.is_relative_to(REVISIONS))
    yield from (
        f"{folder}/ holds {count} modules, {MOST} at the most" for folder, count in held.items() if count > MOST
    )


def loose_modules(root: Path) -> Iterator[str]:
    """Find modules that lie in a hallway instead of in a room; what starts the program may."""
    for module in modules(root, *HALLWAYS):
        place = PurePosixPath(module.place)
        if len(place.parts) == 2 and place.name not in LOOSE:
            yield f"{place} lies loose: give it the room of its capability"


def silent_modules(root: Path) -> Iterator[str]:
    """Find public modules that do not say what they are for."""
    for module in modules(root, *ROOMS):
        name = PurePosixPath(module.place).name
        private = name.startswith("_") and name != "__init__.py"
        if not private and not ast.get_docstring(ast.parse(module.text)):
            yield f"{module.place}: no docstring says what this is for"


def unfinished(root: Path) -> Iterator[str]:
    """Find what was left for later."""
    yield from _lines_with(root, UNFINISHED)


def addresses(root: Path) -> Iterator[str]:
    """Find addresses of package registries, and paths of somebody's machine."""
    yield from _lines_with(root, ADDRESSES)


def _lines_with(root: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    for place, text in texts(root):
        for number, line in enumerate(text.splitlines(), start=1):
            if found := pattern.search(line):
                yield f"{place}:{number}: {found[0]}"


RULES = (
    Rule(
        name="every directory is a known room",
        offences=unknown_rooms,
        broken={"desk/widgets/button.py": ""},
    ),
    Rule(
        name="no room is a drawer",
        offences=drawers,
        broken={"casework/date_utils.py": ""},
    ),
    Rule(
        name="every package opens",
        offences=unopened_packages,
        broken={"desk/pages/states.py": ""},
    ),
    Rule(
        name="no file is too long",
        offences=long_files,
        broken={"tests/builders.py": "x = 1\n" * (LONGEST + 1)},
    ),
    Rule(
        name="no room is crowded",
        offences=crowded_rooms,
        broken={f"casework/dossiers/a{number}.py": "" for number in range(MOST + 1)},
    ),
    Rule(
        name="nothing lies loose beside the rooms",
        offences=loose_modules,
        broken={"casework/steps.py": ""},
    ),
    Rule(
        name="every public module says what it is for",
        offences=silent_modules,
        broken={"models/tables.py": "x = 1"},
    ),
    Rule(
        name="nothing is left for later",
        offences=unfinished,
        broken={"README.md": "To be done: " + "TO" + "DO"},
    ),
    Rule(
        name="no registry and no machine is named",
        offences=addresses,
        broken={"docs/setup.md": "See https://" + "pypi" + ".org/simple"},
    ),
)
