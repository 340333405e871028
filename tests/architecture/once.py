"""What is declared once: a second list of languages, columns, schedules or periods is found wherever it stands."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeGuard

from pathways.grammar.roles import Role
from tests.architecture.tree import ROOMS, Module, Rule, modules, texts
from tests.architecture.words import called_only_in

OWN_NAMES = re.compile("Français|Español|中文|Русский")
ROLE_NAMES = set(Role)
QUOTED_ROLES = re.compile("[\"'](" + "|".join(Role) + ")[\"']")
CODES = {"en", "fr", "es", "ar", "zh", "ru", "pt", "de"}


def no_second_list_of_languages(root: Path) -> Iterator[str]:
    """Find the names of languages in code and templates, and lists of their codes."""
    declared = "notifications/languages.py"
    for place, text in texts(root):
        if place.split("/")[0] in ROOMS and place.endswith((".py", ".html")) and place != declared:
            yield from (f"{place}: “{name}” is named in {declared}" for name in OWN_NAMES.findall(text))
    for module in modules(root, *(room for room in ROOMS if room != "pathways")):  # whose texts name a treaty in each
        if module.place != declared:
            yield from (module.at(node, f"{declared} lists languages") for node in _lists_of(module, CODES))


def _lists_of(module: Module, words: set[str]) -> Iterator[ast.expr]:
    """Yield the collections that hold two or more of these words as they stand."""
    for node in module.nodes():
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            found = _strings(node.elts)
        elif isinstance(node, ast.Dict):
            found = _strings([key for key in node.keys if key])
        else:
            continue
        if len(found & words) > 1:
            yield node


def no_second_list_of_roles(root: Path) -> Iterator[str]:
    """Find code and templates that list roles, or ask whether something is one, beside the table of roles."""
    declared, worded = "pathways/grammar/roles.py", "desk/i18n/codes.py"
    for place, text in texts(root):
        if place.split("/")[0] in ROOMS and place.endswith(".html"):
            yield from (f"{place}: “{name}” stands in {declared}" for name in QUOTED_ROLES.findall(text))
    for module in modules(root, *ROOMS):
        if module.place not in (declared, worded):
            yield from (module.at(node, f"{declared} says what a role is") for node in _speaks_of_roles(module))


def _speaks_of_roles(module: Module) -> Iterator[ast.expr]:
    for node in module.nodes():
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            found = [part for part in node.elts if _is_role(part)]
        elif isinstance(node, ast.Dict):
            found = [part for part in node.keys if part and _is_role(part)]
        elif isinstance(node, ast.Compare):
            found = [part for part in (node.left, *node.comparators) if _is_role(part)] * 2  # one is too many
        else:
            continue
        if len(found) > 1:
            yield node


def _is_role(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return ast.unparse(node.value) == "Role"
    return isinstance(node, ast.Constant) and node.value in ROLE_NAMES


def _strings(nodes: list[ast.expr]) -> set[str]:
    return {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def listed_only_in(place: str, rooms: tuple[str, ...], *words: str) -> Callable[[Path], Iterator[str]]:
    """Find collections, in some rooms, that hold several of what one file declares."""

    def offences(root: Path) -> Iterator[str]:
        for module in modules(root):
            if module.place.startswith(rooms) and module.place != place:
                yield from (module.at(node, f"{place} declares these") for node in _lists_of(module, set(words)))

    return offences


def no_period_beside(place: str, *rooms: str) -> Callable[[Path], Iterator[str]]:
    """Find spans of several days, in some rooms, that stand outside the file that declares them."""

    def offences(root: Path) -> Iterator[str]:
        for module in modules(root):
            if module.place.startswith(rooms) and module.place != place:
                yield from (module.at(node, f"{place} declares periods") for node in module.nodes() if _is_span(node))

    return offences


def _is_span(node: ast.AST) -> TypeGuard[ast.Call]:
    """Tell whether this is a timedelta of two days or more; from one day to the next is no period."""
    if not isinstance(node, ast.Call) or ast.unparse(node.func) != "timedelta":
        return False
    days = [part.value.value for part in node.keywords if part.arg == "days" and isinstance(part.value, ast.Constant)]
    return any(isinstance(number, int) and number > 1 for number in days)


RULES = (
    Rule(
        name="languages are declared once",
        offences=no_second_list_of_languages,
        broken={"desk/pages/account.py": 'LANGUAGES = ("en", "fr")', "desk/templates/a.html": "<p>Français</p>"},
    ),
    Rule(
        name="the columns of the table of States are declared once",
        offences=listed_only_in(
            "casework/overview/states_columns.py",
            ("casework/overview/", "desk/"),
            "legal_status",
            "tier",
            "next",
            "owner",
        ),
        broken={"desk/pages/states.py": 'HEADINGS = {"tier": "Tier", "owner": "In hand"}'},
    ),
    Rule(
        name="what a role is stands in the table of roles",
        offences=no_second_list_of_roles,
        broken={
            "casework/core/rights.py": "ASKED = (Role.CHAMPION, Role.COORDINATOR)",
            "casework/people/holds.py": "is_ours = row.role == Role.SECRETARIAT",
            "desk/pages/people.py": 'OFFICES = {"president": "P", "chair": "C"}',
            "desk/templates/a.html": '{% if p.role != "contact" %}',
        },
    ),
    Rule(
        name="schedules are declared once",
        offences=called_only_in("Schedule", "casework/operations/flows.py"),
        broken={"desk/scheduling/schedule.py": "SCHEDULES = (Schedule(every=timedelta(minutes=5)),)"},
    ),
    Rule(
        name="how long the Secretariat has is declared once",
        offences=listed_only_in(
            "casework/follow_ups/periods.py", ("casework/",), "incident", "proposal", "letter_dead", "nobody"
        ),
        broken={"casework/letters/undelivered.py": 'WITHIN = {"letter_dead": 7, "nobody": 30}'},
    ),
    Rule(
        name="the periods of follow-ups are declared once",
        offences=no_period_beside("casework/follow_ups/periods.py", "casework/follow_ups/", "casework/overview/"),
        broken={"casework/overview/pressing_matters.py": "SOON = timedelta(days=14)"},
    ),
)
