"""The cursor of the source view: its column, and the motions that a reader's fingers know."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from reviewtui.text.long_lines import Drawn
from reviewtui.text.symbols import block_starts, bracket_match, function_start
from reviewtui.tui.widgets.source_view import motions
from reviewtui.tui.widgets.tall_rows import TallRows

Step: TypeAlias = Callable[[int], int | None]
"""From a row to the row of the next thing of its kind."""


class CursorKeys(TallRows):
    """Lines of text with a cursor in them."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.column = 0
        """The column that the reader asked for, 0-based; a shorter line puts the cursor on its last character."""
        self.shift = 0
        """Cells scrolled out at the left."""

    wraps: bool = False

    @property
    def lines(self) -> Sequence[str]:
        """The text."""
        raise NotImplementedError

    @property
    def gutter_width(self) -> int:
        """Cells before the text."""
        raise NotImplementedError

    def drawn_line(self, row: int) -> Drawn:
        """A line as it can be drawn."""
        raise NotImplementedError

    @property
    def line_text(self) -> str:
        """The line of the cursor."""
        return self.lines[self.cursor] if self.cursor < len(self.lines) else ""

    @property
    def cursor_column(self) -> int:
        """Where the cursor is drawn."""
        return max(0, min(self.column, len(self.line_text) - 1))

    def go_to(self, row: int, column: int, *, centre: bool = False) -> None:
        """Put the cursor on a character and bring it into sight."""
        self.column = max(0, column)
        self.go(row, centre=centre)
        self._shift_to_cursor()
        self.redraw_row(self.cursor)

    def go(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on a row; the text shifts where the cursor would be out of sight."""
        super().go(row, centre=centre)
        self._shift_to_cursor()

    def on_resize(self) -> None:
        """The cursor stays in sight, sideways too."""
        super().on_resize()
        self._shift_to_cursor()

    def _shift_to_cursor(self) -> None:
        if self.wraps or not self.size.width:
            # Out of sight it has no width; what has to shift is known when it is shown.
            return
        room = max(1, self.size.width - self.gutter_width - 1)
        cell = self.drawn_line(self.cursor).cell_of(self.cursor_column) if self.line_text else 0
        if cell < self.shift:
            shift = 0 if cell < room // 2 else cell - room // 4
        elif cell >= self.shift + room:
            shift = cell - room + max(1, room // 4)
        else:
            return
        self.shift = shift
        self.redraw()

    def _to_column(self, column: int) -> None:
        self.go_to(self.cursor, min(column, max(0, len(self.line_text) - 1)))

    def do_left(self, count: int | None) -> None:
        """Action `left`."""
        self._to_column(self.cursor_column - (count or 1))

    def do_right(self, count: int | None) -> None:
        """Action `right`."""
        self._to_column(self.cursor_column + (count or 1))

    def do_line_start(self, _count: int | None) -> None:
        """Action `line_start`."""
        self._to_column(0)

    def do_line_first(self, _count: int | None) -> None:
        """Action `line_first`."""
        self._to_column(motions.first_letter(self.line_text))

    def do_line_end(self, _count: int | None) -> None:
        """Action `line_end`."""
        self._to_column(len(self.line_text))

    def do_word_next(self, count: int | None) -> None:
        """Action `word_next`."""
        for _ in range(min(count or 1, 1000)):
            column = motions.word_after(self.line_text, self.cursor_column)
            if column is not None:
                self._to_column(column)
            elif self.cursor + 1 < self.row_count:
                self.go_to(self.cursor + 1, motions.first_letter(self.lines[self.cursor + 1]))

    def do_word_back(self, count: int | None) -> None:
        """Action `word_back`."""
        for _ in range(min(count or 1, 1000)):
            column = motions.word_before(self.line_text, self.cursor_column)
            if column is not None:
                self._to_column(column)
            elif self.cursor:
                line = self.lines[self.cursor - 1]
                self.go_to(self.cursor - 1, motions.word_before(line, len(line)) or 0)

    def do_screen_top(self, count: int | None) -> None:
        """Action `screen_top`."""
        margin = self.margin if self.at(0) != (0, 0) else 0
        self.go(min(self.at(max(margin, (count or 1) - 1))[0], self.row_count - 1))

    def do_screen_middle(self, _count: int | None) -> None:
        """Action `screen_middle`."""
        self.go(self.at(self._lines_in_sight() // 2)[0])

    def do_screen_bottom(self, count: int | None) -> None:
        """Action `screen_bottom`."""
        last = self._lines_in_sight() - 1
        margin = self.margin if self.at(last)[0] < self.row_count - 1 else 0
        self.go(self.at(max(0, last - max(margin, (count or 1) - 1)))[0])

    def _lines_in_sight(self) -> int:
        """How many lines of the pane hold text."""
        if self.is_even:
            return min(self.size.height, self.row_count - self.top)
        return sum(self.at(y)[0] < self.row_count for y in range(self.size.height))

    def do_centre(self, _count: int | None) -> None:
        """Action `centre`."""
        self.scroll_cursor_to(self.size.height // 2)

    def do_cursor_to_top(self, _count: int | None) -> None:
        """Action `cursor_to_top`."""
        self.scroll_cursor_to(self.margin)

    def do_cursor_to_bottom(self, _count: int | None) -> None:
        """Action `cursor_to_bottom`."""
        self.scroll_cursor_to(self.size.height - 1 - self.margin)

    def scroll_cursor_to(self, y: int) -> None:
        """Scroll until the cursor stands on this line of the pane, or as near as there is text."""
        if self.is_even:
            self.scroll_top(self.cursor - y)
        elif self.row_count:
            self._scroll_to_line(self._walked((self.cursor, self.cursor_part()), -y))

    def do_block_next(self, count: int | None) -> None:
        """Action `block_next`."""
        self._repeat(count, lambda row: block_starts(self.lines, row, True))

    def do_block_back(self, count: int | None) -> None:
        """Action `block_back`."""
        self._repeat(count, lambda row: block_starts(self.lines, row, False))

    def do_function_next(self, count: int | None) -> None:
        """Action `function_next`."""
        self._repeat(count, lambda row: function_start(self.lines, row, True))

    def do_function_back(self, count: int | None) -> None:
        """Action `function_back`."""
        self._repeat(count, lambda row: function_start(self.lines, row, False))

    def _repeat(self, count: int | None, step: Step) -> None:
        row = self.cursor
        for _ in range(min(count or 1, 1000)):
            found = step(row)
            if found is None:
                break
            row = found
        self.go(row, centre=True)

    def do_matching_bracket(self, _count: int | None) -> None:
        """Action `matching_bracket`."""
        found = bracket_match(self.lines, self.cursor, self.cursor_column)
        if found:
            self.go_to(*found, centre=True)
