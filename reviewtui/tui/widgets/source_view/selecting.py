"""Selected lines, and the mouse: it puts the cursor, selects, scrolls beyond the edge, and opens marks."""

from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from reviewtui.model.place import LineSpan
from reviewtui.tui.widgets.source_view import gutter
from reviewtui.tui.widgets.source_view.heads import StickyHeads

if TYPE_CHECKING:
    from textual.timer import Timer

SIDEWAYS: Final = 8
"""Cells that a wheel's notch scrolls sideways."""
_BEYOND_SECONDS: Final = 0.05
"""So often the text moves while the mouse is held beyond its edge."""


class SelectedText(StickyHeads):
    """A text in which lines are selected."""

    class SelectionChanged(Message):
        """Lines were selected, or no longer are."""

    class MarkPressed(Message):
        """The mark of a hit or a finding was clicked; the cursor is on its line."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.selected_from: int | None = None
        """Row where the selection began; None: nothing is selected."""
        self._is_held = False
        """Whether a button of the mouse is held that was pressed on the text."""
        self._beyond = 0
        """Lines by which the mouse is held above (negative) or below the pane."""
        self._scrolls: Timer | None = None

    # Selecting

    @property
    def selection(self) -> LineSpan | None:
        """The selected lines."""
        if self.selected_from is None or not self.row_count:
            return None
        first, last = sorted((self.selected_from, self.cursor))
        return LineSpan(first + 1, last + 1)

    def is_selected(self, row: int) -> bool:
        """Whether a row is selected."""
        return self.selection is not None and row + 1 in self.selection

    @property
    def current_lines(self) -> LineSpan | None:
        """The selection, or the line of the cursor; None in an empty file."""
        if not self.row_count:
            return None
        return self.selection or LineSpan(self.cursor + 1, self.cursor + 1)

    def do_select(self, _count: int | None) -> None:
        """Action `select`."""
        self.selected_from = self.cursor if self.selected_from is None else None
        self.redraw()
        self.post_message(self.SelectionChanged())

    def do_select_down(self, count: int | None) -> None:
        """Action `select_down`: as Shift with an arrow does elsewhere."""
        self._stretch(count or 1)

    def do_select_up(self, count: int | None) -> None:
        """Action `select_up`."""
        self._stretch(-(count or 1))

    def _stretch(self, rows: int) -> None:
        if self.selected_from is None:
            self.do_select(None)
        self.go(self.cursor + rows)
        self.post_message(self.SelectionChanged())

    def clear_selection(self) -> bool:
        """Whether there was one."""
        had = self.selected_from is not None
        if had:
            self.selected_from = None
            self.redraw()
            self.post_message(self.SelectionChanged())
        return had

    def go(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on a row; a selection stretches with it."""
        super().go(row, centre=centre)
        if self.selected_from is not None:
            self.redraw()

    # Mouse

    @property
    def margin(self) -> int:
        """As `LineView.margin`; none for the mouse, or the text would move away under it."""
        return 0 if self._is_held else super().margin

    def pressed(self, row: int, part: int, x: int) -> None:
        """Put the cursor there; on a line number select the line, on a mark open what it stands for."""
        self.clear_selection()
        self._is_held = True
        self.capture_mouse()
        cell = x - (self.gutter_width - gutter.CELLS)
        if cell > 0:
            self._put_cursor(row, part, x)
            if cell in gutter.MARK_CELLS and self._has_mark(row, cell):
                self.post_message(self.MarkPressed())
        else:
            self.go(row)
            if self.side is None or x > self.side.cells:
                self.do_select(None)

    def _put_cursor(self, row: int, part: int, x: int) -> None:
        cell = max(0, x - self.gutter_width) + self.shift
        line = self.drawn_line(row)
        if self.wraps:
            starts = self.parts_of(row)
            part = max(0, min(part - len(self.old_above(row)), len(starts) - 1))
            cell += line.cell_of(starts[part])
        self.column = line.column_of(cell)
        self.go(row)
        self.redraw_row(row)

    def _has_mark(self, row: int, cell: int) -> bool:
        mark = self.mark_at(row + 1)
        return mark is not None and bool(mark.hits if cell == gutter.MARK_CELLS[0] else mark.findings)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Dragging selects lines; beyond the edge the text moves for as long as the button is held."""
        if not self._is_held or not self.row_count:
            return
        y = event.y - (self.content_region.y - self.region.y)
        self._beyond = min(y, 0) or max(0, y - self.size.height + 1)
        if self._beyond and self._scrolls is None:
            self._scrolls = self.set_interval(_BEYOND_SECONDS, self._drag_on)
        elif not self._beyond:
            self._stop_scrolling()
            self._drag_to(self.at(y)[0])

    def _drag_to(self, row: int) -> None:
        row = max(0, min(row, self.row_count - 1))
        if self.selected_from is None and row != self.cursor:
            self.do_select(None)
        self.go(row)

    def _drag_on(self) -> None:
        self._drag_to(self.stepped(self.cursor, self._beyond))

    def _stop_scrolling(self) -> None:
        if self._scrolls is not None:
            self._scrolls.stop()
            self._scrolls = None

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """The end of a drag."""
        if self._is_held:
            self._is_held = False
            self._stop_scrolling()
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """A second click is on a word, where the first has put the cursor; it opens nothing."""
        event.stop()
        event.prevent_default()

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Sideways."""
        event.stop()
        self._sideways(SIDEWAYS)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Sideways."""
        event.stop()
        self._sideways(-SIDEWAYS)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """With Shift sideways."""
        if event.shift:
            event.stop()
            event.prevent_default()
            self._sideways(SIDEWAYS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """With Shift sideways."""
        if event.shift:
            event.stop()
            event.prevent_default()
            self._sideways(-SIDEWAYS)

    def _sideways(self, cells: int) -> None:
        if self.wraps or not self.row_count:
            return
        in_sight = {self.at(y)[0] for y in range(self.size.height)} - {self.row_count}
        widest = max((self.drawn_line(row).width for row in in_sight), default=0)
        shift = max(0, min(self.shift + cells, widest - self.room + 1))
        if shift == self.shift:
            return
        self.shift = shift
        line = self.drawn_line(self.cursor)
        # The cursor stays in sight, as far as its line reaches.
        self.column = max(line.column_of(shift), min(self.cursor_column, line.column_of(shift + self.room - 1)))
        self.redraw()
