"""What a reader is told is no sentence made in casework: it is a remark or a refusal, worded at the edge."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import Module, Rule, dotted, modules

#: Whose sentences are for the operator alone: the configuration, a text beside a file that was taken in, and a log;
#: and the titles of flows, which are gathered for translation where they stand.
TO_THE_OPERATOR = ("casework/core/settings.py", "casework/depositary/receiving.py", "casework/operations/flows.py")
MADE_AS_DATA = {"remark", "refusal", "Command"}
#: What a verb or a finding tells, and why a letter stands where it stands.
TELLS = {"says", "todo", "reason"}
SENTENCE = re.compile(r"[A-Z“0-9\0].* .*[.!?]", re.DOTALL)


def no_sentence_in_casework(root: Path) -> Iterator[str]:
    """Find texts that read as a sentence, and any text that is told to somebody, but for what is made as data."""
    for module in modules(root, "casework"):
        if module.place not in TO_THE_OPERATOR:
            yield from (module.at(node, "a remark or a refusal says it") for node in _offences(module))


def _offences(module: Module) -> Iterator[ast.expr]:
    tree = ast.parse(module.text, module.place)
    yield from (text for text in _texts(tree) if SENTENCE.fullmatch(_spelt(text)))
    for node in ast.walk(tree):
        yield from (text for told in _told(node) for text in _texts(told) if re.search(r"\w", _spelt(text)))


def _told(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what is given under one of these names: to a call, to a variable, or to a list of that name."""
    if isinstance(node, ast.keyword):
        yield from [node.value] if node.arg in TELLS else []
    elif isinstance(node, ast.Assign):
        yield from [node.value] if any(map(_tells, node.targets)) else []
    elif isinstance(node, ast.AugAssign | ast.AnnAssign) and node.value is not None:
        yield from [node.value] if _tells(node.target) else []
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        yield from node.args if _tells(node.func.value) else []


def _tells(node: ast.expr) -> bool:
    return dotted(node).split(".")[-1] in TELLS


def _texts(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    """Yield the texts below, without docstrings, without what is raised, and without what is made as data."""
    if isinstance(node, ast.Raise) or (isinstance(node, ast.Call) and dotted(node.func) in MADE_AS_DATA):
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node
        return
    if isinstance(node, ast.Subscript):  # a name of something kept, such as row["id"]
        return
    for part in ast.iter_child_nodes(node):
        yield from _texts(part)


def _spelt(text: ast.Constant | ast.JoinedStr) -> str:
    """Return a text with a mark where a value stands."""
    if isinstance(text, ast.Constant):
        return str(text.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in text.values)


RULES = (
    Rule(
        name="no sentence for a reader is made in casework",
        offences=no_sentence_in_casework,
        broken={"casework/people/holds.py": 'says = [f"{name} holds this mandate so already."]'},
    ),
    Rule(
        name="nothing is told in a bare text",
        offences=no_sentence_in_casework,
        broken={"casework/operations/checkup.py": 'Finding(name="disk", says=f"{free} MB free", todo=NOTHING)'},
    ),
)
