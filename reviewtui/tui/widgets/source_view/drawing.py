"""How the source view draws a line: its gutter, its colours and marks, and lines that once stood beside it."""

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from reviewtui.model.hit import Hit
from reviewtui.model.standing import Standings
from reviewtui.scan.overlay import LineMark, Overlay
from reviewtui.text.kinds import TokenKind
from reviewtui.text.long_lines import Drawn, drawn_lazily
from reviewtui.text.packed import SpanStore
from reviewtui.text.scripts import odd_letters
from reviewtui.tui.widgets.source_view import gutter
from reviewtui.tui.widgets.source_view.changes import OldLine, SideColumn
from reviewtui.tui.widgets.source_view.paint import Layer, painted
from reviewtui.tui.widgets.source_view.word import RestingWord

Finder = Callable[[str], Iterator[tuple[int, int]]]
"""From a line to the columns of what was searched for in it."""

TOKENS: Final = {
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
"""The part of a component class that colours each kind."""

_GUIDE_STEP: Final = 4
_GUIDED: Final = 80
_SEARCHED_WHOLE: Final = 20_000
"""A longer line (characters) is searched in and around what is seen of it."""
_SEARCHED_AROUND: Final = 1000
_WORD_AROUND: Final = 64
"""So many characters of a word out of sight tell whether those in sight belong to it."""


class Drawing(RestingWord):
    """One text with its marks, drawn part by part."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *(f"source-view--{name}" for name in set(TOKENS.values())),
        "source-view--line-number",
        "source-view--line-number-cursor",
        "source-view--selected",
        "source-view--hidden",
        "source-view--caret",
        "source-view--caret-blurred",
        "source-view--sticky",
        "source-view--guide",
        "source-view--word",
        "source-view--added",
        "source-view--added-word",
        "source-view--removed",
        "source-view--removed-word",
    }

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.standings = Standings()
        self.overlay: Overlay | None = None
        self.candidate_lines: frozenset[int] = frozenset()
        self.waypoints: Mapping[int, gutter.GutterMark] = {}
        """Line to the step of the trail or the named mark on it."""
        self.side: SideColumn | None = None
        """A column left of the line numbers."""
        self.guides = True
        """Whether the steps of the indentation are drawn."""
        self.spans = SpanStore()
        """The highlighter's colours, as far as they are known."""
        self._plain: set[int] = set()
        """Rows that were drawn without them."""
        self._finder: Finder | None = None
        self._drawn: LRUCache[int, Drawn] = LRUCache(500)
        self._numbers = 3

    # What is known of a line

    @property
    def gutter_width(self) -> int:
        """Cells before the text."""
        return self._numbers + gutter.CELLS + (self.side.cells + 1 if self.side else 0)

    def drawn_line(self, row: int) -> Drawn:
        """A line as it can be drawn, kept while it may be needed again."""
        line = self._drawn.get(row)
        if line is None:
            line = self._drawn[row] = drawn_lazily(self.lines[row])
        return line

    def mark_at(self, line: int) -> LineMark | None:
        """What lies on a line (1-based)."""
        return self.overlay.marks.get(line) if self.overlay else None

    def is_selected(self, _row: int) -> bool:
        """Whether a row is selected."""
        return False

    def set_side(self, side: SideColumn | None) -> None:
        """Show a column left of the line numbers, or none."""
        self.side = side
        self.heights_changed()

    def do_toggle_guides(self, _count: int | None) -> None:
        """Action `toggle_guides`."""
        self.guides = not self.guides
        self.redraw()

    # Lines

    def draw_part(self, row: int, part: int, width: int, base: Style) -> list[Segment]:
        """One line of a row: a removed one that stood above it, a part of its own text, or a removed one after it."""
        above = self.old_above(row)
        if part < len(above):
            return self._old_line(above[part], width)
        part -= len(above)
        starts = self.parts_of(row)
        if part >= len(starts):
            return self._old_line(self.old_below(row)[part - len(starts)], width)
        is_new = row in self.changes.added
        if self.is_selected(row):
            base += self.look("source-view--selected")
        elif is_new and row != self.cursor:
            base += self.look("source-view--added")
        segments = self._gutter(row, part, base)
        room = width - self.gutter_width
        if room <= 0:
            return segments
        line = self.drawn_line(row)
        shift = line.cell_of(starts[part]) if self.wraps else self.shift
        if part + 1 < len(starts):
            room = min(room, line.cell_of(starts[part + 1]) - shift)
        said = ""
        if self.folds and self.folds.is_closed(row) and part == len(starts) - 1:
            said = self._folded(row)
            if line.width - shift + 1 > room - len(said):
                said = f" {said}"
            room = max(room // 3, room - len(said))
        segments += self._text(row, line, shift, room, base)
        if said:
            segments.append(Segment(said, base + self.look("line-view--accent")))
        if is_new or self.is_selected(row):
            # Their ground reaches to the edge, as that of the cursor's line does.
            used = sum(segment.cell_length for segment in segments)
            segments.append(Segment(" " * max(0, width - used), base))
        return segments

    def _text(self, row: int, line: Drawn, shift: int, room: int, base: Style) -> list[Segment]:
        """The cells from `shift` on; only this window is laid out, whatever the length of the line."""
        if line.is_even:
            if shift and shift >= line.length:
                return []
            last = min(shift + room, line.length)
            text = line.cut(shift, last) + (" " if last - shift < room else "")
            return painted(text, base, self._layers(row, line, shift, last))
        first, last = line.column_of(shift), min(line.column_of(shift + room) + 1, line.length)
        text = line.cut(line.index_of(first), line.index_of(last)) + ("" if last < line.length else " ")
        left_over = shift - line.cell_of(first)
        segments = painted(text, base, self._layers(row, line, first, last))
        return list(Strip(segments).crop(left_over, left_over + room))

    def _old_line(self, old: OldLine, width: int) -> list[Segment]:
        base = self.rich_style + self.look("source-view--removed")
        number = f"{old.number:>{self._numbers}} "
        side = " " * (self.side.cells + 1) if self.side else ""
        line = drawn_lazily(old.text)
        word = self.look("source-view--removed-word")
        layers = [
            (line.index_of(start), line.index_of(end), self.look(f"source-view--{TOKENS[kind]}"))
            for start, end, kind in old.colours
            if kind in TOKENS
        ]
        layers += [(line.index_of(start), line.index_of(end), word) for start, end in old.words]
        room = max(0, width - self.gutter_width)
        shift = 0 if self.wraps else self.shift
        first = line.index_of(line.column_of(shift))
        text = line.cut(first, line.index_of(line.column_of(shift + room) + 1))
        seen = [(start - first, end - first, style) for start, end, style in layers if end > first]
        segments = [
            Segment(f"{side}{number}", base + self.look("source-view--line-number")),
            Segment("-".ljust(gutter.CELLS - 1), base),
        ]
        segments += Strip(painted(text, base, seen)).crop(0, room)
        used = sum(segment.cell_length for segment in segments)
        return [*segments, Segment(" " * max(0, width - used), base)]

    def _folded(self, row: int) -> str:
        """What stands behind the head of a closed fold: nothing that it hides is passed over in silence."""
        last = self.folds.last_of(row)
        said = [f"{last - row} lines"]
        if self.overlay:
            marks = [mark for line, mark in self.overlay.marks.items() if row + 1 < line <= last + 1]
            hits = {hit.fingerprint for mark in marks for hit in mark.hits if self._is_open(hit)}
            findings = {finding.id for mark in marks for finding in mark.findings}
            said += [f"{len(hits)} hits"] if hits else []
            said += [f"{len(findings)} findings"] if findings else []
        return f"⋯ {', '.join(said)}"

    def _is_open(self, hit: Hit) -> bool:
        return self.standings.is_open(hit)

    def _gutter(self, row: int, part: int, base: Style) -> list[Segment]:
        line = row + 1
        mark = self.mark_at(line)
        hit = finding = gutter.NONE
        reviewed = False
        if mark and not part:
            hit = gutter.hit_mark(mark, self.standings)
        if mark:
            reviewed = mark.reviewed
        waypoint = gutter.NONE if part else self.waypoints.get(line, gutter.NONE)
        has_candidate = line in self.candidate_lines
        if (mark or has_candidate) and not part:
            finding = gutter.finding_mark(mark or LineMark((), (), (), False), has_candidate)
        look = self.look(f"source-view--line-number{'-cursor' if row == self.cursor else ''}")
        segments = []
        if self.side:
            text, name = self.side.cell(row, row == self.cursor) if not part else ("", "muted")
            segments.append(Segment(f"{text:<{self.side.cells}} ", base + self.look(f"line-view--{name}")))
        number = f"{'↪' if part else line:>{self._numbers}}"
        return [
            *segments,
            Segment(number, base + look),
            Segment(waypoint.symbol, base + self.look(f"line-view--{waypoint.style}") if waypoint.style else base),
            Segment(hit.symbol, base + self.look(f"line-view--{hit.style}") if hit.style else base),
            Segment(finding.symbol, base + self.look(f"line-view--{finding.style}") if finding.style else base),
            Segment(
                "▎" if reviewed else "+" if row in self.changes.added else " ", base + self.look("line-view--good")
            ),
            Segment(" ", base),
        ]

    def _layers(self, row: int, line: Drawn, first: int, last: int) -> list[Layer]:
        """What lies on the columns from `first` to `last`, as indexes into the text that is drawn of them."""
        begin, end = line.index_of(first), line.index_of(last)
        layers: list[Layer] = []

        def lay(start: int, stop: int, look: Style) -> None:
            if stop > first and start < last:
                layers.append((line.index_of(max(start, first)) - begin, line.index_of(min(stop, last)) - begin, look))

        if self.guides:
            layers += self._guides(line, begin)
        layers += self.colours(row, line, first, last)
        for start, stop in self.changes.added.get(row, ()):
            lay(start, stop, self.look("source-view--added-word"))
        # What stands for a hidden character is told from the same text typed out.
        hidden = self.look("source-view--hidden")
        layers += [(start - begin, stop - begin, hidden) for start, stop in line.marks_between(begin, end)]
        # A letter that passes for another one cannot be told from it by its shape.
        around = max(0, first - _WORD_AROUND)
        for column, _ in odd_letters(self.lines[row][around : last + _WORD_AROUND]):
            lay(around + column, around + column + 1, hidden)
        mark = self.mark_at(row + 1)
        for hit in mark.hits if mark else ():
            if hit.line == row + 1 and self._is_open(hit):
                one_line = hit.span.start == hit.span.end and hit.end_column > hit.column
                lay(hit.column, hit.end_column if one_line else line.length, Style(underline=True))
        text = self.lines[row]
        word = self.look("source-view--word")
        for start, stop in self.places_of_word(text):
            lay(start, stop, word)
        if self._finder:
            match = self.look("line-view--match")
            begin_search = max(0, first - _SEARCHED_AROUND) if len(text) > _SEARCHED_WHOLE else 0
            part = text[begin_search : last + _SEARCHED_AROUND] if len(text) > _SEARCHED_WHOLE else text
            for start, stop in self._finder(part):
                lay(begin_search + start, begin_search + stop, match)
        if row == self.cursor and first <= self.cursor_column <= last:
            index = line.index_of(self.cursor_column) - begin
            look = self.look("source-view--caret" if self.has_focus else "source-view--caret-blurred")
            layers.append((index, index + 1, look))
        return layers

    def colours(self, row: int, line: Drawn, first: int, last: int) -> list[Layer]:
        """The highlighter's colours of the columns from `first` to `last`, as far as they are known."""
        if not self.spans.knows(row):
            self._plain.add(row)
        begin = line.index_of(first)
        return [
            (
                line.index_of(max(start, first)) - begin,
                line.index_of(min(end, last)) - begin,
                self.look(f"source-view--{TOKENS[kind]}"),
            )
            for start, end, kind in self.spans.of(row)
            if end > first and start < last and kind in TOKENS
        ]

    def _guides(self, line: Drawn, begin: int) -> list[Layer]:
        """A shade under each step of the indentation: nothing is drawn that could be taken for text."""
        indentation = line.cut(0, _GUIDED)
        indent = len(indentation) - len(indentation.lstrip(" "))
        look = self.look("source-view--guide")
        cells = range(_GUIDE_STEP, indent, _GUIDE_STEP)
        return [(cell - begin, cell + 1 - begin, look) for cell in cells if cell >= begin]
