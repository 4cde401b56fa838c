"""Where a reader stands in a text, to stand there again when the text has become another one around that place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from reviewtui.text.blocks import fold_at
from reviewtui.text.moved import MovedLines
from reviewtui.tui.widgets.source_view.view import SourceView


@dataclass(frozen=True, slots=True)
class Stand:
    """Cursor, selection, folds, and the line of the pane on which the cursor is."""

    lines: Sequence[str]
    row: int
    column: int
    y: int
    shift: int
    selected_from: int | None
    folds: tuple[int, ...]

    @classmethod
    def of(cls, view: SourceView) -> Self:
        """Where the reader stands now."""
        there = view.lines_of(view.cursor)
        return cls(
            view.lines,
            view.cursor,
            view.column,
            there.start if there else 0,
            view.shift,
            view.selected_from,
            view.folds.heads,
        )

    def in_other(self, lines: Sequence[str]) -> MovedLines:
        """The way to the rows of the text that now stands there."""
        return MovedLines(self.lines, lines)

    def take(self, view: SourceView, moved: MovedLines) -> None:
        """Stand there again in the other text."""
        folds = (fold_at(view.lines, moved.row(head), None) for head in self.folds if moved.keeps(head))
        view.folds.close(fold for fold in folds if fold and not fold[0] < moved.row(self.row) <= fold[1])
        view.heights_changed()
        view.shift = 0 if view.wraps else self.shift
        view.go_to(moved.row(self.row), self.column)
        view.scroll_cursor_to(self.y)
        view.selected_from = moved.row(self.selected_from) if self.selected_from is not None else None
        view.redraw()
