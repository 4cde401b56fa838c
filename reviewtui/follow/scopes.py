"""Which names a Python file binds, and where: scopes and bindings of a syntax tree, without a look at other files."""

import ast
import operator
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["import", "from", "def", "class", "param", "assign", "for", "with", "except", "other"]
"""How a name is bound."""
ScopeKind = Literal["module", "class", "function", "comprehension"]

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_COMPARISONS: Final = {
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """One place where a name gets a meaning."""

    name: str
    kind: Kind
    node: ast.AST
    """What stands at the name: alias, definition, argument, name or attribute."""
    statement: ast.AST
    """What binds it: import, definition, assignment, loop."""
    value: ast.expr | None = None
    """What is assigned, iterated over, entered or caught."""
    unpacked: tuple[int, ...] = ()
    """Which part of the value, where it is taken apart; -1: several of its parts."""
    annotation: ast.expr | None = None


@dataclass(slots=True, eq=False)
class Scope:
    """A module, class, function or comprehension, with the names bound in it."""

    kind: ScopeKind
    node: ast.AST
    parent: "Scope | None"
    names: dict[str, list[Binding]] = field(default_factory=dict)
    attributes: dict[str, list[Binding]] = field(default_factory=dict)
    """Of a class: what its methods assign to `self.name`."""
    stars: list[ast.ImportFrom] = field(default_factory=list)
    outer: dict[str, str] = field(default_factory=dict)
    """Names declared `global` or `nonlocal`."""
    returns: list[ast.expr] = field(default_factory=list)
    yields: list[ast.Yield | ast.YieldFrom] = field(default_factory=list)

    @property
    def own_class(self) -> "Scope | None":
        """The class whose method this is."""
        return self.parent if self.kind == "function" and self.parent and self.parent.kind == "class" else None

    def lookup(self, name: str) -> "Iterator[Scope]":
        """The scopes in which a name may be looked up, innermost first; those of classes only from themselves."""
        scope: Scope | None = self
        first = True
        while scope is not None:
            if scope.outer.get(name) == "global":
                while scope.parent:
                    scope = scope.parent
            if first or scope.kind != "class":
                yield scope
            first = first and scope.kind == "comprehension"
            scope = scope.parent


@dataclass(slots=True)
class Scopes:
    """All scopes of a file."""

    module: Scope
    of: dict[ast.AST, Scope] = field(default_factory=dict)
    """The scope in which each name is looked up."""
    opened: dict[ast.AST, Scope] = field(default_factory=dict)
    """The scope that a definition, lambda or comprehension opens."""
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)
    strings: dict[ast.Constant, Scope] = field(default_factory=dict)
    """Annotations that are written as strings, with the scope that their names are looked up in."""


def scopes_of(tree: ast.Module, *, prune: bool = False) -> Scopes:
    """The scopes of a file; where `prune` is set without the parts for other versions and systems.

    Raises:
        RecursionError: it is nested too deeply.
    """
    found = Scopes(Scope("module", tree, None))
    _Walk(found, prune).statements(tree.body, found.module, tree)
    return found


