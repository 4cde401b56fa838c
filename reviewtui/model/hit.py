"""What a tool reported, with an identity that survives shifted lines and second scans."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NewType

from reviewtui.model.anchor import anchor_text
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

Fingerprint = NewType("Fingerprint", str)
"""32 hexadecimal digits: tool, rule, path, the code without white space, and which of the equal ones."""

NOWHERE: Final = RepoPath("")
"""The path of a hit that concerns the project as a whole, or names a file that is not in the repository."""


@dataclass(frozen=True, slots=True)
class HitPlace:
    """A further place that a tool names: a step of a flow, or something related."""

    path: RepoPath
    span: LineSpan
    role: str = ""
    """source, step, sink or related; empty where the tool does not say."""
    note: str = ""


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
    """NOWHERE for one that has no place in the repository."""
    span: LineSpan
    """The first line for one that concerns the file as a whole."""
    line: int
    """The line that the tool names first; inside `span`."""
    column: int = 0
    """Characters from the start of `line`, 0-based."""
    end_column: int = 0
    """Exclusive, on the last line of what the tool marked; 0 where it is not known."""
    suppressed: str = ""
    """What makes the tool itself not count it as open: the comment that silences it (`# nosec …`), a suppression, a
    resolution; empty for an ordinary hit."""
    url: str = ""
    """Where the tool explains the rule."""
    is_question: bool = False
    """Whether the tool claims nothing and asks a person to look (a hotspot, a result of kind `review`)."""
    ids: tuple[str, ...] = ()
    """Other names of the same thing: CVE, GHSA, PYSEC."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else the tool says in its own words, name and text, to be shown: its level, a baseline state, a package."""
    explanation: str = ""
    """What the tool says of the rule in general."""
    places: tuple[HitPlace, ...] = ()
    """Further places, in the tool's order."""
    origin: str = ""
    """The import that it came with; empty for our own scan."""
    code: str = ""
    """`code_id` of the lines in `span`, as they were when the tool looked; empty without lines."""
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
        result.append(
            replace(
                hit,
                fingerprint=_fingerprint(hit, code, seen[key]),
                code=code_id(anchor_text(lines, hit.span)) if code else "",
            )
        )
        seen[key] += 1
    return tuple(result)


def code_id(text: str) -> str:
    """16 hexadecimal digits that stand for a text without its white space; empty where nothing is left.

    Args:
        text: as `anchor_text` gives it, so that the id of a hit and of an anchor on its lines are the same.
    """
    code = "".join(text.split())
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()[:16] if code else ""


def _fingerprint(hit: Hit, code: str, occurrence: int) -> Fingerprint:
    text = "\0".join((hit.tool, hit.rule, hit.path, code, str(occurrence)))
    return Fingerprint(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32])
