"""The source view: one file with its marks, a cursor, a selection and search matches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from reviewtui.model.finding import Finding
from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.scan.overlay import LineMark, Overlay
from reviewtui.text.kinds import Spans, TokenKind
from reviewtui.text.safe import DrawnLine, drawn
from reviewtui.text.source import SourceText
from reviewtui.text.symbols import Outline
from reviewtui.tui.widgets.source_view import gutter
from reviewtui.tui.widgets.source_view.cursor import CursorKeys
from reviewtui.tui.widgets.source_view.paint import Layer, painted

Finder = Callable[[str], Iterator[tuple[int, int]]]
"""From a line to the columns of what was searched for in it."""

_TOKENS: Final = {
    TokenKind.KEYWORD: "keyword",
    TokenKind.CONSTANT: "number",
    TokenKind.NAME_FUNCTION: "name",
    TokenKind.NAME_CLASS: "class",
    TokenKind.EXCEPTION: "class",
    TokenKind.TYPE: "class",
    TokenKind.DECORATOR: "class",
    TokenKind.BUILTIN: "builtin",
    TokenKind.STRING: "string",
    TokenKind.DOC: "doc",
    TokenKind.ESCAPE: "number",
    TokenKind.INTERPOLATION: "number",
    TokenKind.NUMBER: "number",
    TokenKind.COMMENT: "comment",
    TokenKind.PREPROCESSOR: "keyword",
    TokenKind.OPERATOR: "operator",
    TokenKind.TAG: "tag",
    TokenKind.ATTRIBUTE: "class",
    TokenKind.VARIABLE: "name",
    TokenKind.DELETED: "tag",
    TokenKind.INSERTED: "string",
    TokenKind.HEADING: "class",
}
_EMPTY: Final = SourceText((), "utf-8", "", "LF", False, False, "", 0)


class SourceView(CursorKeys):
    """One file of the repository."""

    margin_rows = 4
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"source-view--{name}" for name in set(_TOKENS.values())),
        "source-view--line-number",
        "source-view--line-number-cursor",
        "source-view--selected",
        "source-view--hidden",
        "source-view--caret",
        "source-view--caret-blurred",
    }
    DEFAULT_CSS = """
    SourceView {
        background: $background;
        & > .source-view--keyword { color: $syntax-keyword; }
        & > .source-view--name { color: $syntax-name; }
        & > .source-view--class { color: $syntax-class; }
        & > .source-view--builtin { color: $syntax-builtin; }
        & > .source-view--string { color: $syntax-string; }
        & > .source-view--doc { color: $syntax-doc; }
        & > .source-view--number { color: $syntax-number; }
        & > .source-view--comment { color: $syntax-comment; text-style: italic; }
        & > .source-view--operator { color: $syntax-operator; }
        & > .source-view--tag { color: $syntax-tag; }
        & > .source-view--line-number { color: $line-number; }
        & > .source-view--line-number-cursor { color: $foreground; }
        & > .source-view--hidden { color: $background; background: $severity-medium; text-style: none; }
        & > .source-view--selected { background: $line-selected; }
        & > .source-view--caret { background: $primary; color: $background; }
        & > .source-view--caret-blurred { text-style: underline; }
        & > .line-view--cursor { background: $line-cursor; }
    }
    """

    class SelectionChanged(Message):
        """Lines were selected, or no longer are."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.path: RepoPath | None = None
        self.source: SourceText = _EMPTY
        self.notice = ""
        """What stands in place of the text: why a file cannot be shown."""
        self.review = Review()
        self.overlay: Overlay | None = None
        self.outline: Outline | None = None
        """Functions and classes, once they are known."""
        self.candidate_lines: frozenset[int] = frozenset()
        self.selected_from: int | None = None
        """Row where the selection began; None: nothing is selected."""
        self._spans: dict[int, Spans] = {}
        self._finder: Finder | None = None
        self._drawn: LRUCache[int, DrawnLine] = LRUCache(2000)
        self._numbers = 3

    # What is shown

    def show(self, path: RepoPath | None, source: SourceText | None, notice: str = "") -> None:
        """Show a file from its first line; its marks and colours follow."""
        self.path, self.source, self.notice = path, source or _EMPTY, notice
        self.cursor = self.top = self.column = self.shift = 0
        self.overlay = None
        self.outline = None
        self.selected_from = None
        self._spans.clear()
        self._drawn.clear()
        self._numbers = max(3, len(str(len(self.source.lines))))
        self.redraw()

    @property
    def lines(self) -> tuple[str, ...]:
        """The file's lines."""
        return self.source.lines

    @property
    def row_count(self) -> int:
        """One row a line."""
        return len(self.source.lines)

    def empty_text(self) -> str:
        """Why nothing is shown."""
        return self.notice or ("An empty file" if self.path else "")

    def set_marks(self, overlay: Overlay | None, review: Review, candidate_lines: frozenset[int]) -> None:
        """Lay hits, findings, reviewed lines and candidates over the text."""
        self.overlay, self.review, self.candidate_lines = overlay, review, candidate_lines
        self.redraw()

    def set_spans(self, first_row: int, spans: Sequence[Spans]) -> None:
        """Colours for some rows; repaints if one of them is in sight."""
        for row, line in enumerate(spans, first_row):
            self._spans[row] = line
        if first_row < self.top + self.size.height and first_row + len(spans) > self.top:
            self.redraw()

    def is_coloured(self, first_row: int, last_row: int) -> bool:
        """Whether the colours of these rows are known."""
        return all(row in self._spans for row in range(first_row, min(last_row + 1, self.row_count)))

    def set_finder(self, finder: Finder | None) -> None:
        """What to emphasise as matches of a search."""
        self._finder = finder
        self.redraw()

    @property
    def selection(self) -> LineSpan | None:
        """The selected lines."""
        if self.selected_from is None or not self.row_count:
            return None
        first, last = sorted((self.selected_from, self.cursor))
        return LineSpan(first + 1, last + 1)

    @property
    def current_lines(self) -> LineSpan | None:
        """The selection, or the line of the cursor; None in an empty file."""
        if not self.row_count:
            return None
        return self.selection or LineSpan(self.cursor + 1, self.cursor + 1)

    def hits_at(self, line: int) -> tuple[Hit, ...]:
        """The hits on a line, those that begin above and reach it included."""
        return tuple(self.overlay.hits_at(line)) if self.overlay else ()

    def findings_at(self, line: int) -> tuple[Finding, ...]:
        """The findings on a line."""
        return tuple(self.overlay.findings_at(line)) if self.overlay else ()

    def mark_at(self, line: int) -> LineMark | None:
        """What lies on a line."""
        return self.overlay.marks.get(line) if self.overlay else None

    # Selecting

    def do_select(self, _count: int | None) -> None:
        """Action `select`."""
        self.selected_from = self.cursor if self.selected_from is None else None
        self.redraw()
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

    def pressed(self, row: int, x: int) -> None:
        """A click sets the cursor; the selection goes."""
        self.clear_selection()
        self.column = self.drawn_line(row).column_of(max(0, x - self.gutter_width + self.shift))
        self.go(row)
        self.redraw_row(row)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Dragging selects lines."""
        if self.app.mouse_captured is not self or not self.row_count:
            return
        y = event.y - (self.content_region.y - self.region.y)
        row = max(0, min(self.top + y, self.row_count - 1))
        if self.selected_from is None and row != self.cursor:
            self.do_select(None)
        self.go(row)

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        """The end of a drag."""
        self.release_mouse()

    # Drawing

    @property
    def gutter_width(self) -> int:
        """Cells before the text."""
        return self._numbers + gutter.CELLS

    def drawn_line(self, row: int) -> DrawnLine:
        """A line as it can be drawn, kept while it may be needed again."""
        line = self._drawn.get(row)
        if line is None:
            line = self._drawn[row] = drawn(self.lines[row])
        return line

    def bar_marks(self) -> Mapping[int, str]:
        """Undecided hits and findings on the scroll bar."""
        if not self.overlay:
            return {}
        found = {}
        for line, mark in self.overlay.marks.items():
            hits = tuple(h for h in mark.hits if self.review.state_of(h.fingerprint) is State.OPEN)
            style = gutter.bar_style(hits, mark.findings)
            if style:
                found[line - 1] = f"line-view--{style}"
        return found

    def draw_row(self, row: int, width: int, base: Style) -> list[Segment]:
        """Number, marks and text of one line."""
        if self.selection and row + 1 in self.selection:
            base += self.look("source-view--selected")
        segments = self._gutter(row, base)
        room = width - self.gutter_width
        if room <= 0:
            return segments
        line = self.drawn_line(row)
        layers = self._layers(row, line)
        # Only the window is laid out, whatever the length of the line.
        column = line.column_of(self.shift)
        first = line.index_of(column)
        last = line.index_of(line.column_of(self.shift + room) + 1)
        text = line.text[first:last] + ("" if last < len(line.text) else " ")
        seen = [(start - first, end - first, style) for start, end, style in layers if end > first and start <= last]
        left_over = self.shift - line.cell_of(column)
        return segments + list(Strip(painted(text, base, seen)).crop(left_over, left_over + room))

    def _gutter(self, row: int, base: Style) -> list[Segment]:
        line = row + 1
        mark = self.mark_at(line)
        hit = finding = gutter.NONE
        reviewed = False
        if mark:
            hit, reviewed = gutter.hit_mark(mark, self.review), mark.reviewed
        has_candidate = line in self.candidate_lines
        if mark or has_candidate:
            finding = gutter.finding_mark(mark or LineMark((), (), (), False), has_candidate)
        number = "source-view--line-number-cursor" if row == self.cursor else "source-view--line-number"
        return [
            Segment(f"{line:>{self._numbers}} ", base + self.look(number)),
            Segment(hit.symbol, base + self.look(f"line-view--{hit.style}") if hit.style else base),
            Segment(finding.symbol, base + self.look(f"line-view--{finding.style}") if finding.style else base),
            Segment("▎" if reviewed else " ", base + self.look("line-view--good")),
            Segment(" ", base),
        ]

    def _layers(self, row: int, line: DrawnLine) -> list[Layer]:
        layers: list[Layer] = []
        for start, end, kind in self._spans.get(row, ()):
            name = _TOKENS.get(kind)
            if name:
                layers.append((line.index_of(start), line.index_of(end), self.look(f"source-view--{name}")))
        # What stands for a hidden character is told from the same text typed out.
        layers += [(start, end, self.look("source-view--hidden")) for start, end in line.marks]
        mark = self.mark_at(row + 1)
        for hit in mark.hits if mark else ():
            if hit.line == row + 1 and self.review.state_of(hit.fingerprint) is State.OPEN:
                one_line = hit.span.start == hit.span.end and hit.end_column > hit.column
                end = line.index_of(hit.end_column) if one_line else len(line.text)
                layers.append((line.index_of(hit.column), end, Style(underline=True)))
        if self._finder:
            match = self.look("line-view--match")
            layers += [(line.index_of(s), line.index_of(e), match) for s, e in self._finder(self.lines[row])]
        if row == self.cursor:
            index = line.index_of(self.cursor_column)
            look = "source-view--caret" if self.has_focus else "source-view--caret-blurred"
            layers.append((index, index + 1, self.look(look)))
        return layers
