"""Which calls a Python file makes, with their names resolved through its imports."""

import ast
import warnings
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.place import LineSpan

_BUILTINS: Final = "builtins."


@dataclass(frozen=True, slots=True)
class Call:
    """One call, or a decorator without parentheses, which is called as well."""

    names: tuple[str, ...]
    """Dotted, as imported: `rq.args.get` after `from flask import request as rq` is `flask.request.args.get`.

    More than one where a star import may be meant; what is no name is empty: `.x` of `f().x`.
    """
    span: LineSpan
    """From the line of the name that is called to the closing parenthesis."""
    keywords: frozenset[str]
    has_more_keywords: bool
    """Whether `**` brings keywords that cannot be known."""


def calls(text: str, wanted: Collection[str]) -> Iterator[Call]:
    """The calls in a Python file whose name ends in one of `wanted`; none where Python cannot parse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        # MemoryError is also what the parser answers to nesting that is too deep.
        return
    nodes = list(ast.walk(tree))
    scope = _Scope(nodes)
    for node in nodes:
        for target, keywords, end in _called(node):
            if isinstance(target, ast.Attribute) and target.attr not in wanted:
                continue
            names = scope.resolve(_dotted(target))
            if not any(name.rpartition(".")[2] in wanted for name in names):
                continue
            # In a chain over several lines the called name stands on the last line of the expression before `(`.
            start = target.end_lineno or target.lineno
            known = frozenset(keyword.arg for keyword in keywords if keyword.arg is not None)
            yield Call(names, LineSpan(start, max(start, end)), known, any(keyword.arg is None for keyword in keywords))


def without_builtins(name: str) -> str:
    """`builtins.eval` as it is mostly written."""
    return name.removeprefix(_BUILTINS)


class _Scope:
    """What the names of a file stand for, wherever in it they are imported."""

    def __init__(self, nodes: Sequence[ast.AST]) -> None:
        self.imported: dict[str, str] = {}
        self.stars: list[str] = []
        self.defined: set[str] = set()
        for node in nodes:
            if isinstance(node, ast.Import):
                self._add_import(node)
            elif isinstance(node, ast.ImportFrom):
                self._add_import_from(node)
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                self.defined.add(node.name)

    def resolve(self, dotted: str) -> tuple[str, ...]:
        first, dot, rest = dotted.partition(".")
        if first in self.imported:
            return (without_builtins(self.imported[first] + dot + rest),)
        if not first or first in self.defined:
            return (dotted,)
        return (dotted, *(f"{module}.{dotted}" for module in self.stars))

    def _add_import(self, node: ast.Import) -> None:
        for alias in node.names:
            top = alias.name.partition(".")[0]
            self.imported[alias.asname or top] = alias.name if alias.asname else top

    def _add_import_from(self, node: ast.ImportFrom) -> None:
        module = "." * node.level + (node.module or "")
        joint = "" if module.endswith(".") else "."
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(module)
            else:
                self.imported[alias.asname or alias.name] = f"{module}{joint}{alias.name}"


def _called(node: ast.AST) -> Iterator[tuple[ast.expr, Sequence[ast.keyword], int]]:
    """What a node calls, with which keywords, and on which line the call ends."""
    if isinstance(node, ast.Call):
        yield node.func, node.keywords, node.end_lineno or node.lineno
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Name | ast.Attribute):
                yield decorator, (), decorator.end_lineno or decorator.lineno


def _dotted(target: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(target, ast.Attribute):
        parts.append(target.attr)
        target = target.value
    parts.append(target.id if isinstance(target, ast.Name) else "")
    return ".".join(reversed(parts))
