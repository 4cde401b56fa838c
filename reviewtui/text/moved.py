"""Where the lines of a text are in another version of it, so that a reader stays on his line while a file changes."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

_COMPARED: Final = 1000
"""So many changed lines are compared line by line."""


class MovedLines:
    """The way from the rows of an old text to those of a new one."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        self._old, self._new = old, new
        shorter = min(len(old), len(new))
        self._head = next((row for row in range(shorter) if old[row] != new[row]), shorter)
        rest = shorter - self._head
        self._tail = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
        self._blocks: list[tuple[int, int, int]] | None = None
        """Old row, new row and length of what is equal among the changed lines; None: not compared yet."""

    def row(self, row: int) -> int:
        """The row of the same line; of one that is gone, where it would be now, as near as can be told."""
        if row < self._head:
            return row
        if row >= len(self._old) - self._tail:
            return min(row + len(self._new) - len(self._old), max(0, len(self._new) - 1))
        least, most = self._head, len(self._new) - self._tail
        for old, new, count in self._equal():
            if old <= row < old + count:
                return new + row - old
            if old > row:
                most = new
                break
            least = new + count
        return max(0, min(max(least, min(row, most)), len(self._new) - 1))

    def keeps(self, row: int) -> bool:
        """Whether the line of a row is still there."""
        return row < len(self._old) and bool(self._new) and self._old[row] == self._new[self.row(row)]

    def _equal(self) -> list[tuple[int, int, int]]:
        if self._blocks is None:
            first, old_end, new_end = self._head, len(self._old) - self._tail, len(self._new) - self._tail
            old, new = self._old[first:old_end], self._new[first:new_end]
            if max(len(old), len(new)) <= _COMPARED:
                found = SequenceMatcher(None, old, new).get_matching_blocks()
                self._blocks = [(first + a, first + b, size) for a, b, size in found if size]
            else:
                self._blocks = _unique(old, new, first)
        return self._blocks


def _unique(old: Sequence[str], new: Sequence[str], first: int) -> list[tuple[int, int, int]]:
    """Lines that stand once in each of two long texts, as far as they are in the same order."""
    blocks: list[tuple[int, int, int]] = []
    rows = {line: row for row, line in enumerate(new)}
    twice = _twice(old) | _twice(new)
    for row, line in enumerate(old):
        there = rows.get(line)
        if there is not None and line not in twice and (not blocks or first + there > blocks[-1][1]):
            blocks.append((first + row, first + there, 1))
    return blocks


def _twice(lines: Sequence[str]) -> set[str]:
    seen: set[str] = set()
    return {line for line in lines if line in seen or seen.add(line)}  # type: ignore[func-returns-value]
