"""Which bindings of a name can be the ones that a use of it sees."""

import ast
from collections.abc import Sequence
from typing import Final

from reviewtui.follow.modules import Module
from reviewtui.follow.scopes import Binding

_LOOPS: Final = (ast.For, ast.AsyncFor, ast.While)
_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)
_HOMES: Final = (*_SCOPES, ast.Lambda)
_ALWAYS: Final = (ast.With, ast.AsyncWith)
_LEAVES: Final = (ast.Return, ast.Raise, ast.Continue, ast.Break)

_Step = tuple[ast.AST, str]
"""A statement, and the part of it."""


def reaching(module: Module, bindings: Sequence[Binding], use: ast.AST, home: ast.AST) -> list[Binding]:
    """The bindings of the same scope that may be in force at `use`, in order; all where none comes before it.

    `home`: what opens that scope. What other functions bind by `global` or `nonlocal` may always be in force.
    """
    if len(bindings) == 1:
        return list(bindings)
    for binding in bindings:
        if binding.node is use:
            return [binding]
    here, position = _steps(module, use), _position(use)
    loops = {step[0] for step in here if isinstance(step[0], _LOOPS)}
    found: list[tuple[Binding, bool]] = []
    elsewhere: list[Binding] = []
    for binding in sorted(bindings, key=lambda b: _position(b.node)):
        if binding.kind == "param":
            found.append((binding, True))
            continue
        if _home(module, binding.node) is not home:
            elsewhere.append(binding)
            continue
        there = _steps(module, binding.statement)
        in_loop = any(step[0] in loops for step in there)
        before = _position(binding.node) < position and not _is_in(module, use, binding)
        if not before and not in_loop:
            continue
        if not in_loop and _excluded(here, there):
            continue
        if before and not in_loop and _ends_otherwise(there, here):
            continue
        dominates = before and {step for step in there if not isinstance(step[0], _ALWAYS)} <= set(here)
        if dominates and isinstance(binding.statement, _LOOPS):
            dominates = any(step[0] is binding.statement for step in here)
        if dominates:
            found = [item for item in found if _position(item[0].node) > position]
        found.append((binding, dominates))
    return [*(binding for binding, _ in found), *elsewhere] if found else list(bindings)


def _home(module: Module, node: ast.AST) -> ast.AST:
    """The function, class or module in which a node stands."""
    return next((above for above in module.parents(node) if isinstance(above, _HOMES)), module.tree)


def _steps(module: Module, node: ast.AST) -> list[_Step]:
    """What a node stands in, up to its function."""
    found = []
    branches = module.branches
    current: ast.AST | None = node
    up = module.scopes.parents
    while current is not None:
        step = branches.get(current)
        if step is not None:
            if isinstance(step[0], _SCOPES):
                break
            found.append(step)
            current = step[0]
        else:
            current = up.get(current)
    return found


def _position(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _is_in(module: Module, use: ast.AST, binding: Binding) -> bool:
    """Whether the use is a part of what is bound, and so comes before it."""
    if binding.value is None:
        return False
    return use is binding.value or any(above is binding.value for above in module.parents(use))


def _excluded(here: Sequence[_Step], there: Sequence[_Step]) -> bool:
    """Whether two places stand in branches of which only one is taken."""
    ours = {id(node): part for node, part in here if isinstance(node, ast.If)}
    return any(isinstance(node, ast.If) and ours.get(id(node), part) != part for node, part in there)


def _ends_otherwise(there: Sequence[_Step], here: Sequence[_Step]) -> bool:
    """Whether the branch with the binding leaves before the use is reached."""
    around = {id(node) for node, _ in here}
    for node, part in there:
        if id(node) in around:
            return False
        body = getattr(node, part, None)
        if isinstance(node, ast.If) and isinstance(body, list) and body and isinstance(body[-1], _LEAVES):
            return True
    return False
