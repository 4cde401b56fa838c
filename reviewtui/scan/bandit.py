"""The one door to Bandit: the bytes of one file in, exactly the hits of its command line out."""

import ast
import io
import logging
import platform
import sys
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import FrameType
from typing import Any, Final

from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.text.source import column_of_byte, decode

with warnings.catch_warnings():
    # Its loader of plugins calls another library in a deprecated way.
    warnings.simplefilter("ignore")
    import bandit
    from bandit.core import config, docs_utils, extension_loader, manager, metrics, node_visitor

TOOL: Final = "bandit"

_SEVERITIES: Final = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_COMMAND_FRAMES: Final = 5
"""How many calls deep Bandit's command line is when it starts to walk a file, without one that `-m` hides from us."""
_PROBLEM_LENGTH: Final = 300

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


class BanditRunner:
    """Bandit with its default configuration, loaded once; no file of the reviewed tree is opened or trusted as one."""

    def __init__(self) -> None:
        logger = logging.getLogger("bandit")
        self._log = _ErrorLog()
        logger.addHandler(self._log)
        logger.propagate = False
        # Bandit's loader changes these names when it is asked for an address.
        self._names = {key: str(entry["name"]) for key, entry in extension_loader.MANAGER.blacklist_by_id.items()}
        self._urls: dict[str, str] = {}
        self._manager = manager.BanditManager(config.BanditConfig(), "file")

    def scan(self, name: str, data: bytes, lines: Sequence[str] | None = None) -> tuple[tuple[Hit, ...], str]:
        """The hits in a file, without fingerprints, and why Bandit could not look at it or at all of it.

        What a `# nosec` comment hides is among them, with that comment.

        Args:
            name: path relative to the root.
            data: the whole file.
            lines: the same as `text.source.decode` gives them, where they are at hand.

        Raises:
            MemoryError: the file wants more memory than there is, or is nested deeper than Python's parser goes.
        """
        self._log.problems.clear()
        try:
            with _quiet():
                comments = _nosec_comments(data)
                found = self._visit(name, data, {line: comment.tests for line, comment in comments.items()})
                hidden = self._hidden(name, data, found, comments) if comments else []
        except SyntaxError as error:
            return (), _syntax_problem(error)
        except RecursionError:
            return (), "Bandit cannot scan it: the code is nested too deeply"
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 (the command line skips the file too, whatever the exception is)
            return (), f"Bandit failed on it: {type(error).__name__}: {error}"[:_PROBLEM_LENGTH]
        if lines is None:
            lines = decode(data, name).lines
        hits = tuple(self._hit(RepoPath(name), one, lines, data) for one in (*found, *hidden))
        return hits, self._log.problem()

    def _visit(self, name: str, data: bytes, nosec: dict[int, set[str]]) -> "list[_Found]":
        """What Bandit's own visitor reports, with the lines in `nosec` obeyed."""
        measured = metrics.Metrics()
        measured.begin(name)
        visitor = node_visitor.BanditNodeVisitor(
            f"./{name}", io.BytesIO(data), self._manager.b_ma, self._manager.b_ts, False, nosec, measured
        )
        results = _Results(visitor)
        visitor.tester.results = results
        limit = sys.getrecursionlimit()
        try:
            # As much room as the command line has, so that the same files are too deep.
            sys.setrecursionlimit(limit + _depth() + 1 - _COMMAND_FRAMES)
            visitor.process(data)
        finally:
            sys.setrecursionlimit(limit)
            for node in _SHARED_NODES:
                vars(node).clear()
        return results.found

    def _hidden(self, name: str, data: bytes, found: "list[_Found]", comments: "dict[int, _Nosec]") -> "list[_Found]":
        """What is reported only where comments are ignored, each with the comment that hides it."""
        shown = Counter(one.key for one in found)
        hidden = []
        for one in self._visit(name, data, {}):
            if shown[one.key]:
                shown[one.key] -= 1
            else:
                hidden.append(replace(one, suppressed=_comment_for(one, comments)))
        return hidden

    def _hit(self, path: RepoPath, one: "_Found", lines: Sequence[str], data: bytes) -> Hit:
        issue = one.issue
        rule = str(issue.test_id)
        line = max(1, int(issue.lineno or 1))
        column, end_column = _columns(one, lines)
        first, last = one.span
        if rule == "B613":
            line, column = _place_of_bidi(data, issue)
            first, last, end_column = line, line, column + 1
        return Hit(
            tool=TOOL,
            rule=rule,
            name=self._names.get(rule, str(issue.test)),
            message=str(issue.text),
            severity=_SEVERITIES.get(issue.severity, Severity.INFO),
            confidence=str(issue.confidence).lower(),
            cwe=(int(issue.cwe.id),) if issue.cwe.id else (),
            path=path,
            span=LineSpan(max(1, min(line, first)), max(line, last)),
            line=line,
            column=column,
            end_column=end_column,
            suppressed=one.suppressed,
            url=self._url(rule),
        )

    def _url(self, rule: str) -> str:
        if rule not in self._urls:
            self._urls[rule] = str(docs_utils.get_url(rule))
        return self._urls[rule]


