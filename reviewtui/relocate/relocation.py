"""From a recorded place to where its code is now, cheapest answer first, each with how sure it is and why.

The order: the same bytes; the line map from the old version of the file to the new one; likeness within the piece that
changed; the block elsewhere in the file; the block in another file. Measured on real histories such a cascade is right
where each of its steps alone is not (Reiss 2008, Asaduzzaman et al. 2013 "LHDiff"); what it cannot tell apart is lost.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import dedent
from typing import Final, Protocol

from reviewtui.model.anchor import Located, PlaceState, anchor_text, locate
from reviewtui.model.place import ANCHOR_TEXT_LINES, LineSpan, Place, RepoPath
from reviewtui.relocate.blocks import Block, Index, Sought
from reviewtui.relocate.likeness import weight
from reviewtui.relocate.pair import FilePair

LONGEST_SOUGHT: Final = 1_000
"""Lines of a place up to which it is looked for elsewhere; a longer one is found in its place, or not."""
_AROUND: Final = 4
"""Lines with weight on either side that speak for a place."""
_FARTHEST: Final = 12
"""Lines away from a place, and no more, that are its company."""
_TWIN: Final = 0.1
"""A second place that is worse by less than this makes both doubtful."""
_CERTAIN: Final = 0.9
"""A place of which so much stayed in its file is not looked for in another one."""
_MOST_FAR: Final = 6_000
"""Files in which a block is looked for beyond its own."""
_LONGEST_FAR: Final = 4_000_000
"""Characters of such a file."""
_KEPT: Final = 40_000_000
"""Characters of the versions whose line maps are kept at a time, and of the files in which blocks are looked for."""
_PYTHON: Final = frozenset({"py", "pyi", "pyw"})


class Versions(Protocol):
    """The texts that places lie in, then and now."""

    def old(self, commit: str, path: RepoPath, blob: str) -> Sequence[str] | None:
        """The lines of a file when a place was recorded: by its blob, else its commit; None where git has neither."""

    def new(self, path: RepoPath) -> Sequence[str] | None:
        """The lines of a file now; None where there is no such text."""

    def blob(self, path: RepoPath) -> str:
        """Git's id of a file's bytes now; empty where there is no such file."""

    def reaches(self, path: RepoPath, line: int) -> bool:
        """Whether a file has that line now."""

    def renamed(self, commit: str, path: RepoPath) -> RepoPath | None:
        """What a file that was there at a commit is called now, as git says; None where it does not know."""

    def changed(self, commit: str) -> Collection[RepoPath]:
        """The files that are not what they were at a commit, new ones too; all of them where git cannot tell."""

    def expect(self, commit: str, paths: Collection[RepoPath]) -> None:
        """The versions of these files at a commit will be asked for next."""


class Relocator:
    """Finds places; what places of one file have in common is worked out once."""

    def __init__(self, versions: Versions, should_stop: Callable[[], bool] = lambda: False) -> None:
        """Once `should_stop` says so, what is found is of no use."""
        self._versions = versions
        self._should_stop = should_stop
        self._pairs: dict[tuple[str, RepoPath], FilePair | None] = {}
        self._kept = 0
        self._far = Index()
        self._far_size = 0
        self._far_files: set[RepoPath] = set()
        self._own: dict[RepoPath, Index] = {}

    def find(self, place: Place) -> Located:
        """Where the place is now."""
        anchor, path, span = place.anchor, place.path, place.span
        blob = self._versions.blob(path)
        if span is None:
            return self._file(place, is_there=bool(blob))
        if blob and blob == anchor.blob:
            if self._versions.reaches(path, span.end):
                return Located(span, PlaceState.EXACT, reason="the file is the same")
            return _lost(1.0, "the file never had these lines")
        recorded = self._recorded(place)
        if recorded is None:
            return self._untold(place)
        candidates = self._candidates(place, recorded)
        if candidates:
            return self._answer(place, recorded, candidates)
        if not blob and self._versions.renamed(anchor.commit, path) is None:
            return _lost(0.9, "the file is gone, and its lines are nowhere else")
        return _lost(0.9, "its lines are nowhere any more")

    def _file(self, place: Place, *, is_there: bool) -> Located:
        if is_there:
            return Located(None, PlaceState.EXACT, reason="the file is there")
        renamed = self._versions.renamed(place.anchor.commit, place.path)
        if renamed:
            return Located(None, PlaceState.MOVED, renamed, 0.9, "the file was renamed")
        return _lost(1.0, "the file is gone")

    def _untold(self, place: Place) -> Located:
        """A place of which nobody knows what stood there, or only where it began and ended."""
        anchor, span = place.anchor, place.span
        if anchor.text.strip():
            for path in self._paths(place):
                lines = self._versions.new(path)
                found = locate(place, lines) if lines is not None else None
                if found and found.span:
                    is_here = found.state is PlaceState.EXACT and path == place.path
                    state = PlaceState.EXACT if is_here else PlaceState.MOVED
                    return Located(found.span, state, _other(path, place), 0.8, "its first and last lines")
            return _lost(0.9, "its first and last lines are nowhere any more")
        if not anchor.text and not anchor.blob and span and self._versions.reaches(place.path, span.end):
            return Located(span, PlaceState.EDITED, confidence=0.0, reason="it was recorded without its text")
        return _lost(1.0, "it was recorded without its text, and the file is another one now")

    # What stood there

    def _recorded(self, place: Place) -> "_Recorded | None":
        """What stood at a place and around it; None where that was not recorded and git does not have it either."""
        anchor, span = place.anchor, place.span
        old = self._versions.old(anchor.commit, place.path, anchor.blob)
        if old is not None and span is not None:
            there = _confirmed(place, span, old)
            if there is not None:
                before = _company(old[row] for row in range(there.start - 2, -1, -1))[::-1]
                after = _company(old[row] for row in range(there.end, len(old)))
                return _Recorded(before, old[there.start - 1 : there.end], after, there)
        if anchor.text.strip() and span is not None and span.count <= ANCHOR_TEXT_LINES:
            lines, before, after = (part.split("\n") for part in (anchor.text, anchor.before, anchor.after))
            return _Recorded(before, lines, after, None)
        return None

    # What comes into question

    def _candidates(self, place: Place, recorded: "_Recorded") -> list["_Candidate"]:
        anchor = place.anchor
        found: list[_Candidate] = []
        paths: list[RepoPath] = []
        for path in self._paths(place):
            paths.append(path)
            pair = self._pair(anchor.commit, place.path, anchor.blob, path) if recorded.span else None
            trace = pair.trace(recorded.span) if pair and recorded.span else None
            if trace:
                how = "by the lines around it" if path == place.path else "with the file, which was renamed"
                found.append(_Candidate(path, trace.span, 0.6 + 0.4 * trace.found * trace.alike, how))
                if trace.found * trace.alike > _CERTAIN:
                    break
        if found or len(recorded.lines) > LONGEST_SOUGHT:
            return sorted(found, key=lambda one: -one.score)
        sought = recorded.sought()
        for path in paths:
            index = self._near(path)
            if index is not None:
                found += self._blocks(place, sought, index.search(sought, self._is_free(place)), own=True)
        if not any(one.is_sure for one in found):
            index, files = self._all_changed(anchor.commit, place.path)
            self._versions.expect(anchor.commit, index.files(sought, files))
            blocks = index.search(sought, self._is_free(place), files)
            found += self._blocks(place, sought, blocks, own=False)
        return sorted(found, key=lambda one: -one.score)

    def _paths(self, place: Place) -> Iterator[RepoPath]:
        """The file of the place, as it is called now; a name that git knows is only asked for when it is needed."""
        yield place.path
        renamed = self._versions.renamed(place.anchor.commit, place.path)
        if renamed is not None and renamed != place.path:
            yield renamed

    @staticmethod
    def _blocks(place: Place, sought: Sought, blocks: Iterable[Block], *, own: bool) -> list["_Candidate"]:
        found = []
        for block in blocks:
            sure = _is_sure(block, len(sought.lines), own=own)
            how = "the block was moved" if block.path == place.path else "the block went to another file"
            found.append(_Candidate(block.path, block.span, min(0.95, block.score), how, sure))
        return found

    def _is_free(self, place: Place) -> Callable[[RepoPath, int], bool]:
        """Whether a line of now is none that was there before: what was somebody else's line is not ours."""

        def is_free(path: RepoPath, row: int) -> bool:
            blob = place.anchor.blob if path == place.path else ""
            pair = self._pair(place.anchor.commit, path, blob, path)
            return pair is None or pair.is_new(row)

        return is_free

    def _pair(self, commit: str, old_path: RepoPath, blob: str, new_path: RepoPath) -> FilePair | None:
        key = (blob or f"{commit}:{old_path}", new_path)
        if key in self._pairs:
            # Asked for last, dropped last.
            pair = self._pairs[key] = self._pairs.pop(key)
            return pair
        old = self._versions.old(commit, old_path, blob)
        new = self._versions.new(new_path)
        pair = FilePair(old, new) if old is not None and new is not None else None
        self._pairs[key] = pair
        self._kept += pair.size if pair else 0
        while self._kept > _KEPT and len(self._pairs) > 1:
            dropped = self._pairs.pop(next(iter(self._pairs)))
            self._kept -= dropped.size if dropped else 0
        return pair

    def _near(self, path: RepoPath) -> Index | None:
        if path not in self._own:
            lines = self._versions.new(path)
            if lines is None:
                return None
            # Places come file by file.
            self._own = {path: Index()}
            self._own[path].add(path, lines)
        return self._own[path]

    def _all_changed(self, commit: str, like: RepoPath) -> tuple[Index, frozenset[RepoPath]]:
        """Every line of the files of the same kind that changed since a commit, and these files."""
        kind = _kind(like)
        alike = sorted(path for path in self._versions.changed(commit) if _kind(path) == kind)
        files = frozenset(alike[:_MOST_FAR])
        for path in alike[:_MOST_FAR]:
            if path in self._far_files:
                continue
            if self._should_stop():
                break
            self._far_files.add(path)
            lines = self._versions.new(path) if self._far_size < _KEPT else None
            size = sum(map(len, lines)) if lines is not None else 0
            if lines is not None and size <= _LONGEST_FAR:
                self._far_size += size
                self._far.add(path, lines)
        return self._far, files

    # What is made of it

    def _answer(self, place: Place, recorded: "_Recorded", candidates: Sequence["_Candidate"]) -> Located:
        best = candidates[0]
        rivals = [one for one in candidates[1:] if not one.is_same(best)]
        other = (best.path, best.span)
        if rivals and best.score - rivals[0].score < _TWIN:
            return replace(_lost(0.5, "two places look like it"), other=other)
        if not best.is_sure:
            return replace(_lost(0.5, "one place looks like it, and that is not enough"), other=other)
        state, why = self._state(place, recorded, best)
        return Located(best.span, state, _other(best.path, place), round(best.score, 2), why)

    def _state(self, place: Place, recorded: "_Recorded", best: "_Candidate") -> tuple[PlaceState, str]:
        lines = self._versions.new(best.path) or ()
        now = list(lines[best.span.start - 1 : best.span.end])
        then = list(recorded.lines)
        is_here = (best.path, best.span) == (place.path, place.span)
        if now == then:
            return (PlaceState.EXACT, "the same lines") if is_here else (PlaceState.MOVED, best.how)
        # In Python a line that is indented by itself is in another block: that is no move.
        if _flush(now) == _flush(then):
            return PlaceState.MOVED, "it is indented otherwise" if is_here else f"{best.how}, indented otherwise"
        return PlaceState.EDITED, best.how


