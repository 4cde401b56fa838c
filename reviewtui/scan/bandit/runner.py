"""One file through Bandit: the short way where that is certain to give its results, its own way everywhere else."""

import io
import logging
import platform
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.bandit.comments import Nosec, has_none, nosec_comments
from reviewtui.scan.bandit.configuration import configured
from reviewtui.scan.bandit.found import Found
from reviewtui.scan.bandit.lean import LeanScan, is_fit
from reviewtui.scan.bandit.library import VERSION, docs_utils, extension_loader
from reviewtui.scan.bandit.stock import stock_findings
from reviewtui.scan.settings import BanditSettings
from reviewtui.text.source import column_of_byte, decode

TOOL: Final = "bandit"

_SEVERITIES: Final = {"HIGH": Severity.HIGH, "MEDIUM": Severity.MEDIUM, "LOW": Severity.LOW}
_PROBLEM_LENGTH: Final = 300


class BanditRunner:
    """Bandit, loaded once; no file of the reviewed tree is opened, or trusted as a configuration."""

    def __init__(self, settings: BanditSettings | None = None, *, may_be_short: bool = True) -> None:
        """Load it.

        Args:
            settings: instead of its default configuration.
            may_be_short: whether the short way may be taken; the results are the same.

        Raises:
            ConfigurationError: Bandit cannot use the settings.
        """
        logger = logging.getLogger("bandit")
        self._log = _ErrorLog()
        logger.addHandler(self._log)
        logger.propagate = False
        # Bandit's loader changes these names when it is asked for an address.
        self._names = {key: str(entry["name"]) for key, entry in extension_loader.MANAGER.blacklist_by_id.items()}
        self._urls: dict[str, str] = {}
        self._configuration = configured(settings)
        self._manager = self._configuration.manager
        tests = self._manager.b_ts.tests
        self._lean = LeanScan(tests) if may_be_short and is_fit(tests) else None
        self.went_own_way = False
        """Whether Bandit's own way was taken for the last file: it leaves cycles for the garbage collector."""

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
        if left_out := self._configuration.left_out(name):
            return (), left_out
        self._log.problems.clear()
        try:
            with _quiet():
                found = self._findings(name, data)
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
        hits = tuple(self._hit(RepoPath(name), one, lines, data) for one in found)
        return hits, self._log.problem()

    def _findings(self, name: str, data: bytes) -> list[Found]:
        """What Bandit reports, then what a comment hides."""
        self.went_own_way = True
        comments: dict[int, Nosec] = {}
        if self._lean is not None:
            try:
                comments = {} if has_none(data) else nosec_comments(data)
                found = self._lean.findings(name, data, comments)
            except MemoryError:
                raise
            except Exception:  # noqa: BLE001 (whatever it was, Bandit's own way says what it means)
                self._log.problems.clear()
            else:
                self.went_own_way = False
                return found
        return stock_findings(self._manager, name, data, comments or nosec_comments(data))

    def _hit(self, path: RepoPath, one: Found, lines: Sequence[str], data: bytes) -> Hit:
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
            message=one.message,
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
    return {"bandit": VERSION, "python": platform.python_version()}


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


def _columns(one: Found, lines: Sequence[str]) -> tuple[int, int]:
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
