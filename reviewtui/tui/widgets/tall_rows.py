"""Rows that are more than one line high, or folded away: wrapped text, lines that once stood there, closed folds.

Nothing here knows the whole text: what is in sight is found by walking from its top line, so that a step costs a screen
and never a file.
"""

from collections import deque
from collections.abc import Iterator
from itertools import islice

from reviewtui.tui.widgets.line_view import LineView

Line = tuple[int, int]
"""A row, and which of its lines."""


class TallRows(LineView):
    """A pane of rows of different heights; as quick as one of single lines as long as all are."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id, classes=classes)
        self.top_part = 0
        """Lines of the top row that are scrolled out above."""
        self._sight: tuple[tuple[int, int, int], list[Line]] | None = None
        """What stands in sight, and for which top and height that was found."""

    # What a pane says of its rows

    @property
    def is_even(self) -> bool:
        """Whether every row is one line high and none is folded away."""
        return True

    def height_of(self, row: int) -> int:
        """Lines of a row that is not folded away, at least 1."""
        raise NotImplementedError

    def row_after(self, row: int) -> int:
        """The next row that is not folded away; `row_count` after the last."""
        return row + 1

    def row_before(self, row: int) -> int:
        """The nearest row above that is not folded away; -1 before the first."""
        return row - 1

    def cursor_part(self) -> int:
        """The line of the cursor's row on which the cursor stands."""
        return 0

    def heights_changed(self) -> None:
        """Rows have other heights: what was in sight stays there, as far as it can."""
        self._sight = None
        if self.row_count and not self.is_even:
            self.top = max(0, min(self.top, self.row_count - 1))
            if self.row_before(self.row_after(self.top)) != self.top:
                self.top = max(0, self.row_before(self.top))
            self.top_part = min(self.top_part, self.height_of(self.top) - 1)
        else:
            self.top_part = 0
        self._bring_into_sight(self.cursor, centre=False)
        self.redraw()

    # Walking

    def _down(self, line: Line) -> Iterator[Line]:
        """This line and those below it."""
        row, part = line
        while row < self.row_count:
            for here in range(part, self.height_of(row)):
                yield row, here
            row, part = self.row_after(row), 0

    def _up(self, line: Line) -> Iterator[Line]:
        """This line and those above it."""
        row, part = line
        while row >= 0:
            for here in range(part, -1, -1):
                yield row, here
            row = self.row_before(row)
            part = self.height_of(row) - 1 if row >= 0 else 0

    def _walked(self, line: Line, lines: int) -> Line:
        """The line so many below (above) this one, or the last (first) there is."""
        way = self._down(line) if lines > 0 else self._up(line)
        return deque(islice(way, abs(lines) + 1), maxlen=1).pop()

    # Which row stands where

    def at(self, y: int) -> Line:
        """As `LineView.at`."""
        if self.is_even:
            return super().at(y)
        lines = self._in_sight()
        return lines[y] if 0 <= y < len(lines) else (self.row_count, 0)

    def lines_of(self, row: int) -> range:
        """As `LineView.lines_of`."""
        if self.is_even:
            return super().lines_of(row)
        found = [y for y, (here, _) in enumerate(self._in_sight()) if here == row]
        return range(found[0], found[-1] + 1) if found else range(0)

    def stepped(self, row: int, rows: int) -> int:
        """As `LineView.stepped`."""
        if self.is_even:
            return row + rows
        for _ in range(min(abs(rows), self.row_count)):
            row = self.row_after(row) if rows > 0 else self.row_before(row)
        return row if row < self.row_count else self.row_before(self.row_count)

    @property
    def has_bar(self) -> bool:
        """As `LineView.has_bar`."""
        return super().has_bar or (not self.is_even and (self.at(0) != (0, 0) or len(self._below()) > self.size.height))

    def _below(self) -> list[Line]:
        """The lines from the top one on, one more than there is room for."""
        return [
            line for line, _ in zip(self._down((self.top, self.top_part)), range(self.size.height + 1), strict=False)
        ]

    def _in_sight(self) -> list[Line]:
        key = (self.top, self.top_part, self.size.height)
        if self._sight is None or self._sight[0] != key:
            self._sight = key, self._below()[: self.size.height]
        return self._sight[1]

    # Scrolling

    def _page(self, lines: int) -> None:
        if self.is_even or not self.row_count:
            super()._page(lines)
            return
        line, top = self._walked((self.cursor, self.cursor_part()), lines), self.at(0)
        self.scroll_lines(lines)
        if self.at(0) != top:
            if self.at(0) != (self.row_after(-1), 0):
                line = max(line, self.at(self.margin))
            last = self._in_sight()[-1]
            if self._walked(last, 1) != last:
                line = min(line, self.at(self.size.height - 1 - self.margin))
        self.go_to_line(line)

    def go_to_line(self, line: Line) -> None:
        """Put the cursor on a row, and as near to one of its lines as it can stand."""
        self.go(line[0])

    def scroll_top(self, top: int) -> None:
        """As `LineView.scroll_top`."""
        if self.is_even:
            self.top_part = 0
            super().scroll_top(top)
        else:
            self._scroll_to_line((max(0, min(top, self.row_count - 1)), 0))

    def scroll_lines(self, lines: int) -> None:
        """As `LineView.scroll_lines`."""
        if self.is_even:
            super().scroll_lines(lines)
        elif self.row_count:
            self._scroll_to_line(self._walked((self.top, self.top_part), lines))

    def _scroll_to_line(self, line: Line) -> None:
        last = self.row_before(self.row_count)
        if last < 0:
            return
        line = min(line, self._walked((last, self.height_of(last) - 1), -(self.size.height - 1)))
        if line != (self.top, self.top_part):
            self.top, self.top_part = line
            self.refresh()

    def _bring_into_sight(self, row: int, *, centre: bool) -> None:
        if self.is_even or not self.row_count:
            super()._bring_into_sight(row, centre=centre)
            return
        height = max(1, self.size.height)
        margin = self.margin
        line = (row, self.cursor_part() if row == self.cursor else 0)
        highest, lowest = self._walked(line, -(height - 1 - margin)), self._walked(line, -margin)
        top = (self.top, self.top_part)
        if centre and not highest <= top <= lowest:
            self._scroll_to_line(self._walked(line, -(height // 2)))
        else:
            self._scroll_to_line(max(highest, min(top, lowest)))
