"""From a recorded place to where its code is now, cheapest answer first, each with how sure it is and why.

The order: the same bytes; the line map from the old version of the file to the new one; likeness within the piece that
changed; the block elsewhere in the file; the block in another file. Measured on real histories such a cascade is right
where each of its steps alone is not (Reiss 2008, Asaduzzaman et al. 2013 "LHDiff"); what it cannot tell apart is lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from reviewtui.model.anchor import PlaceState
from reviewtui.model.place import ANCHOR_TEXT_LINES, LineSpan, Place, RepoPath
from reviewtui.relocate.blocks import Block, Index, Sought
from reviewtui.relocate.likeness import weight
from reviewtui.relocate.pair import FilePair

_AROUND: Final = 4
"""Lines with weight on either side that speak for a place."""
_FARTHEST: Final = 12
"""Lines away from a place, and no more, that are its company."""
_TWIN: Final = 0.1
"""A second place that is worse by less than this makes both doubtful."""
_MOST_FAR: Final = 4_000
"""Files in which a block is looked for beyond its own."""


class Versions(Protocol):
    """The texts that places lie in, then and now."""

    def old(self, commit: str, path: RepoPath, blob: str) -> Sequence[str] | None:
        """The lines of a file when a place was recorded; None where git does not have them (any more)."""

    def new(self, path: RepoPath) -> Sequence[str] | None:
        """The lines of a file now; None where there is no such text."""

    def blob(self, path: RepoPath) -> str:
        """Git's id of a file's bytes now; empty where there is no such file."""

    def renamed(self, commit: str, path: RepoPath) -> RepoPath | None:
        """What a file that was there at a commit is called now, as git says; None where it does not know."""

    def changed(self, commit: str) -> Iterable[RepoPath]:
        """The files that are not what they were at a commit, new ones too; all of them where git cannot tell."""


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where a place is now."""

    path: RepoPath
    """Where it was recorded, if it is lost."""
    span: LineSpan | None
    """None: the whole file, or lost."""
    state: PlaceState
    confidence: float
    """0 to 1."""
    reason: str
    """In a few words, for people."""
    other: tuple[RepoPath, LineSpan] | None = None
    """A place that could be meant, where none is sure enough."""


