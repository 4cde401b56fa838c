"""What several formats say of a review in the same words: order, counts, overdue, reasons, coverage, progress."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from reviewtui.model.checklist import Answer, Checklist, Item
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.hit import Fingerprint, Hit
from reviewtui.model.mark import ALL_TOPICS, joined
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Level, Severity
from reviewtui.model.standing import Standings, standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by risk: severity, then likelihood, then impact, then as they stand in the tree."""
    return sorted(findings, key=_risk)


def by_kind(review: Review) -> tuple[list[Finding], list[Finding]]:
    """The findings proper, and the notes, questions, tasks and praise; both in order."""
    real = [f for f in review.findings.values() if f.kind is Kind.FINDING]
    other = [f for f in review.findings.values() if f.kind is not Kind.FINDING]
    return ordered(real), ordered(other)


def counts(findings: Iterable[Finding]) -> dict[Severity | None, Counter[State]]:
    """How many of each severity (None: not rated) are in each state; severities without any are left out."""
    table: dict[Severity | None, Counter[State]] = {severity: Counter() for severity in (*Severity, None)}
    for finding in findings:
        table[finding.severity][finding.state] += 1
    return {severity: states for severity, states in table.items() if states}


def is_overdue(finding: Finding, today: date) -> bool:
    """Whether something is left to do about it after the day on which it was due."""
    return finding.due is not None and finding.due < today and not finding.state.is_settled


def is_expired(entry: Finding | Verdict, today: date) -> bool:
    """Whether it is an accepted risk whose day of review has passed."""
    return entry.state is State.ACCEPTED_RISK and entry.review_by is not None and entry.review_by < today


def expired(review: Review, today: date) -> list[Finding | Verdict]:
    """The accepted risks, findings and decisions on hits, whose day of review has passed."""
    entries: list[Finding | Verdict] = [f for f in review.findings.values() if f.kind is Kind.FINDING]
    return [entry for entry in (*entries, *review.verdicts.values()) if is_expired(entry, today)]


def reason_of(finding: Finding) -> str:
    """Why it is in its state, as its history says; empty where nobody gave a reason."""
    reasons = [e.reason for e in finding.history if e.reason.strip() and e.field in ("state", "created")]
    return reasons[-1] if reasons else ""


def reviewers(review: Review) -> list[str]:
    """Everybody who is named as a reviewer or wrote anything, those who are named first."""
    said = {f.author for f in review.findings.values()}
    said |= {v.by for v in review.verdicts.values()}
    said |= {a.by for a in review.answers.values()}
    said |= {m.by for m in review.marks.values()}
    return [*review.reviewers, *sorted(name for name in said if name and name not in review.reviewers)]


