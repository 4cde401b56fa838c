"""Questions, where their answers could be no, and the answers with their evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from reviewtui.errors import InvalidReviewError
from reviewtui.model.extra import Extra
from reviewtui.model.finding import HistoryEntry
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.risk import Severity


@dataclass(frozen=True, slots=True)
class Pattern:
    """How candidates are found: a regular expression over lines, or call names resolved through imports."""

    regex: str = ""
    call: tuple[str, ...] = ()
    """Dotted names; `*.name` is any call of an attribute `name`."""
    without: tuple[str, ...] = ()
    """A call counts only where one of these keywords is missing."""
    suspicious: bool = False
    where: tuple[str, ...] = ("*.py",)
    """Globs on a file's name or path."""
    note: str = ""
    match: tuple[str, ...] = ()
    miss: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a checklist."""

    id: str
    checklist: str
    """Id of the list that holds it; the topic of its findings."""
    title: str
    question: str
    why: str
    good: str
    """What good looks like."""
    severity: Severity
    core: bool = False
    cwe: tuple[int, ...] = ()
    asvs5: tuple[str, ...] = ()
    asvs4: tuple[str, ...] = ()
    top10_2025: tuple[str, ...] = ()
    top10_2021: tuple[str, ...] = ()
    bandit: tuple[str, ...] = ()
    cheat_sheet: str = ""
    finding: str = ""
    """Title of the finding when the item fails."""
    recommendation: str = ""
    look_for: Mapping[str, str] = field(default_factory=dict)
    """Framework to what to look for."""
    bad_example: str = ""
    good_example: str = ""
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """A list of questions on one topic."""

    id: str
    title: str
    summary: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an item's answer could be no."""

    item: str
    path: RepoPath
    span: LineSpan
    code: str
    """The first line of it, stripped."""
    note: str
    suspicious: bool

    @property
    def order(self) -> tuple[bool, str, int]:
        """Sorts candidates for a walk: suspicious ones first, then as they stand in the tree."""
        return (not self.suspicious, self.path, self.span.start)


class Result(StrEnum):
    """What an answer says."""

    PASS = "pass"  # noqa: S105 (a result, no password)
    FAIL = "fail"
    NOT_APPLICABLE = "na"

    @property
    def label(self) -> str:
        """For people."""
        return "not applicable" if self is Result.NOT_APPLICABLE else self.value


@dataclass(frozen=True, slots=True)
class Evidence:
    """A place that was read for an answer."""

    place: Place
    verdict: str = ""
    """What was thought of it: fine, suspicious, finding; empty: read."""
    extra: Extra = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item, with what it rests on."""

    item: str
    checklist: str
    result: Result
    reason: str
    by: str
    at: datetime
    commit: str = ""
    findings: tuple[str, ...] = ()
    """Ids of the findings that a fail opened."""
    evidence: tuple[Evidence, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    """Earlier answers, oldest first."""
    extra: Extra = field(default_factory=dict)

    def check(self) -> None:
        """Raise InvalidReviewError where the answer has no reason."""
        if not self.reason.strip():
            raise InvalidReviewError("An answer needs a reason: what was read, or what was searched and not found")