class Relocator:
    """Finds places; what places of one file have in common is worked out once."""

    def __init__(self, versions: Versions) -> None:
        self._versions = versions
        self._pairs: dict[tuple[str, RepoPath, RepoPath], FilePair | None] = {}
        self._indexes: dict[str, Index] = {}
        self._own: dict[RepoPath, Index] = {}

    def find(self, place: Place) -> Relocation:
        """Where the place is now."""
        anchor, path = place.anchor, place.path
        blob = self._versions.blob(path)
        if blob and blob == anchor.blob:
            return Relocation(path, place.span, PlaceState.EXACT, 1.0, "the file is the same")
        if place.span is None:
            return self._file(place, bool(blob))
        candidates = self._candidates(place)
        if candidates:
            return self._answer(place, candidates)
        return Relocation(path, None, PlaceState.LOST, 0.9, "its lines are nowhere any more")

    def _file(self, place: Place, is_there: bool) -> Relocation:
        if is_there:
            return Relocation(place.path, None, PlaceState.EXACT, 1.0, "the file is there")
        renamed = self._versions.renamed(place.anchor.commit, place.path)
        if renamed:
            return Relocation(renamed, None, PlaceState.MOVED, 0.9, "the file was renamed")
        return Relocation(place.path, None, PlaceState.LOST, 1.0, "the file is gone")

    # What comes into question

    def _candidates(self, place: Place) -> list["_Candidate"]:
        anchor = place.anchor
        found: list[_Candidate] = []
        renamed = self._versions.renamed(anchor.commit, place.path)
        for path in dict.fromkeys((place.path, renamed)):
            if path is None:
                continue
            pair = self._pair(anchor.commit, place.path, path, anchor.blob)
            trace = pair.trace(place.span) if pair and place.span else None
            if trace:
                how = "by the lines around it" if path == place.path else "with the file, which was renamed"
                found.append(_Candidate(path, trace.span, 0.6 + 0.4 * trace.found * trace.alike, how))
        if found:
            return sorted(found, key=lambda one: -one.score)
        for path in dict.fromkeys((place.path, renamed)):
            if path is not None:
                found += self._blocks(place, path, self._near(path))
        if not any(one.is_sure for one in found):
            found += self._blocks(place, None, self._far(anchor.commit))
        return sorted(found, key=lambda one: -one.score)

    def _blocks(self, place: Place, path: RepoPath | None, index: Index | None) -> list["_Candidate"]:
        """Where the block stands in the file of this path, or in any other one."""
        sought = self._sought(place)
        if index is None or sought is None or place.span is None:
            return []
        found = []
        for block in index.search(sought, lambda there, row: self._is_free(place, there, row)):
            sure = _is_sure(block, len(sought.lines), own=path is not None)
            how = "the block was moved" if block.path == place.path else "the block went to another file"
            found.append(_Candidate(block.path, block.span, min(0.95, block.score), how, sure))
        return found

    def _sought(self, place: Place) -> Sought | None:
        anchor, span = place.anchor, place.span
        old = self._versions.old(anchor.commit, place.path, anchor.blob)
        if old is not None and span is not None and span.end <= len(old):
            lines = old[span.start - 1 : span.end]
            before = _company(old[row] for row in range(span.start - 2, -1, -1))[::-1]
            after = _company(old[row] for row in range(span.end, len(old)))
        elif anchor.text.strip() and span is not None and span.count <= ANCHOR_TEXT_LINES:
            lines = anchor.text.split("\n")
            before, after = anchor.before.split("\n"), anchor.after.split("\n")
        else:
            return None
        return Sought(*([line.strip() for line in part] for part in (before, lines, after)))

    def _is_free(self, place: Place, path: RepoPath, row: int) -> bool:
        """Whether a line of now is none that was there before: what was somebody else's line is not ours."""
        pair = self._pair(place.anchor.commit, path, path, place.anchor.blob if path == place.path else "")
        return pair is None or pair.is_new(row)

    def _pair(self, commit: str, old_path: RepoPath, new_path: RepoPath, blob: str) -> FilePair | None:
        key = (f"{commit} {blob}", old_path, new_path)
        if key not in self._pairs:
            old = self._versions.old(commit, old_path, blob)
            new = self._versions.new(new_path)
            self._pairs[key] = FilePair(old, new) if old is not None and new is not None else None
        return self._pairs[key]

    def _near(self, path: RepoPath) -> Index | None:
        if path not in self._own:
            lines = self._versions.new(path)
            if lines is None:
                return None
            self._own[path] = Index([(path, lines)])
        return self._own[path]

    def _far(self, commit: str) -> Index:
        if commit not in self._indexes:
            files: list[tuple[RepoPath, Sequence[str]]] = []
            for path in self._versions.changed(commit):
                lines = self._versions.new(path) if len(files) < _MOST_FAR else None
                if lines is not None:
                    files.append((path, lines))
            self._indexes[commit] = Index(files)
        return self._indexes[commit]

    # What is made of it

    def _answer(self, place: Place, candidates: Sequence["_Candidate"]) -> Relocation:
        best = candidates[0]
        rivals = [one for one in candidates[1:] if not one.is_same(best)]
        other = (best.path, best.span)
        if rivals and best.score - rivals[0].score < _TWIN:
            return Relocation(place.path, None, PlaceState.LOST, 0.5, "two places look like it", other)
        if not best.is_sure:
            return Relocation(
                place.path, None, PlaceState.LOST, 0.5, "one place looks like it, and that is not enough", other
            )
        state = self._state(place, best)
        why = {PlaceState.EXACT: "the same lines"}.get(state, best.how)
        return Relocation(best.path, best.span, state, round(best.score, 2), why)

    def _state(self, place: Place, best: "_Candidate") -> PlaceState:
        lines = self._versions.new(best.path) or ()
        now = [line.strip() for line in lines[best.span.start - 1 : best.span.end]]
        sought = self._sought(place)
        if sought is None or now != list(sought.lines):
            return PlaceState.EDITED
        if (best.path, best.span) == (place.path, place.span):
            return PlaceState.EXACT
        return PlaceState.MOVED


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: RepoPath
    span: LineSpan
    score: float
    how: str
    is_sure: bool = True

    def is_same(self, other: "_Candidate") -> bool:
        return self.path == other.path and self.span.overlaps(other.span)


def _is_sure(block: Block, lines: int, *, own: bool) -> bool:
    """Whether a block that was found elsewhere may be taken without a word of the reviewer."""
    several = lines > 1 and block.heavy_lines > 1
    if own:
        return several or block.context >= 0.5 or (block.alike == 1.0 and block.context > 0.0)
    if several:
        return block.context >= 0.25 or block.heavy_lines > 2
    # A single line that says something is often written twice; only its company proves it.
    return block.context >= 0.5 and block.heavy_lines >= 1


def _company(lines: Iterable[str]) -> list[str]:
    """The first lines, as many as hold enough that have weight."""
    found: list[str] = []
    heavy = 0
    for line in lines:
        found.append(line)
        heavy += weight(line) > 0
        if heavy == _AROUND or len(found) == _FARTHEST:
            break
    return found
