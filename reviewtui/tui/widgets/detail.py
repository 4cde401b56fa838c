"""The detail pane: cards about what is under the cursor, wrapped to its width."""

from collections.abc import Sequence

from reviewtui.text.safe import SafeText
from reviewtui.tui.cards import Paragraph
from reviewtui.tui.widgets.rows import Row, RowsView, wrapped


class DetailPane(RowsView):
    """Paragraphs to read, with a cursor only to scroll by."""

    shows_cursor = False

    def __init__(self) -> None:
        super().__init__(id="detail")
        self._paragraphs: Sequence[Paragraph] = ()
        self._rows: list[Row] = []
        self._width = 0

    @property
    def row_count(self) -> int:
        """The rows that the paragraphs take."""
        width = self.size.width - 2
        if width != self._width:
            self._wrap(width)
        return len(self._rows)

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show another card, from its top; the same card stays where it is."""
        if list(paragraphs) == list(self._paragraphs):
            return
        self._paragraphs = paragraphs
        self._wrap(self.size.width - 2)
        self.cursor = self.top = 0
        self.redraw()

    def _wrap(self, width: int) -> None:
        self._width = width
        room = max(8, width - 1)
        self._rows = []
        for paragraph in self._paragraphs:
            if paragraph.verbatim:
                self._rows.append(Row(paragraph.runs))
            else:
                self._rows += [Row(row) for row in wrapped(paragraph.runs, room, paragraph.indent)]

    def row_at(self, row: int) -> Row:
        """A wrapped row, one cell from the edge."""
        return Row(((SafeText(" "), ""), *self._rows[row].left))