def versions() -> dict[str, str]:
    """What decides what is found: the versions of Bandit and of the Python that parses."""
    return {"bandit": str(bandit.__version__), "python": platform.python_version()}


@dataclass(frozen=True, slots=True)
class _Nosec:
    """A comment that switches tests off."""

    text: str
    tests: set[str]
    """Empty: all of them."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An issue of Bandit's with what it was found on."""

    issue: Any  # Bandit has no types
    node: ast.AST | None
    """None: the file as a whole."""
    span: tuple[int, int]
    """First and last line of what Bandit reports."""
    lines: range
    """Those on which Bandit looks for a comment that hides the issue."""
    suppressed: str = ""

    @property
    def key(self) -> tuple[object, ...]:
        issue = self.issue
        place = (issue.lineno, self.span, issue.col_offset, issue.end_col_offset)
        return (issue.test_id, issue.test, issue.text, issue.severity, issue.confidence, issue.cwe.id, *place)


class _Results(list[Any]):
    """The list that Bandit appends issues to; notes the node that is being visited."""

    def __init__(self, visitor: Any) -> None:  # Bandit has no types
        super().__init__()
        self._visitor = visitor
        self.found: list[_Found] = []

    def append(self, issue: Any) -> None:
        super().append(issue)
        context = self._visitor.context
        first, last = _ends(issue.linerange)
        # One list of all its lines for every hit makes a file of 16,000 strings take gigabytes.
        issue.linerange = (first, last)
        around = _ends(context["linerange"])
        self.found.append(_Found(issue, context.get("node"), (first, last), range(around[0], around[1] + 1)))


class _ErrorLog(logging.Handler):
    """Keeps what Bandit only logs: a test of its own that failed while the others went on."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.problems: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.problems.append(record.getMessage().partition("Traceback")[0].strip())

    def problem(self) -> str:
        """One sentence; empty where nothing was logged."""
        if not self.problems:
            return ""
        more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
        return f"Some of Bandit's tests failed on it: {self.problems[0]}"[:_PROBLEM_LENGTH] + more


def _nosec_comments(data: bytes) -> dict[int, _Nosec]:
    """The `# nosec` comments by line; fails where Bandit leaves the file out."""
    comments = {}
    try:
        for kind, text, (line, _), _, _ in tokenize.tokenize(io.BytesIO(data).readline):
            if kind == tokenize.COMMENT:
                tests = manager._parse_nosec_comment(text)  # noqa: SLF001 (there is no other way in)
                if tests is not None:
                    comments[line] = _Nosec(text.strip(), tests)
    except tokenize.TokenError:
        pass
    return comments


def _comment_for(one: _Found, comments: dict[int, _Nosec]) -> str:
    for line in (one.issue.lineno, *one.lines):
        comment = comments.get(line)
        if comment is not None and (not comment.tests or one.issue.test_id in comment.tests):
            return comment.text
    return "# nosec"


def _ends(lines: Sequence[int]) -> tuple[int, int]:
    """First and last of consecutive line numbers."""
    return (lines[0], lines[-1]) if lines else (0, 0)


def _columns(one: _Found, lines: Sequence[str]) -> tuple[int, int]:
    """First and last column in characters; 0 where Bandit's do not belong to the lines that it names."""
    node, issue = one.node, one.issue
    start, end = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0) or 0
    if not 1 <= start == issue.lineno <= len(lines):
        return 0, 0
    column = column_of_byte(lines[start - 1], int(issue.col_offset))
    if not start <= end <= len(lines):
        return column, 0
    return column, column_of_byte(lines[end - 1], int(issue.end_col_offset))


def _place_of_bidi(data: bytes, issue: Any) -> tuple[int, int]:  # Bandit has no types
    """Line and column of the character that B613 names, which counts form feeds and the like as line ends."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    chunks = data.decode(encoding).splitlines(keepends=True)[: issue.lineno]
    before = "".join(chunks[:-1]) + (chunks[-1] if chunks else "")[: max(0, issue.col_offset - 1)]
    head = before.replace("\r\n", "\n").replace("\r", "\n")
    return head.count("\n") + 1, len(head) - head.rfind("\n") - 1


def _syntax_problem(error: SyntaxError) -> str:
    where = f" (line {error.lineno}: {error.msg})" if error.lineno else f" ({error.msg})"
    return f"Python {platform.python_version()} cannot parse it{where}, so Bandit did not scan it"[:_PROBLEM_LENGTH]


@contextmanager
def _quiet() -> Iterator[None]:
    """Warnings about the reviewed code are neither shown nor raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _depth() -> int:
    """How many calls deep the caller is."""
    depth = 0
    caller: FrameType | None = sys._getframe(1)  # noqa: SLF001 (what the module inspect uses)
    while caller is not None:
        depth, caller = depth + 1, caller.f_back
    return depth
