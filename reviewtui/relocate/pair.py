"""Two versions of one file: where each old line went, by the lines that stayed and by likeness where they did not."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reviewtui.model.place import LineSpan
from reviewtui.relocate.likeness import likeness, weight, weights
from reviewtui.text.line_diff import Block, changed_blocks

_ALIKE: Final = 0.5
"""What is less alike is not the same line."""
_NEEDED: Final = 0.75
"""The share of a range's weight that has to be found again."""
_LARGEST: Final = 6_000
"""Pairs of lines of one changed block that are compared; in a larger one nothing is aligned."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a range went."""

    span: LineSpan
    found: float
    """Share of its weight that was found, 0 to 1."""
    alike: float
    """How alike the found lines are, weighted, 0 to 1."""


class FilePair:
    """An old and a new version; all ranges of the old one share the work."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        """The lines, without line ends; indentation does not count."""
        self.old = [line.strip() for line in old]
        self.new = [line.strip() for line in new]
        self.blocks = changed_blocks(self.old, self.new)
        self._starts = [block.old_start for block in self.blocks]
        self._new_starts = [block.new_start for block in self.blocks]
        self._aligned: dict[int, dict[int, tuple[int, float]]] = {}
        self._weights: dict[int, int] = {}
        self.size = sum(map(len, self.old)) + sum(map(len, self.new)) + len(self.old) + len(self.new)
        """Characters that it keeps."""

    def target(self, row: int) -> tuple[int, float] | None:
        """The new row (0-based) of an old one, and how alike they are; None where it is not in its place any more."""
        index = bisect_right(self._starts, row) - 1
        # A block that only adds takes no old row, so the one before it may hold the row.
        while index >= 0 and self.blocks[index].old_start == self.blocks[index].old_end == row:
            index -= 1
        if index >= 0 and row < self.blocks[index].old_end:
            return self._in_block(index).get(row)
        after = bisect_right(self._starts, row) - 1
        shift = self.blocks[after].new_end - self.blocks[after].old_end if after >= 0 else 0
        return row + shift, 1.0

    def is_new(self, row: int) -> bool:
        """Whether a new row is none that the old version accounts for."""
        index = bisect_right(self._new_starts, row) - 1
        while index >= 0 and self.blocks[index].new_start == self.blocks[index].new_end:
            index -= 1
        return index >= 0 and row < self.blocks[index].new_end

    def trace(self, span: LineSpan) -> Trace | None:
        """Where the lines of a range are now; None where too little of it stayed in its place."""
        rows = range(span.start - 1, min(span.end, len(self.old)))
        weighed = self._weighed(rows)
        total = sum(weighed)
        found = alike = 0.0
        hits: list[int] = []
        edges: dict[int, int] = {}
        for row, heavy in zip(rows, weighed, strict=True):
            target = self.target(row)
            if target is None:
                continue
            if heavy:
                hits.append(target[0])
                found += heavy
                alike += heavy * target[1]
            elif target[1] == 1.0:
                edges[target[0]] = row
        if not total or not hits or found / total < _NEEDED:
            return None
        first, last = min(hits), max(hits)
        # Trifles at the edges, a bracket or a blank line, belong to it where they stayed next to it.
        while first - 1 in edges:
            first -= 1
        while last + 1 in edges:
            last += 1
        return Trace(LineSpan(first + 1, last + 1), found / total, alike / found)

    def _weighed(self, rows: range) -> list[int]:
        known = self._weights
        for row in rows:
            if row not in known:
                known[row] = weight(self.old[row])
        counted = [known[row] for row in rows]
        return counted if any(counted) else weights(self.old[row] for row in rows)

    def _in_block(self, index: int) -> dict[int, tuple[int, float]]:
        if index not in self._aligned:
            self._aligned[index] = _alignment(self.old, self.new, self.blocks[index])
        return self._aligned[index]


def _alignment(old: Sequence[str], new: Sequence[str], block: Block) -> dict[int, tuple[int, float]]:
    """The pairs of lines of a changed block that are most alike all together, in the same order on both sides."""
    rows, columns = block.old_end - block.old_start, block.new_end - block.new_start
    if not rows or not columns or rows * columns > _LARGEST:
        return {}
    heavy = weights(old[block.old_start : block.old_end])
    alike = [
        [_worth(old[block.old_start + i], new[block.new_start + j]) for j in range(columns)] if heavy[i] else []
        for i in range(rows)
    ]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            value = max(best[i + 1][j], best[i][j + 1])
            if heavy[i] and alike[i][j]:
                value = max(value, best[i + 1][j + 1] + heavy[i] * alike[i][j])
            best[i][j] = value
    found = {}
    i = j = 0
    while i < rows and j < columns:
        if heavy[i] and alike[i][j] and best[i][j] == best[i + 1][j + 1] + heavy[i] * alike[i][j]:
            found[block.old_start + i] = (block.new_start + j, alike[i][j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _worth(old: str, new: str) -> float:
    value = likeness(old, new)
    return value if value >= _ALIKE else 0.0
