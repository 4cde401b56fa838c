"""The search for lines that are not in their place any more: elsewhere in the file, or in another one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.relocate.likeness import weight, weights
from reviewtui.relocate.pair import FilePair

_WINDOWS: Final = 15
"""So many places are looked at closely."""
_COMMON: Final = 60
"""A line that stands in more places than these votes for none."""
_EVERYWHERE: Final = 1_000
_SLACK: Final = 4
"""Lines by which a block may have grown on either side."""
_NEAR: Final = 8
"""Lines around a block in which its surroundings are looked for."""
_STRONG: Final = 12
"""What a line weighs that hardly stands somewhere by accident."""


@dataclass(frozen=True, slots=True)
class Sought:
    """The lines that are looked for, with what stood right before and after them; all stripped."""

    before: Sequence[str]
    lines: Sequence[str]
    after: Sequence[str]

    @property
    def frame(self) -> list[str]:
        """All of it, in order."""
        return [*self.before, *self.lines, *self.after]


@dataclass(frozen=True, slots=True)
class Block:
    """A place where they may be."""

    path: RepoPath
    span: LineSpan
    found: float
    """Share of the weight of the lines that stands there."""
    context: float
    """Share of the weight of what stood around that stands near it."""
    alike: float
    heavy_lines: int
    """How many lines of the find hardly stand somewhere by accident."""

    @property
    def score(self) -> float:
        """To compare two of them."""
        return 0.5 * self.found * self.alike + 0.5 * self.context


class Index:
    """Where each line stands in some files, built once for all places that are looked for."""

    def __init__(self) -> None:
        self._lines: dict[RepoPath, list[str]] = {}
        self._where: defaultdict[str, list[tuple[RepoPath, int]]] = defaultdict(list)

    def add(self, path: RepoPath, lines: Sequence[str]) -> None:
        """Take the lines of one more file."""
        stripped = self._lines[path] = [line.strip() for line in lines]
        for row, line in enumerate(stripped):
            # A line that is everywhere stands for nothing, so that nobody counts how often it is there.
            if line and len(self._where[line]) <= _EVERYWHERE:
                self._where[line].append((path, row))

    def files(self, sought: Sought, among: Collection[RepoPath]) -> set[RepoPath]:
        """Those of some files that hold a line of what is looked for that says something."""
        return {path for line in set(sought.frame) for path, _ in self._spots(line, among)}

    def search(
        self, sought: Sought, is_free: Callable[[RepoPath, int], bool], files: Collection[RepoPath] | None = None
    ) -> list[Block]:
        """The places where the lines may be, the best first.

        Args:
            sought: what is looked for.
            is_free: whether a row of a file is none that an old version of the file accounts for.
            files: only in these; None: in all.
        """
        votes: defaultdict[tuple[RepoPath, int], float] = defaultdict(float)
        frame, lead = sought.frame, len(sought.before)
        for offset, line in enumerate(frame, -lead):
            places = self._spots(line, files)
            for path, row in places:
                # What stood around may stand there still while the lines themselves were edited.
                if not 0 <= offset < len(sought.lines) or is_free(path, row):
                    votes[path, row - offset] += weight(line) / len(places)
        merged: dict[tuple[RepoPath, int], float] = {}
        for (path, start), count in sorted(votes.items(), key=lambda vote: -vote[1])[: _WINDOWS * 4]:
            near = next((key for key in merged if key[0] == path and abs(key[1] - start) <= _SLACK), None)
            merged[near or (path, start)] = merged.get(near or (path, start), 0.0) + count
        best = sorted(merged, key=lambda key: -merged[key])[:_WINDOWS]
        found = [block for path, start in best if (block := self._look(sought, path, start, is_free))]
        return sorted(found, key=lambda block: -block.score)

    def _spots(self, line: str, files: Collection[RepoPath] | None) -> Sequence[tuple[RepoPath, int]]:
        """Where a line stands that is worth a vote."""
        if not weight(line):
            return ()
        places = self._where.get(line, [])
        if files is not None:
            places = [place for place in places if place[0] in files]
        return places if len(places) <= _COMMON else ()

    def _look(
        self, sought: Sought, path: RepoPath, start: int, is_free: Callable[[RepoPath, int], bool]
    ) -> Block | None:
        lines = self._lines[path]
        lead, count = len(sought.before), len(sought.lines)
        first = max(0, start - lead - _SLACK)
        window = lines[first : start + count + len(sought.after) + _SLACK]
        trace = FilePair(sought.frame, window).trace(LineSpan(lead + 1, lead + count))
        if trace is None:
            return None
        span = LineSpan(first + trace.span.start, first + trace.span.end)
        rows = range(span.start - 1, span.end)
        if sum(is_free(path, row) for row in rows) * 2 < len(rows):
            return None
        here = set(sought.lines)
        strong = sum(1 for row in rows if lines[row] in here and weight(lines[row]) >= _STRONG)
        return Block(
            path, span, trace.found, self._context((*sought.before, *sought.after), lines, span), trace.alike, strong
        )

    def _context(self, around: Sequence[str], lines: Sequence[str], span: LineSpan) -> float:
        heavy = [line for line in around if weight(line)]
        if not heavy:
            return 0.0
        near = {*lines[max(0, span.start - 1 - _NEAR) : span.start - 1], *lines[span.end : span.end + _NEAR]}
        counted = weights(heavy)
        return sum(one for line, one in zip(heavy, counted, strict=True) if line in near) / sum(counted)
