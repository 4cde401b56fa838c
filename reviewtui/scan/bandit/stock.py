"""Bandit's own way through a file: its visitor, its tests, its handling of comments, at its price."""

import ast
import io
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import FrameType
from typing import Any, Final

from reviewtui.scan.bandit.comments import Nosec, comment_for
from reviewtui.scan.bandit.found import Found, ends
from reviewtui.scan.bandit.library import metrics, node_visitor

_COMMAND_FRAMES: Final = 5
"""How many calls deep Bandit's command line is when it starts to walk a file, without one that `-m` hides from us."""

_EVERY_OPERATOR: Final = """
a = b; del a; a and b or c; a + b - c * d / e // f % g ** h @ i << j >> k & l | m ^ n; not a, ~b, +c, -d
a == b != c < d <= e > f >= g is h is not i in j not in k
"""
# The parser has one object for each of these in all trees; what Bandit notes on it would keep whole trees alive.
_SHARED_NODES: Final = tuple(
    {
        id(node): node
        for node in ast.walk(ast.parse(_EVERY_OPERATOR))
        if isinstance(node, ast.expr_context | ast.boolop | ast.operator | ast.unaryop | ast.cmpop)
    }.values()
)


def stock_findings(manager: Any, name: str, data: bytes, comments: Mapping[int, Nosec]) -> list[Found]:
    """What Bandit reports, then what a comment hides; fails where Bandit leaves the file out.

    Args:
        manager: Bandit's own (it has no types), with the tests to run.
        name: path relative to the root.
        data: the whole file.
        comments: those in it.
    """
    found = _visit(manager, name, data, {line: set(comment.tests) for line, comment in comments.items()})
    if not comments:
        return found
    shown = Counter(one.key for one in found)
    hidden = []
    for one in _visit(manager, name, data, {}):
        if shown[one.key]:
            shown[one.key] -= 1
        else:
            hidden.append(replace(one, suppressed=comment_for(one, comments)))
    return [*found, *hidden]


def depth() -> int:
    """How many calls deep the caller is."""
    count = 0
    caller: FrameType | None = sys._getframe(1)  # noqa: SLF001 (what the module inspect uses)
    while caller is not None:
        count, caller = count + 1, caller.f_back
    return count


def _visit(manager: Any, name: str, data: bytes, nosec: dict[int, set[str]]) -> list[Found]:
    """What Bandit's own visitor reports, with the lines in `nosec` obeyed."""
    measured = metrics.Metrics()
    measured.begin(name)
    visitor = node_visitor.BanditNodeVisitor(
        f"./{name}", io.BytesIO(data), manager.b_ma, manager.b_ts, False, nosec, measured
    )
    results = _Results(visitor)
    visitor.tester.results = results
    limit = sys.getrecursionlimit()
    try:
        # As much room as the command line has, so that the same files are too deep.
        sys.setrecursionlimit(limit + depth() + 1 - _COMMAND_FRAMES)
        visitor.process(data)
    finally:
        sys.setrecursionlimit(limit)
        for node in _SHARED_NODES:
            vars(node).clear()
    return results.found


class _Results(list[Any]):
    """The list that Bandit appends issues to; notes the node that is being visited."""

    def __init__(self, visitor: Any) -> None:  # Bandit has no types
        super().__init__()
        self._visitor = visitor
        self.found: list[Found] = []

    def append(self, issue: Any) -> None:
        super().append(issue)
        context = self._visitor.context
        first, last = ends(issue.linerange)
        # One list of all its lines for every hit makes a file of 16,000 strings take gigabytes.
        issue.linerange = (first, last)
        around = ends(context["linerange"])
        self.found.append(Found(issue, context.get("node"), (first, last), range(around[0], around[1] + 1)))
