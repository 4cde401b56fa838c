"""The one-line bars: title, tabs over the lists, status and hints."""

from collections.abc import Sequence
from typing import TypeAlias

from textual import events
from textual.message import Message
from textual.strip import Strip

from reviewtui.text.safe import SafeText, cell_width
from reviewtui.tui.widgets.quick_paint import fitted
from reviewtui.tui.widgets.rows import Row, RowsView, Run

Hint: TypeAlias = tuple[SafeText, SafeText, str]
"""A key as people write it, what it does, and the name of the action; empty where a click does nothing."""


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
        key = (0, 0, width, False)
        found = self._strips.get(key)
        if found is None:
            base = self.rich_style
            segments = fitted(self.draw_row(y, width, base), width, base)
            found = self._strips[key] = segments, {None: Strip(segments, width)}
        return found[1][None]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A bar has no cursor to move."""
        event.stop()


class StatusBar(Bar, can_focus=False):
    """What is said at the left, what lasts at the right; of that the first gives way where both have no room."""

    def row_at(self, _row: int) -> Row:
        """As much as fits."""
        row, width = self._row, self.size.width
        wanted = sum(cell_width(text) for text, _ in row.left)
        right = list(row.right)
        while len(right) > 1 and wanted + sum(cell_width(text) for text, _ in right) >= width:
            del right[0]
        return Row(row.left, tuple(right))


class HintsBar(Bar, can_focus=False):
    """Keys and what they do, as many as fit; a click on one does it."""

    class Chosen(Message):
        """A hint was clicked."""

        def __init__(self, action: str) -> None:
            self.action = action
            super().__init__()

    def __init__(self) -> None:
        super().__init__(id="hints")
        self._hints: Sequence[Hint] = ()
        self._ends: tuple[tuple[int, str], ...] = ()

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Show other hints; where not all have room, those before the last give way."""
        self._hints = hints
        width = self.size.width or 10_000
        kept = list(hints)
        while len(kept) > 1 and sum(_hint_width(hint) for hint in kept) >= width:
            del kept[-2]
        runs: list[Run] = [(SafeText(" "), "")]
        ends: list[tuple[int, str]] = []
        end = 1
        for hint in kept:
            runs += [(hint[0], "accent"), (SafeText(f" {hint[1]}  "), "muted")]
            end += _hint_width(hint)
            ends.append((end, hint[2]))
        self._ends = tuple(ends)
        self.set_row(runs)

    def on_resize(self) -> None:
        """Another width has room for others."""
        super().on_resize()
        self.set_hints(self._hints)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Do what is under the pointer."""
        event.stop()
        for end, action in self._ends:
            if event.x < end:
                if action:
                    self.post_message(self.Chosen(action))
                return


def _hint_width(hint: Hint) -> int:
    return cell_width(hint[0]) + cell_width(hint[1]) + 3


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