class _Walk:
    """One pass over a tree."""

    def __init__(self, found: Scopes, prune: bool) -> None:
        self.found = found
        self.prune = prune

    def statements(self, body: Iterable[ast.AST], scope: Scope, parent: ast.AST) -> None:
        for node in body:
            self.visit(node, scope, parent)

    def visit(self, node: ast.AST, scope: Scope, parent: ast.AST) -> None:
        """Bind what the node binds, and go on below it."""
        self.found.parents[node] = parent
        if isinstance(node, ast.Name):
            self.found.of[node] = scope
            return
        method = getattr(self, f"_{type(node).__name__}", None)
        if method is not None:
            method(node, scope)
            return
        if isinstance(node, _COMPREHENSIONS):
            self._comprehension(node, scope)
            return
        self._below(node, scope)

    def _below(self, node: ast.AST, scope: Scope, skip: Sequence[ast.AST] = ()) -> None:
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.expr_context | ast.operator | ast.cmpop) and child not in skip:
                self.visit(child, scope, node)

    def _bind(self, scope: Scope, binding: Binding) -> None:
        target = scope
        declared = scope.outer.get(binding.name)
        if declared:
            outer = scope.parent
            while outer and outer.parent and (declared == "global" or binding.name not in outer.names):
                outer = outer.parent
            target = outer or scope
        target.names.setdefault(binding.name, []).append(binding)

    # Definitions

    def _FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef, scope: Scope) -> None:  # noqa: N802
        self._bind(scope, Binding(node.name, "def", node, node))
        for decorator in node.decorator_list:
            self.visit(decorator, scope, node)
        if node.returns:
            self._annotation(node.returns, scope, node)
        self._function(node, scope)

    _AsyncFunctionDef = _FunctionDef

    def _Lambda(self, node: ast.Lambda, scope: Scope) -> None:  # noqa: N802
        self._function(node, scope)

    def _function(self, node: FunctionNode, scope: Scope) -> None:
        inner = Scope("function", node, scope)
        self.found.opened[node] = inner
        arguments = node.args
        self.found.parents[arguments] = node
        for default in (*arguments.defaults, *arguments.kw_defaults):
            if default is not None:
                self.visit(default, scope, arguments)
        self._type_params(node, inner)
        defaults = dict(
            zip(reversed([*arguments.posonlyargs, *arguments.args]), reversed(arguments.defaults), strict=False)
        )
        defaults |= {a: d for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None}
        for argument in all_arguments(arguments):
            self.found.parents[argument] = arguments
            if argument.annotation:
                self._annotation(argument.annotation, inner if getattr(node, "type_params", None) else scope, argument)
            self._bind(
                inner, Binding(argument.arg, "param", argument, node, defaults.get(argument), (), argument.annotation)
            )
        if isinstance(node, ast.Lambda):
            inner.returns.append(node.body)
            self.visit(node.body, inner, node)
        else:
            self._declarations(node.body, inner)
            self.statements(node.body, inner, node)

    def _declarations(self, body: Sequence[ast.stmt], scope: Scope) -> None:
        """What is global or not local, known before the first binding."""
        waiting: list[ast.AST] = list(body)
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.Global | ast.Nonlocal):
                word = "global" if isinstance(node, ast.Global) else "nonlocal"
                scope.outer |= dict.fromkeys(node.names, word)
            elif isinstance(node, ast.stmt | ast.ExceptHandler | ast.match_case) and not isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ):
                waiting += [
                    n
                    for n in ast.iter_child_nodes(node)
                    if isinstance(n, ast.stmt | ast.ExceptHandler | ast.match_case)
                ]

    def _ClassDef(self, node: ast.ClassDef, scope: Scope) -> None:  # noqa: N802
        self._bind(scope, Binding(node.name, "class", node, node))
        inner = Scope("class", node, scope)
        self.found.opened[node] = inner
        self._type_params(node, inner)
        self.statements(node.decorator_list, scope, node)
        self.statements((*node.bases, *node.keywords), inner if getattr(node, "type_params", None) else scope, node)
        self.statements(node.body, inner, node)

    def _type_params(self, node: ast.AST, scope: Scope) -> None:
        for param in getattr(node, "type_params", ()):
            self._bind(scope, Binding(param.name, "other", param, param))
            self.visit(param, scope, node)

    def _TypeAlias(self, node: ast.AST, scope: Scope) -> None:  # noqa: N802
        name, value = getattr(node, "name", None), getattr(node, "value", None)
        if isinstance(name, ast.Name) and isinstance(value, ast.expr):
            self._bind(scope, Binding(name.id, "assign", name, node, value))
        self._type_params(node, scope)
        self._below(node, scope)

    # Imports

    def _Import(self, node: ast.Import, scope: Scope) -> None:  # noqa: N802
        for alias in node.names:
            self.found.parents[alias] = node
            self._bind(scope, Binding(alias.asname or alias.name.partition(".")[0], "import", alias, node))

    def _ImportFrom(self, node: ast.ImportFrom, scope: Scope) -> None:  # noqa: N802
        for alias in node.names:
            self.found.parents[alias] = node
            if alias.name == "*":
                scope.stars.append(node)
            else:
                self._bind(scope, Binding(alias.asname or alias.name, "from", alias, node))

    # What assigns

    def _Assign(self, node: ast.Assign, scope: Scope) -> None:  # noqa: N802
        self.visit(node.value, scope, node)
        for target in node.targets:
            self._target(target, scope, "assign", node, node.value)
            self.visit(target, scope, node)

    def _AnnAssign(self, node: ast.AnnAssign, scope: Scope) -> None:  # noqa: N802
        self._annotation(node.annotation, scope, node)
        if node.value:
            self.visit(node.value, scope, node)
        self._target(node.target, scope, "assign", node, node.value, annotation=node.annotation)
        self.visit(node.target, scope, node)

    def _AugAssign(self, node: ast.AugAssign, scope: Scope) -> None:  # noqa: N802
        if isinstance(node.target, ast.Name):
            self._target(node.target, scope, "other", node, None)
        self._below(node, scope)

    def _NamedExpr(self, node: ast.NamedExpr, scope: Scope) -> None:  # noqa: N802
        holder = scope
        while holder.kind == "comprehension" and holder.parent:
            holder = holder.parent
        self._target(node.target, holder, "assign", node, node.value)
        self._below(node, scope)
        self.found.of[node.target] = holder

    def _For(self, node: ast.For | ast.AsyncFor, scope: Scope) -> None:  # noqa: N802
        self._target(node.target, scope, "for", node, node.iter)
        self._below(node, scope)

    _AsyncFor = _For

    def _With(self, node: ast.With | ast.AsyncWith, scope: Scope) -> None:  # noqa: N802
        for item in node.items:
            if item.optional_vars:
                self._target(item.optional_vars, scope, "with", node, item.context_expr)
        self._below(node, scope)

    _AsyncWith = _With

    def _ExceptHandler(self, node: ast.ExceptHandler, scope: Scope) -> None:  # noqa: N802
        if node.name:
            self._bind(scope, Binding(node.name, "except", node, node, node.type))
        self._below(node, scope)

    def _MatchAs(self, node: ast.MatchAs | ast.MatchStar, scope: Scope) -> None:  # noqa: N802
        if node.name:
            self._bind(scope, Binding(node.name, "other", node, node))
        self._below(node, scope)

    _MatchStar = _MatchAs

    def _MatchMapping(self, node: ast.MatchMapping, scope: Scope) -> None:  # noqa: N802
        if node.rest:
            self._bind(scope, Binding(node.rest, "other", node, node))
        self._below(node, scope)

    def _comprehension(self, node: _Comprehension, scope: Scope) -> None:
        inner = Scope("comprehension", node, scope)
        self.found.opened[node] = inner
        for index, generator in enumerate(node.generators):
            self.found.parents[generator] = node
            self._target(generator.target, inner, "for", generator, generator.iter)
            self.visit(generator.target, inner, generator)
            self.visit(generator.iter, scope if index == 0 else inner, generator)
            for condition in generator.ifs:
                self.visit(condition, inner, generator)
        self._below(node, inner, node.generators)

    def _target(
        self,
        target: ast.expr,
        scope: Scope,
        kind: Kind,
        statement: ast.AST,
        value: ast.expr | None,
        unpacked: tuple[int, ...] = (),
        annotation: ast.expr | None = None,
    ) -> None:
        """Bind what is assigned to: a name, an attribute of `self`, the parts of a tuple."""
        if isinstance(target, ast.Name):
            self._bind(scope, Binding(target.id, kind, target, statement, value, unpacked, annotation))
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            holder = _class_of_self(target.value.id, scope)
            if holder is not None:
                binding = Binding(target.attr, kind, target, statement, value, unpacked, annotation)
                holder.attributes.setdefault(target.attr, []).append(binding)
        elif isinstance(target, ast.Starred):
            self._target(target.value, scope, kind, statement, value, (*unpacked, -1))
        elif isinstance(target, ast.Tuple | ast.List):
            for index, part in enumerate(target.elts):
                self._target(part, scope, kind, statement, value, (*unpacked, index))

    # What else is kept

    def _If(self, node: ast.If, scope: Scope) -> None:  # noqa: N802
        known = _known(node.test) if self.prune else None
        self._below(node, scope, node.orelse if known else node.body if known is False else ())

    def _Return(self, node: ast.Return, scope: Scope) -> None:  # noqa: N802
        if node.value:
            scope.returns.append(node.value)
        self._below(node, scope)

    def _Yield(self, node: ast.Yield | ast.YieldFrom, scope: Scope) -> None:  # noqa: N802
        scope.yields.append(node)
        self._below(node, scope)

    _YieldFrom = _Yield

    def _annotation(self, node: ast.expr, scope: Scope, parent: ast.AST) -> None:
        """An annotation; strings in it stand for what they hold."""
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and len(part.value) < 1000:
                self.found.strings[part] = scope
        self.visit(node, scope, parent)