@dataclass(frozen=True, slots=True)
class _Recorded:
    before: Sequence[str]
    lines: Sequence[str]
    after: Sequence[str]
    span: LineSpan | None
    """In the old version of the file; None where that is not known."""

    def sought(self) -> Sought:
        return Sought(*([line.strip() for line in part] for part in (self.before, self.lines, self.after)))


@dataclass(frozen=True, slots=True)
class _Candidate:
    path: RepoPath
    span: LineSpan
    score: float
    how: str
    is_sure: bool = True

    def is_same(self, other: "_Candidate") -> bool:
        return self.path == other.path and self.span.overlaps(other.span)


def _kind(path: RepoPath) -> str:
    """What code never changes when it goes to another file: a quotation of it, in a report, is no place for it."""
    _, dot, suffix = path.name.rpartition(".")
    return "py" if suffix in _PYTHON else suffix.lower() if dot else ""


def _lost(confidence: float, reason: str) -> Located:
    return Located(None, PlaceState.LOST, confidence=confidence, reason=reason)


def _other(path: RepoPath, place: Place) -> RepoPath | None:
    return None if path == place.path else path


def _confirmed(place: Place, span: LineSpan, old: Sequence[str]) -> LineSpan | None:
    """Where the recorded text stands in an old version; None where that is not the version it was recorded from."""
    text = place.anchor.text
    if not text:
        return span if span.end <= len(old) else None
    if span.end <= len(old) and anchor_text(old, span) == text:
        return span
    # The file was edited and not committed then, or somebody wrote the numbers or the text by hand.
    anchor = replace(place.anchor, blob="")
    return locate(replace(place, anchor=anchor), old).span


def _flush(lines: Iterable[str]) -> str:
    """The lines without the indentation that they share, tabs as they are."""
    return dedent("\n".join(line.rstrip() for line in lines))


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
