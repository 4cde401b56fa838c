"""What lies over the lines of one file: hits, findings where they are now, candidates, and what was reviewed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from reviewtui.model.anchor import Located, PlaceState, locate
from reviewtui.model.checklist import Candidate
from reviewtui.model.finding import Finding
from reviewtui.model.hit import Hit
from reviewtui.model.mark import ALL_TOPICS
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity

MARKED_LINES: Final = 2_000
"""A finding on more lines than these is marked on its first ones only."""

Knows: TypeAlias = Callable[[Finding, int, RepoPath, str], Located | None]
"""Where the place of that number of a finding is, if that is known for these bytes of this file."""

_LEAST: Final = len(Severity)
_MOST_CHANGED: Final = (PlaceState.EDITED, PlaceState.MOVED)


@dataclass(frozen=True, slots=True)
class LineMark:
    """What there is to draw beside one line."""

    hits: tuple[Hit, ...] = ()
    """Those that name this line, worst first; `Overlay.hits_at` also knows those that only reach over it."""
    findings: tuple[Finding, ...] = ()
    """Those with a place on this line, worst first."""
    candidates: tuple[Candidate, ...] = ()
    """Those that begin here, suspicious ones first."""
    reviewed: bool = False
    state: PlaceState = PlaceState.EXACT
    """What happened to the places of its findings; the worst of it."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """All marks of one file."""

    path: RepoPath
    marks: Mapping[int, LineMark]
    """By line; a line without anything is not in it."""
    places: tuple[tuple[Finding, Place, Located], ...]
    """Every place of a finding in this file, with where it is now."""
    hits: tuple[Hit, ...]
    """In reading order."""

    @property
    def lost(self) -> tuple[tuple[Finding, Place], ...]:
        """The places whose lines are in the file no more."""
        return tuple((f, place) for f, place, where in self.places if where.state is PlaceState.LOST)

    def located(self, finding: Finding) -> tuple[Located, ...]:
        """Where the places of this finding in this file are now, in its own order."""
        return tuple(where for f, _, where in self.places if f.id == finding.id)

    def hits_at(self, line: int) -> tuple[Hit, ...]:
        """The hits whose code reaches over this line: those that name it first, then the closest around it."""
        around = [hit for hit in self.hits if line in hit.span]
        return tuple(sorted(around, key=lambda hit: (hit.line != line, hit.span.count, hit.severity.rank)))

    def findings_at(self, line: int) -> tuple[Finding, ...]:
        """The findings with a place that reaches over this line, worst first, however long they are."""
        found = {f.id: f for f, _, where in self.places if where.span and line in where.span}
        return tuple(sorted(found.values(), key=_weight))


def overlay(
    path: RepoPath,
    lines: Sequence[str],
    blob: str,
    hits: Iterable[Hit],
    review: Review,
    candidates: Iterable[Candidate] = (),
    *,
    topic: str = ALL_TOPICS,
    knows: Knows = lambda *_: None,
) -> Overlay:
    """Lay over the lines of one file what is known of it; what concerns other files is left out.

    Args:
        lines: of the file as it is now, without line ends.
        blob: git's id of its bytes; a mark says something only of these.
        topic: a line counts as reviewed when it was for this topic or for all.
        knows: where places are, of other files too; of what it does not know, only this file is looked at.
    """
    here = sorted((hit for hit in hits if hit.path == path), key=lambda hit: hit.order)
    places = tuple(_places(path, lines, blob, review, knows))
    building: dict[int, _Building] = {}
    for hit in here:
        if hit.line <= len(lines):  # the file may be shorter than it was when it was scanned
            building.setdefault(hit.line, _Building()).hits.append(hit)
    for finding, _, where in places:
        for line in _marked(where.span):
            built = building.setdefault(line, _Building())
            built.findings[finding.id] = finding
            built.states.add(where.state)
    for candidate in candidates:
        if candidate.path == path and candidate.span.start <= len(lines):
            building.setdefault(candidate.span.start, _Building()).candidates.append(candidate)
    reviewed = _reviewed(path, len(lines), blob, review, topic)
    marks = dict.fromkeys(reviewed, _ONLY_REVIEWED)
    marks.update((line, built.mark(line in marks)) for line, built in building.items())
    return Overlay(path, marks, places, tuple(here))


@dataclass(slots=True)
class _Building:
    """The mark of a line while it is put together."""

    hits: list[Hit] = field(default_factory=list)
    findings: dict[str, Finding] = field(default_factory=dict)
    states: set[PlaceState] = field(default_factory=set)
    candidates: list[Candidate] = field(default_factory=list)

    def mark(self, reviewed: bool) -> LineMark:
        return LineMark(
            tuple(sorted(self.hits, key=lambda hit: (hit.severity.rank, hit.order))),
            tuple(sorted(self.findings.values(), key=_weight)),
            tuple(sorted(self.candidates, key=lambda candidate: candidate.order)),
            reviewed,
            next((state for state in _MOST_CHANGED if state in self.states), PlaceState.EXACT),
        )


_ONLY_REVIEWED: Final = LineMark(reviewed=True)


def _places(
    path: RepoPath, lines: Sequence[str], blob: str, review: Review, knows: Knows
) -> Iterator[tuple[Finding, Place, Located]]:
    """The places that are in this file now, or were recorded in it and are lost."""
    for finding in review.findings.values():
        for index, place in enumerate(finding.places):
            now = knows(finding, index, path, blob)
            if now is None:
                if place.path == path:
                    yield finding, place, locate(place, lines, blob)
            elif now.of(place).path == path:
                yield finding, place, now


def _marked(span: LineSpan | None) -> range:
    """The lines of a place that are marked; none for a whole file."""
    return range(span.start, min(span.end, span.start + MARKED_LINES - 1) + 1) if span else range(0)


def _reviewed(path: RepoPath, line_count: int, blob: str, review: Review, topic: str) -> set[int]:
    """The lines that somebody has read as they are now."""
    found: set[int] = set()
    for mark in review.marks.values():
        if mark.path == path and mark.topic in (ALL_TOPICS, topic) and blob and mark.blob == blob:
            for span in mark.ranges:
                found.update(range(span.start, min(span.end, line_count) + 1))
    return found


def _weight(finding: Finding) -> tuple[int, str]:
    return (finding.severity.rank if finding.severity else _LEAST, finding.id)
