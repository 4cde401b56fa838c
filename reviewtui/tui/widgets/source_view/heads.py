"""The heads of functions and classes that stay in sight at the top while their bodies are read."""

from collections.abc import Sequence
from typing import Final

from rich.segment import Segment
from textual.strip import Strip

from reviewtui.text.blocks import heads_around
from reviewtui.tui.widgets.quick_paint import fitted
from reviewtui.tui.widgets.source_view import gutter
from reviewtui.tui.widgets.source_view.drawing import Drawing
from reviewtui.tui.widgets.source_view.paint import painted
from reviewtui.tui.widgets.tall_rows import Line

STICKY: Final = 3
"""So many heads stay, at most."""
_AS_HEAD: Final = -1
"""The part of a row that it is as a head that stays."""
_LEAST_HEIGHT: Final = 12
"""A lower pane has no lines to spare for them."""


class StickyHeads(Drawing):
    """A text whose first lines are the heads of what encloses the rest."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._sticky: tuple[tuple[object, ...], list[int]] | None = None

    def sticky_rows(self) -> Sequence[int]:
        """The rows of the functions and classes that enclose what is in sight and begin above it."""
        first = self.at(0)[0]
        key = (first, self.outline, self.size.height)
        if self._sticky is None or self._sticky[0] != key:
            found: list[int] = []
            if self.size.height >= _LEAST_HEIGHT and 0 < first < self.row_count:
                for y in range(STICKY):
                    row = self.at(y)[0]
                    around = [head for head in heads_around(self.lines, row, self.outline) if head < row]
                    if len(around) <= y:
                        break
                    found = around[: y + 1]
            self._sticky = key, found
        rows = self._sticky[1]
        lines = self.lines_of(self.cursor) if rows and self.cursor - first < STICKY else range(0)
        return rows[: lines.start] if lines else rows

    def render_line(self, y: int) -> Strip:
        """One line of the pane; at its top the heads of what encloses the rest."""
        if y < STICKY and self.at(0)[0]:
            rows = self.sticky_rows()
            if y < len(rows):
                return self._sticky_line(rows[y])
        return super().render_line(y)

    def under(self, y: int) -> Line:
        """As `LineMouse.under`: a head that stays is its own row."""
        rows = self.sticky_rows() if y < STICKY and self.at(0)[0] else ()
        return (rows[y], 0) if y < len(rows) else super().under(y)

    def _sticky_line(self, row: int) -> Strip:
        width = self.size.width
        key = (row, _AS_HEAD, width, False)
        found = self._strips.get(key)
        if found is None:
            segments = self._drawn_head(row, width)
            found = self._strips[key] = segments, {None: Strip(segments, width)}
        return found[1][None]

    def _drawn_head(self, row: int, width: int) -> list[Segment]:
        base = self.rich_style + self.look("source-view--sticky")
        line = self.drawn_line(row)
        side = " " * (self.side.cells + 1) if self.side else ""
        last = line.column_of(max(0, width - self.gutter_width))
        text = line.cut(0, line.index_of(last))
        layers = self.colours(row, line, 0, last)
        number = f"{side}{row + 1:>{self._numbers}}{' ' * gutter.CELLS}"
        segments = [Segment(number, base + self.look("source-view--line-number"))]
        return fitted([*segments, *painted(text, base, layers)], width, base)

    def redraw(self) -> None:
        """The rows changed: draw everything again."""
        self._sticky = None
        super().redraw()

    def _refresh_row(self, row: int) -> None:
        super()._refresh_row(row)
        # The heads give way to the cursor.
        if row - self.top < 2 * STICKY and self.top:
            self.refresh(self.size.region.crop_size((self.size.width, STICKY)))
