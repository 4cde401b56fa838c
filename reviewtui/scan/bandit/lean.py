"""A short way through a file with the results of Bandit's own: its tests, but only where they can say something.

What Bandit's visitor does for every node and what changes no result is left out: contexts and visits for nodes without
a test, a context for every test, lists of lines, links from each node to its parent, scores. Whoever calls it goes
Bandit's own way where anything is out of the ordinary, so what fails here costs time only.
"""

import ast
import io
import sys
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from reviewtui.scan.bandit.comments import Nosec, comment_for, may_have_cookie
from reviewtui.scan.bandit.conditions import VERSION, CallConditions, StringConditions, Test, blacklisted_starts
from reviewtui.scan.bandit.found import Found, ends
from reviewtui.scan.bandit.library import VERSION as INSTALLED
from reviewtui.scan.bandit.library import context as bandit_context
from reviewtui.scan.bandit.library import utils
from reviewtui.scan.bandit.stock import depth

_ROOM: Final = 300
"""Calls; a tree that is deeper may be too deep for Bandit, whose own way knows that."""
_KNOWN: Final = frozenset({"Call", "Str", "FunctionDef", "Import", "ImportFrom", "Assert", "ExceptHandler", "File"})
_WITHOUT_NODES: Final = frozenset(
    {"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "module", "op", "ops", "rest"}
    | {"simple", "type_comment", "type_ignores"}
)
"""Fields that hold text, numbers, or nodes for which Bandit has no test and which have nothing below them."""
_LEAVES: Final = (ast.Name, ast.Pass, ast.Break, ast.Continue, ast.Global, ast.Nonlocal, ast.alias)
_PARENT: Final = "_bandit_parent"
"""Where a test looks for what a node is in."""
_OF_BIDI: Final = frozenset("\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of text, as Bandit sees it."""

_Entry = tuple[tuple[str, ...], Any]


def is_fit(tests: Mapping[str, Sequence[Any]]) -> bool:
    """Whether all tests are Bandit's own, of the version that the short way is made for."""
    functions = [function for group in tests.values() for function in group]
    return (
        INSTALLED == VERSION
        and tests.keys() <= _KNOWN
        and all(function.__module__.startswith("bandit.") for function in functions)
    )


class LeanScan:
    """Prepared once for a set of tests that `is_fit`."""

    def __init__(self, tests: Mapping[str, Sequence[Any]]) -> None:
        self.tests = {kind: tuple(Test.of(function) for function in group) for kind, group in tests.items()}
        self.calls = CallConditions(self.tests.get("Call", ()))
        self.strings = StringConditions(self.tests.get("Str", ()))
        self.import_starts = {kind: self._starts(kind) for kind in ("Import", "ImportFrom")}

    def findings(self, name: str, data: bytes, comments: Mapping[int, Nosec]) -> list[Found]:
        """What Bandit reports, then what a comment hides; fails in any way where that is not certain."""
        limit = sys.getrecursionlimit()
        try:
            sys.setrecursionlimit(depth() + _ROOM)
            walk = _Walk(self, f"./{name}", data, comments)
            walk.run(ast.parse(data))
        finally:
            sys.setrecursionlimit(limit)
        return [*walk.found, *walk.hidden]

    def _starts(self, kind: str) -> tuple[str, ...]:
        """What a name of an import begins with, if a test can say something of it; every name begins with nothing."""
        tests = self.tests.get(kind, ())
        starts = [blacklisted_starts(test, kind) if test.id == "B001" else None for test in tests]
        return ("",) if None in starts else tuple(name for names in starts for name in names or ())


class _Walk:
    """The way through one file."""

    def __init__(self, scan: LeanScan, name: str, data: bytes, comments: Mapping[int, Nosec]) -> None:
        self.found: list[Found] = []
        self.hidden: list[Found] = []
        self._scan = scan
        self._name = name
        self._data = data
        self._file = io.BytesIO(data)
        self._comments = comments
        self._comment_lines = sorted(comments)
        self._imports: set[str] = set()
        self._aliases: dict[str, str] = {}
        self._parents: list[ast.AST] = []
        self._linked: list[ast.AST] = []
        self._entries = self._made_entries()

    def run(self, tree: ast.Module) -> None:
        """Visit all nodes in Bandit's order, then the file as a whole."""
        self._below(tree, ("body",))
        for node in self._linked:
            delattr(node, _PARENT)  # without cycles the tree is gone at once
        if "File" in self._scan.tests and self._may_turn():
            about = {"lineno": 0, "col_offset": 0}
            self._run(self._scan.tests["File"], None, about, (0, 1))

    def _made_entries(self) -> dict[type, _Entry]:
        """For each kind of node what is done with it, and in which of its fields there is more to see."""
        visits: dict[type, Any] = {ast.Import: self._visit_import, ast.ImportFrom: self._visit_import_from}
        wanted: dict[type, tuple[str, Any]] = {
            ast.Call: ("Call", self._visit_call),
            ast.Constant: ("Str", self._visit_constant),
            ast.FunctionDef: ("FunctionDef", self._visit_function),
            ast.Assert: ("Assert", self._visit_other),
            ast.ExceptHandler: ("ExceptHandler", self._visit_other),
        }
        visits |= {kind: visit for kind, (name, visit) in wanted.items() if name in self._scan.tests}
        return {kind: (fields, visits.get(kind)) for kind, fields in _FIELDS.items() if fields or kind in visits}

    def _below(self, node: ast.AST, fields: tuple[str, ...]) -> None:
        """Visit what is below a node, each node before what is below it."""
        parents, entries, below = self._parents, self._entries, self._below
        parents.append(node)
        for field in fields:
            value = getattr(node, field)
            for item in value if value.__class__ is list else (value,):
                entry = entries.get(item.__class__)
                if entry is not None:
                    fields_below, visit = entry
                    if visit is not None:
                        visit(item)
                    if fields_below:
                        below(item, fields_below)
        parents.pop()

    def _visit_call(self, node: ast.Call) -> None:
        target = node.func
        kind = target.__class__
        whole_name = self._qualified(target) if kind is ast.Name or kind is ast.Attribute else ""
        tests = self._scan.calls.tests_for(node, whole_name)
        if tests:
            about = {"call": node, "qualname": whole_name, "name": whole_name.rpartition(".")[2]}
            self._run_on(tests, node, about)

    def _qualified(self, node: ast.expr) -> str:
        """A name as Bandit knows it by the imports so far."""
        if node.__class__ is ast.Name:
            name: str = node.id
        elif node.__class__ is ast.Attribute:
            name = f"{self._qualified(node.value)}.{node.attr}"
        else:
            return ""
        return self._aliases.get(name, name)

    def _visit_constant(self, node: ast.Constant) -> None:
        if node.value.__class__ is not str:
            return
        parent = self._parents[-1]
        if parent.__class__ is ast.Expr:
            return
        tests = self._scan.strings.tests_for(node, parent)
        if tests:
            self._run_on(tests, node, {"str": node.value}, around=parent)

    def _visit_function(self, node: ast.FunctionDef) -> None:
        if node.args.defaults:
            self._run_on(self._scan.tests["FunctionDef"], node, {"function": node})

    def _visit_other(self, node: ast.AST) -> None:
        self._run_on(self._scan.tests[node.__class__.__name__], node, {})

    def _visit_import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.asname:
                self._aliases[alias.asname] = alias.name
            self._imports.add(alias.name)
        starts = self._scan.import_starts["ImportFrom" if isinstance(node, ast.ImportFrom) else "Import"]
        if any(alias.name.startswith(starts) for alias in node.names):
            self._run_on(self._scan.tests.get("Import", ()), node, {"module": node.names[-1].name})

    def _visit_import_from(self, node: ast.ImportFrom) -> None:
        module = node.module
        if module is None:
            self._visit_import(node)
            return
        names = [f"{module}.{alias.name}" for alias in node.names]
        for alias, name in zip(node.names, names, strict=True):
            self._aliases[alias.asname or alias.name] = name
        self._imports.update(names)
        starts = self._scan.import_starts["ImportFrom"]
        if any(name.startswith(starts) for name in names):
            about = {"module": module, "name": node.names[-1].name}
            self._run_on(self._scan.tests.get("ImportFrom", ()), node, about)

    def _run_on(
        self, tests: Sequence[Test], node: Any, about: dict[str, Any], *, around: ast.AST | None = None
    ) -> None:
        """Run tests on a node, with the links to its parents that they follow.

        Args:
            tests: those to run.
            node: any kind of node, which no type says.
            about: what a test is told of this kind of node.
            around: whose lines count as those of the node.
        """
        child = node
        for parent in reversed(self._parents):
            if hasattr(child, _PARENT):
                break
            setattr(child, _PARENT, parent)
            self._linked.append(child)
            child = parent
        about |= {"lineno": node.lineno, "col_offset": node.col_offset, "end_col_offset": node.end_col_offset}
        self._run(tests, node, about, around or node)

    def _run(
        self, tests: Sequence[Test], node: ast.AST | None, about: dict[str, Any], around: ast.AST | tuple[int, int]
    ) -> None:
        about |= {"imports": self._imports, "import_aliases": self._aliases, "filename": self._name}
        about["file_data"] = self._file
        if node is not None:
            about["node"] = node
        context = bandit_context.Context(about)
        for test in tests:
            issue = test.function(context, *test.settings)
            if issue is not None:
                lines = around if isinstance(around, tuple) else _span(around)
                self._report(issue, test, node, about, lines)

    def _report(
        self, issue: Any, test: Test, node: ast.AST | None, about: Mapping[str, Any], lines: tuple[int, int]
    ) -> None:
        """Complete an issue as Bandit does, and put it down as shown or hidden."""
        around = range(lines[0], lines[1] + 1)
        is_hidden = bool(self._comments) and self._is_hidden(issue, test, around)
        if issue.lineno is None:
            issue.lineno = about["lineno"]
        span = ends(issue.linerange) if issue.linerange != [] else lines
        issue.linerange = span
        if issue.col_offset == -1:
            issue.col_offset = about["col_offset"]
        issue.end_col_offset = about.get("end_col_offset", 0)
        issue.test = test.name
        issue.test_id = issue.test_id or test.id
        found = Found(issue, node, span, around)
        if is_hidden:
            self.hidden.append(replace(found, suppressed=comment_for(found, self._comments)))
        else:
            self.found.append(found)

    def _is_hidden(self, issue: Any, test: Test, around: range) -> bool:
        """Whether a comment on the line that the test names, or the first one in the code, switches the test off."""
        comments = [] if issue.lineno is None else [self._comments.get(issue.lineno)]
        index = bisect_left(self._comment_lines, around.start)
        if index < len(self._comment_lines) and self._comment_lines[index] in around:
            comments.append(self._comments[self._comment_lines[index]])
        named = [comment.tests for comment in comments if comment is not None]
        if not named:
            return False
        tests = frozenset[str]().union(*named)
        return not tests or (issue.test_id or test.id) in tests

    def _may_turn(self) -> bool:
        """Whether there may be a character that turns the direction of text."""
        has_cookie = may_have_cookie(self._data)
        if has_cookie or self._data.isascii():
            return has_cookie
        try:
            return not _OF_BIDI.isdisjoint(self._data.decode("utf-8"))
        except UnicodeDecodeError:
            return True


def _span(node: ast.AST) -> tuple[int, int]:
    """The lines of a node; Bandit looks for those of one that has none among what is below it."""
    if hasattr(node, "lineno"):
        return node.lineno, node.end_lineno  # type: ignore[attr-defined]  # the parser sets both
    return ends(utils.linerange(node))


def _fields_of(kind: type[ast.AST]) -> tuple[str, ...]:
    if issubclass(kind, _LEAVES) or kind is ast.Constant:
        return ()
    names = _WITHOUT_NODES | ({"name"} if kind is not getattr(ast, "TypeAlias", None) else set())
    names |= {"names"} if issubclass(kind, ast.Import | ast.ImportFrom) else set()
    return tuple(field for field in kind._fields if field not in names)


def _kinds(kind: type[ast.AST]) -> list[type[ast.AST]]:
    return [kind, *(below for one in kind.__subclasses__() for below in _kinds(one))]


_FIELDS: Final = {kind: _fields_of(kind) for kind in _kinds(ast.AST)}
"""Kind of node to the fields with further nodes."""
