"""The shape of the text in the source view: wrapped lines, closed folds, and old lines in their place."""

from collections.abc import Sequence

from textual.cache import LRUCache

from reviewtui.text.blocks import all_folds, fold_at
from reviewtui.text.symbols import Outline
from reviewtui.tui.widgets.source_view.changes import NO_CHANGES, Changes, OldLine
from reviewtui.tui.widgets.source_view.cursor import CursorKeys
from reviewtui.tui.widgets.source_view.folds import Folds
from reviewtui.tui.widgets.source_view.wrapping import part_of, part_starts
from reviewtui.tui.widgets.tall_rows import Line


class ShapedText(CursorKeys):
    """Lines of text that may be wrapped, folded away, or stand below lines that are no longer there."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.wraps = False
        """Whether long lines go on below; else they are scrolled sideways."""
        self.folds = Folds()
        self.changes = NO_CHANGES
        self._parts: LRUCache[tuple[int, int], Sequence[int]] = LRUCache(2000)
        self.outline: Outline | None = None
        """Functions and classes of a Python text, once they are known."""

    def set_changes(self, changes: Changes) -> None:
        """Show what differs from an older text."""
        self.changes = changes
        self.heights_changed()

    def unshape(self) -> None:
        """Another text: no folds, no changes."""
        self.folds = Folds()
        self.changes = NO_CHANGES
        self.outline = None
        self.top_part = 0
        self._parts.clear()

    # Heights

    @property
    def is_even(self) -> bool:
        """As `TallRows.is_even`."""
        return not (self.row_count and (self.wraps or self.folds or self.changes.old))

    @property
    def room(self) -> int:
        """Cells for the text of a line."""
        return max(1, self.size.width - 1 - self.gutter_width)

    def parts_of(self, row: int) -> Sequence[int]:
        """The columns at which the lines of a row's own text begin."""
        if not self.wraps:
            return (0,)
        key = (row, self.room)
        starts = self._parts.get(key)
        if starts is None:
            starts = self._parts[key] = part_starts(self.lines[row], self.drawn_line(row), self.room)
        return starts

    def old_above(self, row: int) -> Sequence[OldLine]:
        """The removed lines that are drawn above a row."""
        return self.changes.old.get(row, ())

    def old_below(self, row: int) -> Sequence[OldLine]:
        """The removed lines that are drawn below the last row."""
        return self.changes.old.get(row + 1, ()) if row == self.row_count - 1 else ()

    def height_of(self, row: int) -> int:
        """As `TallRows.height_of`."""
        return len(self.old_above(row)) + len(self.parts_of(row)) + len(self.old_below(row))

    def row_after(self, row: int) -> int:
        """As `TallRows.row_after`."""
        return min(self.folds.after(row), self.row_count)

    def row_before(self, row: int) -> int:
        """As `TallRows.row_before`."""
        return self.folds.before(row)

    def cursor_part(self) -> int:
        """As `TallRows.cursor_part`."""
        return len(self.old_above(self.cursor)) + part_of(self.parts_of(self.cursor), self.cursor_column)

    def heights_changed(self) -> None:
        """As `TallRows.heights_changed`; the cursor leaves what is folded away."""
        if self.row_count and self.folds.hides(self.cursor):
            self.cursor = min(self.folds.hiding(self.cursor))
        if self.wraps:
            self.shift = 0
        super().heights_changed()

    def on_resize(self) -> None:
        """Wrapped lines have other heights."""
        self._sight = None
        if not self.is_even and self.row_count:
            self.top_part = min(self.top_part, self.height_of(self.top) - 1)
        super().on_resize()

    def go(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on a row; folds that hide it open."""
        row = max(0, min(row, self.row_count - 1))
        if self.folds and self.folds.hides(row):
            self.folds.open(self.folds.hiding(row))
            self.cursor = row
            self.heights_changed()
        super().go(row, centre=centre)

    def go_to_line(self, line: Line) -> None:
        """As `TallRows.go_to_line`; in a line that is wrapped the cursor stands where that part begins."""
        row, part = line
        starts = self.parts_of(row)
        part = max(0, min(part - len(self.old_above(row)), len(starts) - 1))
        if part_of(starts, max(0, min(self.column, len(self.lines[row]) - 1))) != part:
            self.column = starts[part]
        self.go(row)

    # Actions

    def do_toggle_wrap(self, _count: int | None) -> None:
        """Action `toggle_wrap`."""
        self.wraps = not self.wraps
        self.heights_changed()

    def do_toggle_fold(self, _count: int | None) -> None:
        """Action `toggle_fold`."""
        if self.folds.is_closed(self.cursor):
            self.do_open_fold(None)
        else:
            self.do_close_fold(None)

    def do_open_fold(self, _count: int | None) -> None:
        """Action `open_fold`."""
        self.folds.open([self.cursor])
        self.heights_changed()

    def do_close_fold(self, _count: int | None) -> None:
        """Action `close_fold`: the innermost one around the cursor that is open."""
        row = self.cursor
        fold = fold_at(self.lines, row, self.outline)
        while fold and self.folds.is_closed(fold[0]) and fold[0] > 0:
            fold = fold_at(self.lines, fold[0] - 1, self.outline) if self._is_inside(fold[0]) else None
        if fold:
            self.folds.close([fold])
            self.heights_changed()

    def _is_inside(self, row: int) -> bool:
        above = fold_at(self.lines, row - 1, self.outline)
        return above is not None and above[0] < row <= above[1]

    def do_close_folds(self, _count: int | None) -> None:
        """Action `close_folds`."""
        self.folds.close(all_folds(self.lines, self.outline))
        self.heights_changed()

    def do_open_folds(self, _count: int | None) -> None:
        """Action `open_folds`."""
        self.folds.clear()
        self.heights_changed()
