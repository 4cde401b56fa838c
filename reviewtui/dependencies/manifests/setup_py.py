"""setup.py: the lists that are written out in it; nothing of it is run."""

import ast
from collections.abc import Iterator
from typing import Final

from reviewtui.dependencies.manifests.entries import Entries
from reviewtui.dependencies.manifests.pyproject import BUILD
from reviewtui.text.source import decode

LARGEST: Final = 1 << 20
"""Bytes of a setup.py that is parsed."""
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "install_requires": (),
    "setup_requires": (BUILD,),
    "tests_require": ("tests",),
}
_DEEPEST: Final = 8
_MOST_STEPS: Final = 10_000
"""Sums of variables that stand for sums may grow beyond all measure."""
_EXTRAS: Final = "extras_require"
_CHANGING: Final = {"append", "extend", "insert", "remove", "update", "pop", "clear", "setdefault"}
_COMPUTED: Final = "it is computed when it is run: what it asks for is not known from here"


def read_setup_py(data: bytes, entries: Entries) -> None:
    """What the calls of `setup` name as literal lists, or by a variable that is one; what is computed is told."""
    if len(data) > LARGEST:
        entries.problem(0, f"{len(data):,} bytes: more than {LARGEST:,} are not parsed")
        return
    try:
        tree = ast.parse("\n".join(decode(data, "setup.py").lines) + "\n")
    except SyntaxError as error:
        entries.problem(error.lineno or 0, f"not Python: {error.msg}")
    except (ValueError, RecursionError, MemoryError):
        entries.problem(0, "not Python that can be parsed")
    else:
        _Reader(tree, entries).read()


class _Reader:
    """Looks for what a parsed setup.py asks for."""

    def __init__(self, tree: ast.Module, entries: Entries) -> None:
        self._tree = tree
        self._entries = entries
        self._variables: dict[str, ast.expr | None] = {}
        self._steps = 0

    def read(self) -> None:
        calls = []
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call) and _called(node.func) == "setup":
                calls.append(node)
            for name, value in _assigned(node):
                # A name that is given two values has either.
                self._variables[name] = None if name in self._variables else value
        for call in calls:
            for keyword in call.keywords:
                self._keyword(keyword)

    def _keyword(self, keyword: ast.keyword) -> None:
        if keyword.arg is None:
            value = self._value(keyword.value)
            if isinstance(value, ast.Dict):
                for name, inner in self._items(value):
                    self._argument(name, inner)
            else:
                self._entries.problem(keyword.value.lineno, f"arguments of setup: {_COMPUTED}")
        else:
            self._argument(keyword.arg, keyword.value)

    def _argument(self, name: str, value: ast.expr) -> None:
        if name in _KEYS:
            self._list(name, value, _KEYS[name])
        elif name == _EXTRAS:
            table = self._value(value)
            if not isinstance(table, ast.Dict):
                self._entries.problem(value.lineno, f"{name}: {_COMPUTED}")
                return
            for extra, inner in self._items(table):
                self._list(f"{name} {extra!r}", inner, (extra,) if extra else ())

    def _list(self, name: str, value: ast.expr, groups: tuple[str, ...], depth: int = 0) -> None:
        found = self._value(value)
        self._steps += 1
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            self._entries.problem(value.lineno, f"{name}: {_COMPUTED}")
        elif isinstance(found, ast.BinOp) and isinstance(found.op, ast.Add):
            for part in _terms(found):
                if self._steps <= _MOST_STEPS:
                    self._list(name, part, groups, depth + 1)
        elif isinstance(found, ast.Constant) and isinstance(found.value, str):
            self._text(found, groups)
        elif isinstance(found, ast.List | ast.Tuple | ast.Set):
            self._steps += len(found.elts) // 100
            for element in found.elts:
                constant = self._value(element)
                if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                    self._text(constant, groups)
                else:
                    self._entries.problem(element.lineno, f"{name}, in part: {_COMPUTED}")
        else:
            self._entries.problem(value.lineno, f"{name}: {_COMPUTED}")

    def _text(self, constant: ast.Constant, groups: tuple[str, ...]) -> None:
        """A text: one requirement, or one on each of its lines."""
        for row, text in enumerate(str(constant.value).split("\n")):
            if text.strip() and not text.strip().startswith("#") and not self._entries.is_full:
                line = min(constant.lineno + row, constant.end_lineno or constant.lineno)
                self._entries.add_text(text.strip(), line, groups=groups)

    def _items(self, table: ast.Dict, depth: int = 0) -> Iterator[tuple[str, ast.expr]]:
        """The keys and values, also of a table that is put into this one; what has a computed key is told."""
        for key, value in zip(table.keys, table.values, strict=True):
            inner = self._value(value) if key is None else None
            self._steps += 1
            if isinstance(inner, ast.Dict) and depth < _DEEPEST and self._steps <= _MOST_STEPS:
                yield from self._items(inner, depth + 1)
            elif isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value, value
            else:
                self._entries.problem(value.lineno, f"a key that is put in: {_COMPUTED}")

    def _value(self, value: ast.expr) -> ast.expr:
        """What a name stands for where it was given one value, `dict(…)` as `{…}`; anything else is what it is."""
        if isinstance(value, ast.Name):
            value = self._variables.get(value.id) or value
        if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict":
            pairs = [(keyword.arg, keyword.value) for keyword in value.keywords]
            keys: list[ast.expr | None] = [ast.Constant(name) if name else None for name, _ in pairs]
            table = ast.Dict([*[None] * len(value.args), *keys], [*value.args, *(inner for _, inner in pairs)])
            return ast.copy_location(table, value)
        return value


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _assigned(node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
    """Names that a statement gives a value; None for one that is changed in place or in a loop."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            for name in ast.walk(target):
                if isinstance(name, ast.Name):
                    yield name.id, (node.value if name is target else None)
    elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and isinstance(node.target, ast.Name):
        yield node.target.id, node.value
    elif isinstance(node, ast.AugAssign | ast.For) and isinstance(node.target, ast.Name):
        yield node.target.id, None
    elif isinstance(node, ast.Call) and (changed := _changed(node.func)):
        yield changed, None


def _changed(function: ast.expr) -> str:
    """The name of the list or table that a call of one of its methods changes."""
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.attr in _CHANGING:
        return function.value.id
    return ""


def _terms(total: ast.BinOp) -> list[ast.expr]:
    """The terms of a sum, however long."""
    found: list[ast.expr] = []
    term: ast.expr = total
    while isinstance(term, ast.BinOp) and isinstance(term.op, ast.Add):
        found.append(term.right)
        term = term.left
    return [term, *reversed(found)]
