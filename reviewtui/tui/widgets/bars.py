"""The one-line bars: title, tabs over the lists, status and hints."""

from collections.abc import Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip

from reviewtui.text.safe import SafeText, cell_width
from reviewtui.tui.widgets.rows import Row, RowsView, Run


class Bar(RowsView, can_focus=False):
    """One row of runs."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $footer-background; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._row = Row(())

    @property
    def row_count(self) -> int:
        """One."""
        return 1

    def set_row(self, left: Sequence[Run], right: Sequence[Run] = ()) -> None:
        """Show other runs; the same ones cost nothing."""
        row = Row(tuple(left), tuple(right))
        if row != self._row:
            self._row = row
            self.redraw()

    def row_at(self, _row: int) -> Row:
        """The runs as they were set."""
        return self._row

    def render_line(self, y: int) -> Strip:
        """The row over the whole width: a bar has no scroll bar and no cursor."""
        width = self.size.width
        return Strip(self.draw_row(y, width, self.rich_style)).adjust_cell_length(width, self.rich_style)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A bar has no cursor to move."""
        event.stop()


class TabBar(Bar, can_focus=False):
    """The names of the lists; the open one stands out, a click opens another."""

    class Chosen(Message):
        """A tab was clicked."""

        def __init__(self, name: str) -> None:
            self.name = name
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="tabs")
        self._names: tuple[tuple[str, int], ...] = ()

    def set_tabs(self, tabs: Sequence[tuple[str, SafeText]], open_tab: str) -> None:
        """The tabs: name and what stands on them."""
        runs: list[Run] = []
        ends: list[tuple[str, int]] = []
        cell = 0
        for name, label in tabs:
            text = SafeText(f" {label} ")
            runs.append((text, "tab" if name == open_tab else "muted"))
            cell += cell_width(text)
            ends.append((name, cell))
        self._names = tuple(ends)
        self.set_row(runs)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Open the tab under the pointer."""
        event.stop()
        for name, end in self._names:
            if event.x < end:
                self.post_message(self.Chosen(name))
                return
