"""What the mouse does in a pane of lines: click, double click, wheel, and the thumb of the scroll bar."""

from collections.abc import Mapping
from typing import Final

from textual import events
from textual.widget import Widget

WHEEL: Final = 3
"""Lines that a wheel's notch scrolls."""


class LineMouse(Widget):
    """The mouse's part of `LineView`, which says what each of these is."""

    cursor: int = 0
    drags_bar: bool = False
    """Whether the mouse went down on the scroll bar and is still down."""

    @property
    def row_count(self) -> int:
        """As `LineView`."""
        raise NotImplementedError

    @property
    def margin(self) -> int:
        """As `LineView`."""
        raise NotImplementedError

    @property
    def has_bar(self) -> bool:
        """As `LineView`."""
        raise NotImplementedError

    def at(self, y: int) -> tuple[int, int]:
        """As `LineView`."""
        raise NotImplementedError

    def go(self, row: int, *, centre: bool = False) -> None:
        """As `LineView`."""
        raise NotImplementedError

    def scroll_top(self, top: int) -> None:
        """As `LineView`."""
        raise NotImplementedError

    def bar_marks(self) -> Mapping[int, str]:
        """As `LineView`."""
        raise NotImplementedError

    def scroll_lines(self, lines: int) -> None:
        """As `LineView`."""
        raise NotImplementedError

    def do_activate(self, count: int | None) -> None:
        """As `LineView`."""
        raise NotImplementedError

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll, the cursor stays in sight."""
        event.stop()
        self._wheel(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll, the cursor stays in sight."""
        event.stop()
        self._wheel(-WHEEL)

    def _wheel(self, lines: int) -> None:
        self.scroll_lines(lines)
        margin = self.margin
        highest = self.at(margin if self.at(0) != (0, 0) else 0)[0]
        lowest = self.at(max(0, self.size.height - 1 - margin))[0]
        self.go(max(highest, min(self.cursor, lowest)))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Cursor to the row; on the scroll bar, to that part of the text."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        row, part = self.under(offset.y)
        if offset.x >= self.size.width - 1 and self.has_bar:
            self.drags_bar = True
            self.capture_mouse()
            self._to_part(offset.y)
        elif row < self.row_count:
            self.pressed(row, part, offset.x)

    def _to_part(self, y: int) -> None:
        """To the first mark that this line of the scroll bar shows, else to the part of the text it stands for."""
        height, count = max(1, self.size.height), self.row_count
        y = max(0, min(y, height - 1))
        marked = [row for row in self.bar_marks() if row * height // max(count, height) == y]
        row = min(marked, default=y * count // height)
        self.scroll_top(row - height // 2)
        self.go(row)

    def under(self, y: int) -> tuple[int, int]:
        """The row that is drawn on a line of the pane, and which line of that row."""
        return self.at(y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the thumb of the scroll bar."""
        if self.drags_bar:
            self._to_part(event.y - (self.content_region.y - self.region.y))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """The end of a drag."""
        if self.drags_bar:
            self.drags_bar = False
            self.release_mouse()

    def pressed(self, row: int, _part: int, _x: int) -> None:
        """The mouse was pressed on a line of a row, `x` cells from the left edge."""
        self.go(row)

    def on_click(self, event: events.Click) -> None:
        """A second click opens the row."""
        event.stop()
        if event.chain == 2:
            self.do_activate(None)
