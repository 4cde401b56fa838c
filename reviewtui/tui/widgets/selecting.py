"""Lists in which several rows are selected at a time."""

from reviewtui.tui.widgets.rows import RowsView


class SelectingRows(RowsView):
    """A list with a selection from where it was begun to the cursor."""

    margin_rows = 1

    def __init__(self, *, id: str) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.selected_from: int | None = None
        """The row where a selection began."""

    @property
    def selected_rows(self) -> tuple[int, int]:
        """First and last of the selection, else the row of the cursor twice."""
        if self.selected_from is None:
            return self.cursor, self.cursor
        return min(self.selected_from, self.cursor), max(self.selected_from, self.cursor)

    def toggle_selection(self) -> None:
        """Begin a selection, or end it."""
        self.selected_from = self.cursor if self.selected_from is None and self.row_count else None
        self.redraw()

    def clear_selection(self) -> bool:
        """No longer select; False where nothing was selected."""
        had = self.selected_from is not None
        self.selected_from = None
        if had:
            self.redraw()
        return had

    def go(self, row: int, *, centre: bool = False) -> None:
        """As every pane; rows between the beginning of a selection and the cursor change their look."""
        old = self.cursor
        super().go(row, centre=centre)
        if self.selected_from is not None and old != self.cursor:
            # Nothing else changed: what a list counts when it is drawn anew stays.
            super().redraw()
