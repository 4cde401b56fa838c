"""What lies on the reviewer's desk: the files, the session, the scan so far, and the questions asked of all three.

Plain data for the screen's thread: no widget, no thread, no file is touched here.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from reviewtui.model.checklist import Candidate, Checklist, Item
from reviewtui.model.finding import Finding
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.mark import Mark
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.tui.file_tree import FileTree, folders_of

Spot: TypeAlias = tuple[int, int]
"""Rank of the file in the tree, and line: the order in which `]x` walks."""


@dataclass(frozen=True, slots=True)
class Badge:
    """What the tree says of a file or folder."""

    hits: int = 0
    """Undecided hits."""
    worst: Severity | None = None
    """The worst of them."""
    worst_hits: int = 0
    """How many are as bad as that."""
    findings: int = 0
    reviewed: bool = False
    blind: bool = False
    """Something in it was not looked at by a scanner."""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What a scan said of one file."""

    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]
    blind: str
    lines: int
    blob: str


NO_BADGE: Final = Badge()


class Desk:
    """Everything that the panes show, with the orders and counts between them."""

    def __init__(self) -> None:
        self.review = Review()
        self.tree = FileTree()
        self.checklists: tuple[Checklist, ...] = ()
        self.facts: dict[RepoPath, FileFacts] = {}
        self._rank: dict[RepoPath, int] = {}
        self._badges: dict[str, Badge] | None = None
        self._hits: tuple[Hit, ...] | None = None
        self._undecided: int | None = None
        self._blind: tuple[BlindSpot, ...] | None = None
        self._reviewed: frozenset[RepoPath] | None = None
        self._candidates: dict[str, tuple[Candidate, ...]] | None = None
        self._items: dict[str, Item] = {}

    # What comes in

    def set_tree(self, tree: FileTree) -> None:
        """The files of the repository."""
        self.tree = tree
        self._rank = {path: rank for rank, path in enumerate(tree.paths)}
        self._forget_counts()

    @property
    def paths(self) -> tuple[RepoPath, ...]:
        """Files in the order of the tree."""
        return self.tree.paths

    def set_checklists(self, checklists: Sequence[Checklist]) -> None:
        """The checklists to walk."""
        self.checklists = tuple(checklists)
        self._items = {item.id: item for checklist in self.checklists for item in checklist.items}

    def set_review(self, review: Review) -> None:
        """The review as it is now."""
        self.review = review
        self._badges = self._undecided = self._reviewed = None

    def take(self, scanned: Mapping[RepoPath, FileFacts]) -> None:
        """A batch of a scan; a file's new facts replace its old ones."""
        self.facts.update(scanned)
        self._forget_counts()

    def forget_scan(self) -> None:
        """Before a second scan."""
        self.facts.clear()
        self._forget_counts()

    def _forget_counts(self) -> None:
        self._hits = self._candidates = self._blind = None
        self._badges = self._undecided = self._reviewed = None

    # Hits

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every hit, in the order of the tree."""
        if self._hits is None:
            found = [hit for facts in self.facts.values() for hit in facts.hits]
            self._hits = tuple(sorted(found, key=lambda h: (self.rank(h.path), h.line, h.severity.rank, h.rule)))
        return self._hits

    def hits_of(self, path: RepoPath) -> tuple[Hit, ...]:
        """The hits of one file, by line."""
        facts = self.facts.get(path)
        return facts.hits if facts else ()

    @property
    def undecided(self) -> int:
        """How many hits are still to be decided."""
        if self._undecided is None:
            self._undecided = sum(self.is_open(hit) for hit in self.hits)
        return self._undecided

    def is_open(self, hit: Hit) -> bool:
        """Whether it is still to be decided."""
        return self.review.state_of(hit.fingerprint) is State.OPEN

    @property
    def blind_spots(self) -> tuple[BlindSpot, ...]:
        """The files that Bandit could not look at."""
        if self._blind is None:
            found = [BlindSpot("bandit", path, facts.blind) for path, facts in self.facts.items() if facts.blind]
            self._blind = tuple(sorted(found, key=lambda spot: self.rank(spot.path)))
        return self._blind

    # Findings

    def findings(self) -> list[tuple[Finding, Spot]]:
        """Every finding with the spot of its first place, in the order of the tree."""
        with_spot = [(finding, self._spot_of(finding)) for finding in self.review.findings.values()]
        return sorted(with_spot, key=lambda f: (f[1], f[0].id))

    def _spot_of(self, finding: Finding) -> Spot:
        place = finding.place
        if place is None:
            return (len(self.paths), 0)
        return (self.rank(place.path), place.span.start if place.span else 0)

    # Checklist

    def item(self, item_id: str) -> Item | None:
        """The item of that id, from any list."""
        return self._items.get(item_id)

    def item_for(self, hit: Hit) -> Item | None:
        """The item that names the hit's rule, and its weakness first of all where several name the rule."""
        named = [item for item in self._items.values() if hit.rule in item.bandit]
        return min(named, key=lambda item: _place_in(item.cwe, hit.cwe), default=None)

    def candidates(self, item_id: str) -> tuple[Candidate, ...]:
        """The candidate places of an item: suspicious ones first, then in the order of the tree."""
        if self._candidates is None:
            found: dict[str, list[Candidate]] = {}
            for facts in self.facts.values():
                for candidate in facts.candidates:
                    found.setdefault(candidate.item, []).append(candidate)
            self._candidates = {
                item: tuple(sorted(cs, key=lambda c: (not c.suspicious, self.rank(c.path), c.span.start)))
                for item, cs in found.items()
            }
        return self._candidates.get(item_id, ())

    def progress(self, checklist: Checklist) -> tuple[int, int]:
        """Answered items and all items of a list."""
        return sum(item.id in self.review.answers for item in checklist.items), len(checklist.items)

    # Files

    def rank(self, path: str) -> int:
        """Where the file stands in the tree; after the last for one that is not in it."""
        return self._rank.get(RepoPath(path), len(self.paths))

    def mark_of(self, path: RepoPath) -> Mark | None:
        """A mark that covers the whole file as it is now, if anybody made one."""
        return next((m for m in self.review.marks.values() if m.path == path and self._covers(m)), None)

    @property
    def reviewed(self) -> frozenset[RepoPath]:
        """The files that are reviewed as a whole, as they are now."""
        if self._reviewed is None:
            marks = self.review.marks.values()
            self._reviewed = frozenset(mark.path for mark in marks if mark.path in self._rank and self._covers(mark))
        return self._reviewed

    def _covers(self, mark: Mark) -> bool:
        facts = self.facts.get(mark.path)
        return mark.covers_file and (facts is None or not facts.blob or facts.blob == mark.blob)

    def badge(self, path: str) -> Badge:
        """What to say of a file or folder."""
        if self._badges is None:
            self._badges = self._count_badges()
        return self._badges.get(path, NO_BADGE)

    def _count_badges(self) -> dict[str, Badge]:
        open_hits: Counter[str] = Counter()
        by_severity: dict[str, Counter[Severity]] = {}
        blind: set[str] = set()
        for path, facts in self.facts.items():
            undecided = [hit for hit in facts.hits if self.is_open(hit)]
            if not undecided and not facts.blind:
                continue
            for name in (path, *folders_of(path)):
                if facts.blind:
                    blind.add(name)
                if undecided:
                    open_hits[name] += len(undecided)
                    by_severity.setdefault(name, Counter()).update(hit.severity for hit in undecided)
        findings: Counter[str] = Counter()
        for finding in self.review.findings.values():
            for path in {place.path for place in finding.places}:
                findings.update((path, *folders_of(path)))
        worst = {name: min(counts, key=lambda s: s.rank) for name, counts in by_severity.items()}
        reviewed = self.reviewed
        done: Counter[str] = Counter(name for path in reviewed for name in (path, *folders_of(path)))
        return {
            name: Badge(
                open_hits[name],
                worst.get(name),
                by_severity[name][worst[name]] if name in worst else 0,
                findings[name],
                bool(done[name]) and done[name] >= self.tree.counts.get(name, 1),
                name in blind,
            )
            for name in {*open_hits, *findings, *done, *blind}
        }


def _place_in(ours: Sequence[int], theirs: Sequence[int]) -> int:
    """How early an item names a weakness of the hit."""
    return min((ours.index(number) for number in theirs if number in ours), default=len(ours))


def neighbour(spots: Sequence[Spot], here: Spot, forward: bool) -> tuple[int, bool] | None:
    """The index of the spot after (or before) `here` in sorted `spots`, and whether it was found by wrapping round."""
    if not spots:
        return None
    if forward:
        index = bisect_right(spots, here)
        return (index, False) if index < len(spots) else (0, True)
    index = bisect_left(spots, here) - 1
    return (index, False) if index >= 0 else (len(spots) - 1, True)
