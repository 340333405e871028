"""What a refusal is about, its code and its field say: no page or command takes its sentence apart to find them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import Module, Rule, modules

#: What makes a text of something that went wrong.
_IN_WORDS = frozenset({"sentence", "sentences"})
_AS_TEXT = frozenset({"str", "repr", "format"})
#: What looks into a text.
_LOOKS = frozenset({"startswith", "endswith", "find", "rfind", "index", "rindex", "count"})
_LOOKS |= {"partition", "rpartition", "split", "rsplit", "removeprefix", "removesuffix"}
_LOOKS |= {"match", "search", "fullmatch", "findall", "finditer"}
_COMPARED = (ast.In, ast.NotIn, ast.Eq, ast.NotEq)


def a_sentence_taken_apart(root: Path) -> Iterator[str]:
    """Find code of the desk that looks for something in the text of an exception, or in the sentence of a refusal."""
    for module in modules(root, "desk"):
        for scope in _scopes(module):
            texts = _Texts(scope)
            yield from (
                module.at(node, f"{ast.unparse(node)} reads a sentence: ask for its code or its field")
                for node in _own(scope)
                if isinstance(node, ast.Compare | ast.Call | ast.Subscript) and texts.are_looked_into(node)
            )


class _Texts:
    """What in a function is a text of something that went wrong."""

    def __init__(self, scope: ast.AST) -> None:
        own = list(_own(scope))
        self._wrong = {node.name for node in own if isinstance(node, ast.ExceptHandler) and node.name}
        self._wrong |= {node.arg for node in own if isinstance(node, ast.arg) and _is_of_exceptions(node.annotation)}
        self._said: set[str] = set()
        for node in own:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value and self._is_one(node.value):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                self._said |= {name.id for to in targets for name in ast.walk(to) if isinstance(name, ast.Name)}
            elif isinstance(node, ast.For | ast.comprehension) and self._is_one(node.iter):
                self._said |= {name.id for name in ast.walk(node.target) if isinstance(name, ast.Name)}

    def are_looked_into(self, node: ast.Compare | ast.Call | ast.Subscript) -> bool:
        """Tell whether something is searched for in one of them, compared with it, or cut out of it."""
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            return isinstance(node.ops[0], _COMPARED) and any(map(self._is_one, sides))
        if isinstance(node, ast.Subscript):
            return isinstance(node.slice, ast.Slice) and self._is_one(node.value)
        if not isinstance(node.func, ast.Attribute) or node.func.attr not in _LOOKS:
            return False
        return any(map(self._is_one, [node.func.value, *node.args]))

    def _is_one(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._said
        if isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
            return any(self._is_wrong(part) or self._is_one(part) for part in parts)
        if isinstance(node, ast.Subscript):
            return self._is_one(node.value) or ast.unparse(node.value) in {f"{name}.args" for name in self._wrong}
        if not isinstance(node, ast.Call):
            return False
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in _AS_TEXT:
            return any(self._is_wrong(part) or self._is_one(part) for part in node.args)
        changed = isinstance(node.func, ast.Attribute) and self._is_one(node.func.value)  # .lower(), .strip()
        return name in _IN_WORDS or changed or any(map(self._is_one, node.args))

    def _is_wrong(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in self._wrong


def _scopes(module: Module) -> Iterator[ast.AST]:
    """Yield the module, and each function in it by itself."""
    for node in module.nodes():
        if isinstance(node, ast.Module | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in a scope, without the functions in it."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _own(node)


def _is_of_exceptions(annotation: ast.expr | None) -> bool:
    said = ast.unparse(annotation) if annotation is not None else ""
    return any(word in said for word in ("Exception", "Error", "Refused"))


RULES = (
    Rule(
        name="no page and no command takes a sentence apart",
        offences=a_sentence_taken_apart,
        broken={
            "desk/cli/errors.py": 'def code(wrong: Refusal): return re.search("art. 22", sentence(wrong))',
            "desk/pages/filing.py": 'def field(refused: NotAdmitted): return "day" in str(refused)',
        },
    ),
)
