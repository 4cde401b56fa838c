"""A pane of many lines, drawn one by one: cursor, scrolling and its own scroll bar.

It keeps its top line itself and repaints only what changed; Textual's ScrollView takes ten times as long for a key
because every step passes through its scroll bars, animation and layout.
"""

from collections.abc import Mapping
from typing import ClassVar, Final, TypeAlias

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reviewtui.text.safe import safe
from reviewtui.tui.widgets.line_mouse import LineMouse
from reviewtui.tui.widgets.quick_paint import QuickPaint, fitted

STRIPS: Final = 300
"""Rows that are kept as they were drawn, some pages up and down; each takes some thousand bytes."""

Bar: TypeAlias = tuple[bool, str] | None
"""A piece of a scroll bar: whether the thumb is there, and a mark's component class; None where there is no bar."""


class LineView(LineMouse, QuickPaint, can_focus=True):
    """Lines that are drawn when they are seen, with a cursor line."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line-view--cursor",
        "line-view--cursor-blurred",
        "line-view--added",
        "line-view--added-word",
        "line-view--removed",
        "line-view--removed-word",
        "line-view--muted",
        "line-view--bar",
        "line-view--thumb",
        "line-view--match",
        "line-view--good",
        "line-view--accent",
        "line-view--title",
        "line-view--tab",
        "line-view--critical",
        "line-view--high",
        "line-view--medium",
        "line-view--low",
        "line-view--info",
    }
    DEFAULT_CSS = """
    LineView {
        height: 1fr;
        & > .line-view--cursor { background: $line-selected; }
        & > .line-view--cursor-blurred { background: $line-cursor; }
        & > .line-view--muted { color: $syntax-comment; }
        & > .line-view--bar { color: $border-blurred; }
        & > .line-view--thumb { color: $line-number; }
        & > .line-view--match { background: $match; }
        & > .line-view--good { color: $reviewed; }
        & > .line-view--accent { color: $primary; }
        & > .line-view--tab { color: $primary; text-style: bold underline; }
        & > .line-view--title { color: $foreground; text-style: bold; }
        & > .line-view--critical { color: $severity-critical; text-style: bold; }
        & > .line-view--high { color: $severity-high; text-style: bold; }
        & > .line-view--medium { color: $severity-medium; }
        & > .line-view--low { color: $severity-low; }
        & > .line-view--info { color: $severity-info; }
        & > .line-view--added { background: $added; }
        & > .line-view--added-word { background: $added-word; }
        & > .line-view--removed { background: $removed; }
        & > .line-view--removed-word { background: $removed-word; }
    }
    """
    margin_rows: ClassVar[int] = 0
    """Rows kept in sight above and below the cursor."""

    shows_cursor: ClassVar[bool] = True
    """Whether the cursor row stands out while the focus is elsewhere."""

    class CursorMoved(Message):
        """The cursor is on another row."""

        def __init__(self, view: "LineView") -> None:
            self.view = view
            super().__init__()

        @property
        def control(self) -> "LineView":
            """The pane it happened in."""
            return self.view

        def can_replace(self, message: Message) -> bool:
            """Only the last of several moves matters."""
            return isinstance(message, LineView.CursorMoved) and message.view is self.view

    class Activated(Message):
        """Enter or a second click on a row."""

        def __init__(self, view: "LineView", row: int) -> None:
            self.view = view
            self.row = row
            super().__init__()

        @property
        def control(self) -> "LineView":
            """The pane it happened in."""
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id, classes=classes)
        self.cursor = 0
        """Row of the cursor, 0-based."""
        self.top = 0
        """First row that is drawn."""
        self._strips: LRUCache[tuple[int, int, int, bool], tuple[list[Segment], dict[Bar, Strip]]] = LRUCache(STRIPS)
        """Rows as they were drawn, and with each piece of scroll bar that stood beside them.

        The same strip is given out for the same line, since Textual keeps with it how it is cut and written.
        """
        self._bar: Mapping[int, str] | None = None

    @property
    def margin(self) -> int:
        """Rows kept in sight above and below the cursor, as far as the pane is high enough."""
        return min(self.margin_rows, max(0, self.size.height - 1) // 2)

    # What a pane says of itself

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return 0

    def draw_row(self, row: int, width: int, base: Style) -> list[Segment]:
        """The segments of one row, at most `width` cells, every style on top of `base`."""
        raise NotImplementedError

    def draw_part(self, row: int, _part: int, width: int, base: Style) -> list[Segment]:
        """The segments of one line of a row; a row is one line high, unless a pane says otherwise."""
        return self.draw_row(row, width, base)

    def bar_marks(self) -> Mapping[int, str]:
        """Rows that the scroll bar shows, with the component class of their colour."""
        return {}

    # Drawing

    def notify_style_update(self) -> None:
        """Colours changed: draw everything again."""
        self._strips.clear()
        super().notify_style_update()

    def redraw(self) -> None:
        """The rows changed: draw everything again."""
        self._strips.clear()
        self._bar = None
        self.refresh()

    def redraw_row(self, row: int) -> None:
        """One row changed."""
        for y in self.lines_of(row):
            for on_cursor in (True, False):
                self._strips.discard((*self.at(y), self.size.width, on_cursor))
        self._refresh_row(row)

    def _refresh_row(self, row: int) -> None:
        lines = self.lines_of(row)
        if lines:
            self.refresh(Region(0, lines.start, self.size.width, len(lines)))

    # Which row stands where

    def at(self, y: int) -> tuple[int, int]:
        """The row that stands on a line of the pane, and which line of that row it is; `row_count` below the last."""
        return min(self.top + y, self.row_count), 0

    def lines_of(self, row: int) -> range:
        """The lines of the pane on which a row stands; empty where it is out of sight."""
        y = row - self.top
        return range(y, y + 1) if 0 <= y < self.size.height else range(0)

    def render_line(self, y: int) -> Strip:
        """One line of the pane, scroll bar included."""
        width = self.size.width
        row, part = self.at(y)
        if row >= self.row_count:
            return self._blank(y, width)
        on_cursor = row == self.cursor
        key = (row, part, width, on_cursor)
        found = self._strips.get(key)
        if found is None:
            base = self.rich_style
            if on_cursor and self.has_focus:
                base += self.look("line-view--cursor")
            elif on_cursor and self.shows_cursor:
                base += self.look("line-view--cursor-blurred")
            found = self._strips[key] = fitted(self.draw_part(row, part, width - 1, base), width - 1, base), {}
        segments, lines = found
        bar = self._bar_at(y) if self.has_bar else None
        line = lines.get(bar)
        if line is None:
            line = lines[bar] = Strip([*segments, self._bar_segment(bar)], width)
        return line

    @property
    def has_bar(self) -> bool:
        """Whether there is more than is in sight."""
        return self.row_count > self.size.height

    def _blank(self, y: int, width: int) -> Strip:
        text = safe(self.empty_text()) if not self.row_count else ""
        if y == 0 and text:
            return Strip([Segment(f" {text}", self.rich_style + self.look("line-view--muted"))]).adjust_cell_length(
                width, self.rich_style
            )
        return Strip.blank(width, self.rich_style)

    def empty_text(self) -> str:
        """What stands in the pane when it has no rows."""
        return ""

    def _bar_at(self, y: int) -> tuple[bool, str]:
        """Whether the thumb of the scroll bar is on a line, and the component class of what it marks there."""
        height, count = self.size.height, self.row_count
        if self._bar is None:
            self._bar = {row * height // max(count, height): name for row, name in self.bar_marks().items()}
        thumb = max(1, height * height // max(count, height))
        first = (height - thumb) * self.top // max(1, count - height)
        return first <= y < first + thumb, self._bar.get(y, "")

    def _bar_segment(self, bar: Bar) -> Segment:
        if bar is None:
            return Segment(" ", self.rich_style)
        in_thumb, mark = bar
        style = self.rich_style + self.look("line-view--thumb" if in_thumb else "line-view--bar")
        if mark:
            return Segment("▐", style + self.look(mark))
        return Segment("▐" if in_thumb else "│", style)

    # Moving

    def go(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on a row, the nearest there is, and bring it into sight."""
        row = max(0, min(row, self.row_count - 1))
        old, old_top = self.cursor, self.at(0)
        self.cursor = row
        self._bring_into_sight(row, centre=centre)
        if self.at(0) != old_top:
            self.refresh()
        elif row != old:
            self._refresh_row(old)
            self._refresh_row(row)
        if row != old:
            self.post_message(self.CursorMoved(self))

    def _bring_into_sight(self, row: int, *, centre: bool) -> None:
        height = max(1, self.size.height)
        margin = self.margin
        if centre and not self.top + margin <= row < self.top + height - margin:
            self.scroll_top(row - height // 2)
        elif row < self.top + margin:
            self.scroll_top(row - margin)
        elif row > self.top + height - 1 - margin:
            self.scroll_top(row - height + 1 + margin)

    def scroll_top(self, top: int) -> None:
        """Make `top`, or the nearest that leaves no empty space, the first row in sight."""
        top = max(0, min(top, self.row_count - self.size.height))
        if top != self.top:
            self.top = top
            self.refresh()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines of the pane, as far as there are rows."""
        self.scroll_top(self.top + lines)

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self._bar = None
        self._bring_into_sight(self.cursor, centre=False)

    def on_focus(self) -> None:
        """The cursor line shows where the keys go."""
        self.redraw_row(self.cursor)

    def on_blur(self) -> None:
        """The cursor line shows where the keys go."""
        self.redraw_row(self.cursor)

    def do_down(self, count: int | None) -> None:
        """Action `down`."""
        self.go(self.stepped(self.cursor, count or 1))

    def do_up(self, count: int | None) -> None:
        """Action `up`."""
        self.go(self.stepped(self.cursor, -(count or 1)))

    def stepped(self, row: int, rows: int) -> int:
        """The row so many rows below (above, where negative) a row; what is folded away does not count."""
        return row + rows

    def do_half_down(self, count: int | None) -> None:
        """Action `half_down`."""
        self._page((count or 1) * max(1, self.size.height // 2))

    def do_half_up(self, count: int | None) -> None:
        """Action `half_up`."""
        self._page(-(count or 1) * max(1, self.size.height // 2))

    def do_page_down(self, count: int | None) -> None:
        """Action `page_down`."""
        self._page((count or 1) * max(1, self.size.height - 2))

    def do_page_up(self, count: int | None) -> None:
        """Action `page_up`."""
        self._page(-(count or 1) * max(1, self.size.height - 2))

    def _page(self, lines: int) -> None:
        row, top = self.cursor + lines, self.top
        self.scroll_lines(lines)
        if self.top != top:
            # The page turns whole: the cursor gives way to the margin, not the page.
            least = self.top + self.margin if self.top else 0
            most = self.top + self.size.height - 1
            row = max(least, min(row, most - self.margin if most < self.row_count - 1 else most))
        self.go(row)

    def do_top(self, count: int | None) -> None:
        """Action `top`."""
        self.go(0 if count is None else count - 1)

    def do_bottom(self, count: int | None) -> None:
        """Action `bottom`."""
        self.go(self.row_count - 1 if count is None else count - 1)

    def do_list_top(self, _count: int | None) -> None:
        """Action `list_top`."""
        self.go(0)

    def do_list_bottom(self, _count: int | None) -> None:
        """Action `list_bottom`."""
        self.go(self.row_count - 1)

    def do_activate(self, _count: int | None) -> None:
        """Action `activate`."""
        if self.row_count:
            self.post_message(self.Activated(self, self.cursor))