@dataclass(frozen=True, slots=True)
class Partly:
    """A file of which some lines were reviewed."""

    path: RepoPath
    read: int
    lines: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which files were reviewed for all topics, as they are now."""

    reviewed: tuple[RepoPath, ...]
    partly: tuple[Partly, ...]
    changed: tuple[RepoPath, ...]
    """Reviewed once; what was read is not what stands there now."""
    topics: Mapping[str, int]
    """Topic to the number of files that were reviewed for that topic only."""


def coverage(review: Review, blobs: Mapping[RepoPath, str]) -> Coverage:
    """The marks of all reviewers together, held against the present files."""
    spans: dict[tuple[RepoPath, str], list[LineSpan]] = {}
    lines: dict[RepoPath, int] = {}
    for mark in review.marks.values():
        if mark.blob and mark.blob == blobs.get(mark.path):
            spans.setdefault((mark.path, mark.topic), []).extend(mark.ranges)
            lines[mark.path] = mark.lines
    reviewed, partly = [], []
    topics: Counter[str] = Counter()
    for (path, topic), ranges in sorted(spans.items()):
        read = sum(span.count for span in joined(ranges))
        if topic != ALL_TOPICS:
            topics[topic] += read >= lines[path]
        elif read >= lines[path]:
            reviewed.append(path)
        elif read:
            partly.append(Partly(path, read, lines[path]))
    changed = {m.path for m in review.marks.values() if m.topic == ALL_TOPICS and (m.path, ALL_TOPICS) not in spans}
    return Coverage(tuple(reviewed), tuple(partly), tuple(sorted(changed)), dict(sorted(topics.items())))


@dataclass(frozen=True, slots=True)
class Progress:
    """One checklist with its answers."""

    id: str
    title: str
    answers: tuple[tuple[str, Answer], ...]
    """Title of the item, and its answer, in the order of the list."""
    unanswered: tuple[Item, ...]


def progress(checklists: Iterable[Checklist], review: Review) -> list[Progress]:
    """Every checklist with what was answered; answers to items of no list that is known come last."""
    result = []
    known: set[str] = set()
    for checklist in checklists:
        known.update(item.id for item in checklist.items)
        given = tuple((i.title, review.answers[i.id]) for i in checklist.items if i.id in review.answers)
        missing = tuple(item for item in checklist.items if item.id not in review.answers)
        result.append(Progress(checklist.id, checklist.title, given, missing))
    others = sorted((a for a in review.answers.values() if a.item not in known), key=lambda a: (a.checklist, a.item))
    if others:
        result.append(Progress("", "Items of other checklists", tuple(("", a) for a in others), ()))
    return result


@dataclass(frozen=True, slots=True)
class Decided:
    """The hits of one scan by what was decided on them."""

    undecided: tuple[Hit, ...]
    """Those that nobody has decided on, and those whose decision has to be confirmed."""
    by_state: Mapping[State, int]
    """Decided hits that the scan reported again."""
    suppressed: tuple[Hit, ...]
    """Undecided ones that a comment in the source silences."""
    stale: tuple[Hit, ...]
    """Those whose decision has to be confirmed, silenced ones included."""
    gone: tuple[Fingerprint, ...]
    """Decided hits that the scan did not report any more."""
    unseen: tuple[Fingerprint, ...]
    """Decided hits in what was not looked at."""
    standings: Standings


def decided(review: Review, hits: Iterable[Hit], known: Standings | None = None) -> Decided:
    """What the decisions of a review mean for these hits; without `known`, by their fingerprints alone."""
    found = sorted(hits, key=lambda hit: (hit.order, hit.fingerprint))
    known = known or standings(review.verdicts, found)
    left = [hit for hit in found if known.is_open(hit)]
    states = Counter(known.state_of(hit) for hit in found if not known.is_open(hit))
    return Decided(
        undecided=tuple(hit for hit in left if not hit.suppressed),
        by_state={state: states[state] for state in State if states[state] and state is not State.OPEN},
        suppressed=tuple(hit for hit in left if hit.suppressed),
        stale=tuple(hit for hit in found if known.of(hit).is_stale),
        gone=tuple(sorted(verdict.fingerprint for verdict in known.gone)),
        unseen=tuple(sorted(verdict.fingerprint for verdict in known.unseen)),
        standings=known,
    )


def verdicts_in(review: Review, state: State) -> list[Verdict]:
    """The decisions with this state, as their places stand in the tree."""
    chosen = [v for v in review.verdicts.values() if v.state is state]
    return sorted(chosen, key=lambda v: (v.place.path, v.place.span or LineSpan(1, 1), v.tool, v.rule, v.fingerprint))


def _risk(finding: Finding) -> tuple[int, int, int, str, int, str]:
    place = finding.place
    return (
        finding.severity.rank if finding.severity else len(Severity),
        _level(finding.likelihood),
        _level(finding.impact),
        place.path if place else "",
        place.span.start if place and place.span else 0,
        finding.id,
    )


def _level(level: Level | None) -> int:
    return list(Level).index(level) if level else len(Level)
