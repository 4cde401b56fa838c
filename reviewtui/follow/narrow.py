"""What conditions around an expression say of it: `isinstance` in an `if`, an `and` or an `assert`."""

import ast
from typing import Final

from reviewtui.follow.modules import Module

_SCOPES: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module, ast.Lambda)
_LEAVES: Final = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def narrowing(module: Module, node: ast.expr) -> list[ast.expr]:
    """The classes that `node` was tested to be an instance of where it stands, the nearest test first."""
    text = dotted(node)
    if not text:
        return []
    found: list[ast.expr] = []
    child: ast.AST = node
    for above in module.parents(node):
        if isinstance(above, ast.If | ast.While | ast.IfExp) and child is not above.test:
            body = above.body if isinstance(above.body, list) else [above.body]
            if child in body:
                _holds(above.test, text, found)
            else:
                _fails(above.test, text, found)
        elif isinstance(above, ast.BoolOp) and isinstance(above.op, ast.And):
            for part in above.values:
                if part is child:
                    break
                _holds(part, text, found)
        if isinstance(child, ast.stmt):
            _before(above, child, text, found)
        if isinstance(above, _SCOPES):
            break
        child = above
    return found


def dotted(node: ast.AST) -> str:
    """`a.b.c` for names and their attributes; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        base = dotted(node.value)
        return f"{base}.{node.attr}" if base else ""
    return ""


def _before(above: ast.AST, child: ast.stmt, text: str, found: list[ast.expr]) -> None:
    """What the statements before it leave over."""
    for part in ("body", "orelse", "finalbody"):
        body = getattr(above, part, None)
        if not isinstance(body, list) or child not in body:
            continue
        for statement in reversed(body[: body.index(child)]):
            if isinstance(statement, ast.Assert):
                _holds(statement.test, text, found)
            elif isinstance(statement, ast.If) and statement.body and isinstance(statement.body[-1], _LEAVES):
                _fails(statement.test, text, found)
            elif isinstance(statement, ast.Assign) and any(dotted(target) == text for target in statement.targets):
                return


def _holds(test: ast.expr, text: str, found: list[ast.expr]) -> None:
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        for part in test.values:
            _holds(part, text, found)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        _fails(test.operand, text, found)
    elif (
        isinstance(test, ast.Call)
        and isinstance(test.func, ast.Name)
        and test.func.id == "isinstance"
        and len(test.args) == 2
        and dotted(test.args[0]) == text
    ):
        found.append(test.args[1])


def _fails(test: ast.expr, text: str, found: list[ast.expr]) -> None:
    """A test that did not hold: only `not isinstance(…)` says anything then."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        _holds(test.operand, text, found)
    elif isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        for part in test.values:
            _fails(part, text, found)
