"""Closed folds: which rows are hidden under which heads, pure."""

from bisect import bisect_right
from collections.abc import Iterable


class Folds:
    """The closed folds of one text; a fold hides its rows but for the first."""

    def __init__(self) -> None:
        self._closed: dict[int, int] = {}
        self._firsts: list[int] = []
        """First hidden rows, in order, without overlaps."""
        self._lasts: list[int] = []

    def __bool__(self) -> bool:
        """Whether any is closed."""
        return bool(self._closed)

    @property
    def heads(self) -> tuple[int, ...]:
        """The heads of the closed folds."""
        return tuple(self._closed)

    def close(self, folds: Iterable[tuple[int, int]]) -> None:
        """Close folds, each given by its head and its last row."""
        self._closed.update((head, last) for head, last in folds if last > head)
        self._merge()

    def open(self, heads: Iterable[int]) -> None:
        """Open the folds with these heads."""
        for head in heads:
            self._closed.pop(head, None)
        self._merge()

    def clear(self) -> None:
        """Open all."""
        self._closed.clear()
        self._merge()

    def is_closed(self, head: int) -> bool:
        """Whether a fold with this head is closed."""
        return head in self._closed

    def last_of(self, head: int) -> int:
        """The last row of a closed fold."""
        return self._closed[head]

    def hides(self, row: int) -> bool:
        """Whether a row is hidden."""
        index = bisect_right(self._firsts, row) - 1
        return index >= 0 and row <= self._lasts[index]

    def hiding(self, row: int) -> list[int]:
        """The heads of the closed folds that hide a row."""
        return [head for head, last in self._closed.items() if head < row <= last]

    def after(self, row: int) -> int:
        """The next row that is not hidden."""
        row += 1
        index = bisect_right(self._firsts, row) - 1
        return self._lasts[index] + 1 if index >= 0 and row <= self._lasts[index] else row

    def before(self, row: int) -> int:
        """The nearest row above that is not hidden; -1 before the first."""
        row -= 1
        index = bisect_right(self._firsts, row) - 1
        return self._firsts[index] - 1 if index >= 0 and row <= self._lasts[index] else row

    def _merge(self) -> None:
        self._firsts, self._lasts = [], []
        for head, last in sorted(self._closed.items()):
            if self._lasts and head <= self._lasts[-1]:
                self._lasts[-1] = max(self._lasts[-1], last)
            else:
                self._firsts.append(head + 1)
                self._lasts.append(last)
