"""The panel above the status line that says how a sequence that was begun can go on."""

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.message import Message
from textual.strip import Strip

from reviewtui.text.safe import SafeText, cell_width
from reviewtui.tui.widgets.rows import Row, RowsView, Run, clipped

Entry = tuple[SafeText, SafeText, str]
"""A key as people write it, what it does, and the key itself."""
_GAP: Final = 2
_WIDEST: Final = 44
_USUAL: Final = 40
_NARROWEST: Final = 24
_FEW: Final = 6
_LEAST_BEHIND: Final = 6
"""Rows of the screen that the panel leaves free."""


class WhichKey(RowsView, can_focus=False):
    """Keys and what they do, in columns; takes no room while it is hidden."""

    DEFAULT_CSS = """
    WhichKey {
        layer: panel;
        dock: bottom;
        margin-bottom: 2;
        height: 4;
        background: $panel;
        display: none;
    }
    """

    class Chosen(Message):
        """A key in the panel was clicked."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="which-key")
        self._title = SafeText("")
        self._entries: Sequence[Entry] = ()
        self._columns = 1
        self._rows = 0

    @property
    def row_count(self) -> int:
        """The title and the rows below it."""
        return self._rows + 1

    def show(self, title: SafeText, entries: Sequence[Entry]) -> None:
        """Come with these keys, as many of them as there is room for."""
        self._title, self._entries = title, entries
        self.display = True
        self._arrange()

    def hide(self) -> None:
        """Go; costs nothing while it is not there."""
        if self.display:
            self.display = False

    def on_resize(self) -> None:
        """Another width has other columns."""
        self._arrange()

    def _arrange(self) -> None:
        width, height = self.screen.size.width, self.screen.size.height
        self._columns = max(1, (width - 1) // self._column_width(width))
        self._rows = min(-(-len(self._entries) // self._columns), max(1, height - _LEAST_BEHIND))
        self.styles.height = self.row_count
        self.redraw()

    def _column_width(self, width: int) -> int:
        longest = max((cell_width(label) for _, label, _ in self._entries), default=0)
        # Many keys are better in sight, with their words cut, than below the edge.
        most = width - 1 if len(self._entries) <= _FEW else max(_NARROWEST, (width - 1) // max(2, width // _USUAL))
        return max(1, min(self._key_width + 1 + longest + _GAP, _WIDEST, most, width - 1))

    @property
    def _key_width(self) -> int:
        return max((cell_width(key) for key, _, _ in self._entries), default=0)

    def row_at(self, row: int) -> Row:
        """What was typed, or one row of keys: they are read column by column."""
        if row == 0:
            missing = len(self._entries) - self._rows * self._columns
            more = f"{missing} more in the help" if missing > 0 else "any other key ends it"
            return Row(((SafeText(f" {self._title} "), "title"),), ((SafeText(f"{more} "), "muted"),))
        width = self._column_width(self.screen.size.width)
        runs: list[Run] = [(SafeText(" "), "")]
        for column in range(self._columns):
            index = column * self._rows + row - 1
            if index >= len(self._entries):
                break
            key, label, _ = self._entries[index]
            cell: list[Run] = [
                (SafeText(" " * (self._key_width - cell_width(key)) + key), "accent"),
                (SafeText(f" {label}"), ""),
            ]
            cell = list(clipped(cell, width - _GAP))
            used = sum(cell_width(text) for text, _ in cell)
            runs += [*cell, (SafeText(" " * (width - used)), "")]
        return Row(tuple(runs))

    def render_line(self, y: int) -> Strip:
        """The row over the whole width: the panel neither scrolls nor has a cursor."""
        width = self.size.width
        if y >= self.row_count:
            return Strip.blank(width, self.rich_style)
        return Strip(self.draw_row(y, width, self.rich_style)).adjust_cell_length(width, self.rich_style)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go on with the key under the pointer."""
        event.stop()
        event.prevent_default()
        column, row = (event.x - 1) // self._column_width(self.screen.size.width), event.y - 1
        index = column * self._rows + row
        if 0 <= row < self._rows and 0 <= column < self._columns and index < len(self._entries):
            self.post_message(self.Chosen(self._entries[index][2]))

    def on_click(self, event: events.Click) -> None:
        """Done when the button went down."""
        event.stop()
