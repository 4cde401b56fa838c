"""What a tool reported, with an identity that survives shifted lines and second scans."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NewType

from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

Fingerprint = NewType("Fingerprint", str)
"""32 hexadecimal digits: tool, rule, path, the code without white space, and which of the equal ones."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of one tool on one place."""

    tool: str
    """E.g. `bandit`, in lower case."""
    rule: str
    """The tool's own id, e.g. `B608`."""
    name: str
    """The tool's own name of the rule, e.g. `hardcoded_sql_expressions`."""
    message: str
    severity: Severity
    confidence: str
    """The tool's own word, in lower case; empty where it has none."""
    cwe: tuple[int, ...]
    path: RepoPath
    span: LineSpan
    line: int
    """The line that the tool names first; inside `span`."""
    column: int = 0
    """Characters from the start of `line`, 0-based."""
    end_column: int = 0
    """Exclusive, on the last line of what the tool marked; 0 where it is not known."""
    suppressed: str = ""
    """The comment that silences it in the source (`# nosec …`); empty for an ordinary hit."""
    url: str = ""
    """Where the tool explains the rule."""
    fingerprint: Fingerprint = Fingerprint("")

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sorts hits as a reader meets them: path, line, severity, rule."""
        return (self.path, self.line, self.severity.rank, self.rule)


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A file that a scanner did not look at: never to be taken for a clean one."""

    tool: str
    path: RepoPath
    reason: str


def fingerprinted(hits: Iterable[Hit], lines: Sequence[str]) -> tuple[Hit, ...]:
    """The hits of one file, in reading order, with their fingerprints.

    Args:
        hits: all the hits of one tool on one file; equal ones are told apart by their order.
        lines: the file's lines, without line ends.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for hit in sorted(hits, key=lambda h: h.order):
        code = "".join("".join(lines[hit.span.start - 1 : hit.span.end]).split())
        key = (hit.tool, hit.rule, code)
        result.append(replace(hit, fingerprint=_fingerprint(hit, code, seen[key])))
        seen[key] += 1
    return tuple(result)


def _fingerprint(hit: Hit, code: str, occurrence: int) -> Fingerprint:
    text = "\0".join((hit.tool, hit.rule, hit.path, code, str(occurrence)))
    return Fingerprint(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