def _known(test: ast.expr) -> bool | None:
    """Whether a condition on version or system holds for this interpreter; None for any other."""
    if not isinstance(test, ast.Compare) or len(test.ops) != 1 or not isinstance(test.left, ast.Attribute):
        return None
    try:
        right = ast.literal_eval(test.comparators[0])
    except (ValueError, TypeError):
        return None
    left = {"version_info": sys.version_info[:3], "platform": sys.platform}.get(test.left.attr)
    operation = _COMPARISONS.get(type(test.ops[0]))
    if operation is None or not isinstance(right, tuple if isinstance(left, tuple) else str):
        return None
    return bool(operation(left, right))  # type: ignore[arg-type]  # two tuples or two texts


def _class_of_self(name: str, scope: Scope) -> Scope | None:
    """The class to whose instance (or to which) a name refers, as the first parameter of a method around."""
    inner: Scope | None = scope
    while inner is not None:
        if inner.kind == "function" and name in inner.names:
            first = first_argument(inner.node)
            return inner.own_class if first is not None and first.arg == name else None
        inner = inner.parent
    return None


def first_argument(node: ast.AST) -> ast.arg | None:
    """The first positional parameter of a function."""
    if not isinstance(node, FunctionNode):
        return None
    return next(iter([*node.args.posonlyargs, *node.args.args]), None)


def all_arguments(arguments: ast.arguments) -> list[ast.arg]:
    """Every parameter, in the order of the text."""
    found = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [argument for argument in found if argument is not None]
