"""What lies on the reviewer's desk: the files, the session, the scan so far, and the questions asked of all three.

Plain data for the screen's thread: no widget, no thread, no file is touched here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from reviewtui.carrying import Looked
from reviewtui.explain.other_tools import same_as
from reviewtui.explaining import item_of
from reviewtui.model.checklist import Candidate, Checklist, Item
from reviewtui.model.deciding import twins
from reviewtui.model.doubles import Doubles, doubles
from reviewtui.model.filter import Known
from reviewtui.model.finding import Finding
from reviewtui.model.hit import BlindSpot, Hit
from reviewtui.model.mark import Mark
from reviewtui.model.place import RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Carried, Standings
from reviewtui.scan.exclusion import excluded, left_out, outermost
from reviewtui.tui.file_tree import FileTree, folders_of
from reviewtui.tui.placed import Placed
from reviewtui.tui.spots import Spot
from reviewtui.tui.tally import Tally


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


class Desk:
    """Everything that the panes show, with the orders and counts between them."""

    def __init__(self) -> None:
        self.review = Review()
        self.own_file: RepoPath | None = None
        """The findings file: what we write ourselves is not to be reviewed."""
        self.tree = FileTree()
        self.checklists: tuple[Checklist, ...] = ()
        self.facts: dict[RepoPath, FileFacts] = {}
        self.hit_count = 0
        """All hits, decided or not."""
        self.placed = Placed()
        """Where the places of all findings are now."""
        self.unlisted = 0
        """How many names of the repository cannot be opened, and are not in the tree."""
        self.unused: Sequence[RepoPath] = ()
        """Files that would configure Bandit, and that nobody has named."""
        self._rank: dict[RepoPath, int] = {}
        self._tally = Tally()
        self._layers: dict[str, dict[RepoPath, tuple[Hit, ...]]] = {}
        """Hits that no scan of ours found, by where they come from and file."""
        self._layer_tools: dict[str, frozenset[str]] = {}
        self._layer_blind: dict[str, dict[RepoPath, list[BlindSpot]]] = {}
        self._standings = Standings()
        """As it was made out for hits and decisions of some time ago; what has changed since is seen at once."""
        self._stale: tuple[Carried, ...] | None = None
        self._said: tuple[Counter[str], Counter[str]] | None = None
        """Findings and reviewed files per file and folder."""
        self._hits: tuple[Hit, ...] | None = None
        self._doubles: list[Doubles] | None = None
        self._texts: dict[int, tuple[Hit, str]] = {}
        """What filters look into."""
        self._blind: tuple[BlindSpot, ...] | None = None
        self._reviewed: frozenset[RepoPath] | None = None
        self._candidates: dict[str, tuple[Candidate, ...]] | None = None
        self._items: dict[str, Item] = {}

    # What comes in

    def set_tree(self, tree: FileTree) -> None:
        """The files of the repository."""
        self.tree = tree
        self._rank = {path: rank for rank, path in enumerate(tree.paths)}
        self._forget_orders()

    @property
    def paths(self) -> tuple[RepoPath, ...]:
        """Files in the order of the tree."""
        return self.tree.paths

    def set_checklists(self, checklists: Sequence[Checklist]) -> None:
        """The checklists to walk."""
        self.checklists = tuple(checklists)
        self._items = {item.id: item for checklist in self.checklists for item in checklist.items}

    def set_placed(self, placed: Placed) -> None:
        """The places of all findings were found."""
        self.placed, self._said = placed, None

    def set_review(self, review: Review) -> None:
        """The review as it is now."""
        old, self.review = self.review, review
        self._said = self._reviewed = None
        if old.verdicts is not review.verdicts:
            self._standings, self._stale = self._standings.after(review.verdicts), None
            for path in _paths_of_other_verdicts(old, review, self._standings):
                self._count(path)

    def take(self, scanned: Mapping[RepoPath, FileFacts]) -> None:
        """A batch of a scan; a file's new facts replace its old ones."""
        for path, facts in scanned.items():
            old = self.facts.get(path)
            self.hit_count += len(facts.hits) - (len(old.hits) if old else 0)
            self.facts[path] = facts
            self._count(path)
        self._forget_orders()

    def drop(self, paths: Iterable[RepoPath]) -> None:
        """Files went away, and with them what a scan said of them."""
        for path in paths:
            facts = self.facts.pop(path, None)
            if facts is not None:
                self.hit_count -= len(facts.hits)
                self._count(path)
        self._forget_orders()

    def forget_scan(self) -> None:
        """Before a second scan."""
        self.facts.clear()
        self.hit_count = sum(len(hits) for layer in self._layers.values() for hits in layer.values())
        self._tally = Tally()
        self._forget_orders()
        for path in {path for layer in self._layers.values() for path in layer}:
            self._count(path)

    def set_layer(
        self, name: str, hits: Iterable[Hit], tools: Iterable[str] = (), blind: Iterable[BlindSpot] = ()
    ) -> None:
        """Hits from elsewhere than our scan, in place of those that were there under this name before.

        Args:
            name: where they come from.
            hits: all of them.
            tools: whose results these are, also where there is no hit of theirs.
            blind: what was not looked at there.
        """
        spots: dict[RepoPath, list[BlindSpot]] = {}
        for spot in blind:
            spots.setdefault(spot.path, []).append(spot)
        unseen = self._layer_blind.get(name, {}).keys() | spots.keys()
        self._layer_blind[name] = spots
        layer: dict[RepoPath, list[Hit]] = {}
        for hit in hits:
            layer.setdefault(hit.path, []).append(hit)
        old = self._layers.get(name, {})
        self._layer_tools[name] = frozenset(tools)
        self._layers[name] = {path: tuple(found) for path, found in layer.items()}
        self.hit_count += sum(map(len, layer.values())) - sum(map(len, old.values()))
        self._forget_orders()
        for path in old.keys() | layer.keys() | unseen:
            self._count(path)

    def set_standings(self, known: Standings) -> None:
        """Which decisions hold was made out anew."""
        paths = {carried.hit.path for carried in (*self._standings.carried, *known.carried)}
        self._standings, self._stale = known.after(self.review.verdicts), None
        for path in paths:
            self._count(path)

    def set_unused(self, paths: Sequence[RepoPath]) -> None:
        """Files that would configure Bandit."""
        self.unused, self._blind = paths, None

    def _count(self, path: RepoPath) -> None:
        facts = self.facts.get(path)
        undecided = Counter(hit.severity for hit in self.hits_of(path) if self.is_open(hit))
        is_blind = bool(facts and facts.blind) or any(path in spots for spots in self._layer_blind.values())
        self._tally.put(path, undecided, is_blind)

    def _forget_orders(self) -> None:
        self._doubles = None
        self._texts = {}
        self._hits = self._candidates = self._blind = self._reviewed = self._said = self._stale = None

    # Hits

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Every hit, in the order of the tree."""
        if self._hits is None:
            found = [hit for facts in self.facts.values() for hit in facts.hits]
            found += [hit for layer in self._layers.values() for hits in layer.values() for hit in hits]
            self._hits = tuple(sorted(found, key=lambda h: (self.rank(h.path), h.line, h.severity.rank, h.rule)))
        return self._hits

    def hits_of(self, path: RepoPath) -> tuple[Hit, ...]:
        """The hits of one file, each tool's by line."""
        facts = self.facts.get(path)
        hits = facts.hits if facts else ()
        for layer in self._layers.values():
            hits += layer.get(path, ())
        return hits

    @property
    def doubles(self) -> list[Doubles]:
        """Every hit, in the order of the tree, those together that several tools share."""
        if self._doubles is None:
            self._doubles = doubles(self.hits, same_as)
        return self._doubles

    def doubles_of(self, path: RepoPath) -> list[Doubles]:
        """The hits of one file in the same way."""
        return doubles(sorted(self.hits_of(path), key=lambda hit: hit.order), same_as)

    def doubles_with(self, hit: Hit) -> Doubles:
        """The hit, and what other tools say the same."""
        return next((line for line in self.doubles_of(hit.path) if hit in line), (hit,))

    def known(self) -> Known:
        """What a filter has to know, as it is now."""
        shared = frozenset(hit.fingerprint for line in self.doubles if len(line) > 1 for hit in line)
        items: dict[tuple[str, str, tuple[int, ...]], Item | None] = {}

        def item_of(hit: Hit) -> Item | None:
            key = (hit.tool, hit.rule, hit.cwe)
            if key not in items:
                items[key] = self.item_for(hit)
            return items[key]

        today = datetime.now(UTC).astimezone().date()
        return Known(today, self.standings, self.review.verdicts, item_of, shared, self._texts)

    @property
    def standings(self) -> Standings:
        """Which decision holds for which hit."""
        return self._standings

    @property
    def stale(self) -> tuple[Carried, ...]:
        """The hits whose decision has to be confirmed or taken back."""
        if self._stale is None:
            self._stale = tuple(carried for carried in self._standings.stale if self._is_there(carried.hit))
        return self._stale

    def _is_there(self, hit: Hit) -> bool:
        return any(other.fingerprint == hit.fingerprint for other in self.hits_of(hit.path))

    def twins(self, hit: Hit) -> int:
        """How many other hits of its file have the same rule and the same code."""
        return twins(hit, self.hits_of(hit.path))

    def looked(self, *, is_complete: bool) -> Looked:
        """What the hits come from: files that are there, files that were looked at, other tools."""
        others = {hit.tool for layer in self._layers.values() for hits in layer.values() for hit in hits}
        others.update(*self._layer_tools.values())
        blobs = {path: facts.blob for path, facts in self.facts.items() if not facts.blind}
        return Looked(frozenset(self._rank), blobs, frozenset(others), is_complete)

    @property
    def undecided(self) -> int:
        """How many hits are still to be decided."""
        return self._tally.undecided

    @property
    def blind(self) -> int:
        """How many files were not looked at by a scanner."""
        return self._tally.blind

    def is_open(self, hit: Hit) -> bool:
        """Whether it is still to be decided."""
        return self.standings.is_open(hit)

    @property
    def blind_spots(self) -> tuple[BlindSpot, ...]:
        """What was not looked at: of a folder that is left out, one, and one for all names that cannot be opened."""
        if self._blind is None:
            blind = {path: facts.blind for path, facts in self.facts.items() if facts.blind}
            found = left_out(blind)
            found += [BlindSpot("bandit", path, why) for path, why in blind.items() if not excluded(path)]
            if self.unlisted:
                why = f"{self.unlisted} names that lead out of the repository or cannot be read"
                found.append(BlindSpot("bandit", RepoPath("."), why))
            found += [BlindSpot("bandit", path, "it would configure Bandit, and is not used") for path in self.unused]
            found += [one for layer in self._layer_blind.values() for spots in layer.values() for one in spots]
            # A folder that is left out stands where the first of its files does.
            ranks: dict[RepoPath, int] = {}
            for path in sorted(blind, key=self.rank):
                ranks.setdefault(outermost(path) if excluded(path) else path, self.rank(path))
            self._blind = tuple(sorted(found, key=lambda spot: (ranks.get(spot.path, len(self.paths)), spot.path)))
        return self._blind

    # Findings

    def findings(self) -> list[tuple[Finding, Spot]]:
        """Every finding with the spot of its first place, in the order of the tree."""
        with_spot = [(finding, self._spot_of(finding)) for finding in self.review.findings.values()]
        return sorted(with_spot, key=lambda f: (f[1], f[0].id))

    def _spot_of(self, finding: Finding) -> Spot:
        if not finding.places:
            return (len(self.paths), 0)
        place = self.placed.there(finding)
        return (self.rank(place.path), place.span.start if place.span else 0)

    # Checklist

    def item(self, item_id: str) -> Item | None:
        """The item of that id, from any list."""
        return self._items.get(item_id)

    def item_for(self, hit: Hit) -> Item | None:
        """The item of the checklists that asks what the hit is about."""
        return item_of(hit, self._items)

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
    def to_review(self) -> int:
        """How many files there are to review."""
        return len(self.paths) - (self.own_file in self._rank)

    @property
    def reviewed(self) -> frozenset[RepoPath]:
        """The files that are reviewed as a whole, as they are now."""
        if self._reviewed is None:
            marks = self.review.marks.values()
            self._reviewed = frozenset(
                mark.path
                for mark in marks
                if mark.path in self._rank and mark.path != self.own_file and self._covers(mark)
            )
        return self._reviewed

    def _covers(self, mark: Mark) -> bool:
        facts = self.facts.get(mark.path)
        return mark.covers_file and (facts is None or not facts.blob or facts.blob == mark.blob)

    def badge(self, path: str) -> Badge:
        """What to say of a file or folder."""
        if self._said is None:
            findings: Counter[str] = Counter()
            for finding in self.review.findings.values():
                for place in {self.placed.there(finding, index).path for index in range(len(finding.places))}:
                    findings.update((place, *folders_of(place)))
            done = Counter(name for reviewed in self.reviewed for name in (reviewed, *folders_of(reviewed)))
            self._said = findings, done
        findings, done = self._said
        is_reviewed = done[path] > 0 and done[path] >= self.tree.counts.get(path, 1)
        return Badge(*self._tally.worst(path), findings[path], is_reviewed, self._tally.is_blind(path))


def _paths_of_other_verdicts(old: Review, new: Review, known: Standings) -> set[RepoPath]:
    """The files whose hits were decided otherwise."""
    keys = {key for key in {**old.verdicts, **new.verdicts} if old.verdicts.get(key) is not new.verdicts.get(key)}
    both = [review.verdicts[key] for review in (old, new) for key in keys if key in review.verdicts]
    return {verdict.place.path for verdict in both} | known.paths_of(keys)
