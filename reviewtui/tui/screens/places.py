"""Places to choose from, with the code around the chosen one below: definitions, references, callers."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import RepoPath
from reviewtui.text.packed import PackedSpans
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.text.source import SourceText, decode
from reviewtui.text.tokens import is_python, spans
from reviewtui.tui.screens.dialog import Dialog, Hint
from reviewtui.tui.widgets.line_view import LineView
from reviewtui.tui.widgets.rows import Row, RowsView, Run, tail
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.text.windows import WindowLexer

_COLOURED: Final = 300_000
"""Bytes of a file of another language than Python that are coloured here."""
_PATH_SHARE: Final = 0.5
"""So much of a row its path may take."""


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """A place of the repository, or something that is not in it."""

    path: RepoPath | None
    """None for what is not in the repository."""
    line: int
    column: int
    around: str
    """The function it stands in, or what it is."""
    text: str
    is_sure: bool = True


class PlaceRows(RowsView, can_focus=True):
    """A row a place."""

    DEFAULT_CSS = """
    PlaceRows { height: 2fr; min-height: 3; }
    """

    def __init__(self, places: Sequence[ListedPlace]) -> None:
        super().__init__()
        self.places: list[ListedPlace] = list(places)

    @property
    def row_count(self) -> int:
        """How many places there are."""
        return len(self.places)

    @property
    def current(self) -> ListedPlace | None:
        """The place under the cursor."""
        return self.places[self.cursor] if self.cursor < len(self.places) else None

    def empty_text(self) -> str:
        """Said while nothing was found."""
        return "Nothing yet"

    def add(self, places: Sequence[ListedPlace]) -> None:
        """Further places; the cursor stays."""
        self.places += places
        self.redraw()

    def row_at(self, row: int) -> Row:
        """Where, in what, and the line."""
        place = self.places[row]
        mark: Run = (SafeText("  "), "") if place.is_sure else (SafeText("? "), "medium")
        around: Run = (safe(f"  {place.around}"), "accent")
        text: Run = (safe(f"  {place.text}"), "")
        if place.path is None:
            return Row((mark, (safe(place.text), ""), around))
        where = safe(f"{place.path}:{place.line}")
        room = max(20, int(self.size.width * _PATH_SHARE))
        start = tail(where, room) if cell_width(where) > room else 0
        where = SafeText(f"…{where[start + 1 :]}") if start else where
        name = where.rfind("/") + 1
        return Row((mark, (SafeText(where[:name]), "muted"), (SafeText(where[name:]), "title"), around, text))


class Places(Dialog[int]):
    """Places and the code of the one under the cursor: the index of the one to go to."""

    DEFAULT_CSS = """
    Places > #box { width: 130; height: 86%; }
    Places #excerpt { height: 3fr; min-height: 5; margin-top: 1; background: $background; }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (
        Hint("↑↓", "walk"),
        Hint("Enter", "go there", "go"),
        Hint("Esc", "stay", "cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "cancel", "Stay", show=False, id="places.close"),
        Binding("up,k,ctrl+p", "walk('up')", "Place before", show=False, id="places.up"),
        Binding("down,j,ctrl+n", "walk('down')", "Next place", show=False, id="places.down"),
        Binding("pageup,ctrl+b", "walk('page_up')", "Page up", show=False, id="places.page_up"),
        Binding("pagedown,ctrl+f", "walk('page_down')", "Page down", show=False, id="places.page_down"),
        Binding("ctrl+u", "walk('half_up')", "Half a page up", show=False, id="places.half_up"),
        Binding("ctrl+d", "walk('half_down')", "Half a page down", show=False, id="places.half_down"),
        Binding("home,g", "walk('top')", "First place", show=False, id="places.top"),
        Binding("end,G", "walk('bottom')", "Last place", show=False, id="places.bottom"),
        Binding("enter", "go", "Go there", show=False, id="places.go"),
    ]

    class Moved(Message):
        """The cursor is on another place."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    class Read(Message):
        """The file of a place was read."""

        def __init__(
            self,
            path: RepoPath,
            source: SourceText | None,
            problem: str,
            lexer: "WindowLexer | None",
            batches: Sequence[tuple[int, PackedSpans]],
        ) -> None:
            super().__init__()
            self.path, self.source, self.problem = path, source, problem
            self.lexer, self.batches = lexer, batches

    def __init__(
        self,
        heading: str,
        places: Sequence[ListedPlace],
        read: Callable[[RepoPath], bytes],
        *,
        cursor: int = 0,
        below: str = "",
        moved: Callable[[int], None] | None = None,
    ) -> None:
        """`read`: gives the bytes of a file, in a thread; `moved`: hears of each place that the cursor is on."""
        super().__init__(heading, below)
        self._read = read
        self._first = cursor
        self._moved = moved
        self._lexer: WindowLexer | None = None
        self.rows = PlaceRows(places)
        self.excerpt = SourceView(id="excerpt")
        self.excerpt.can_focus = False

    def body(self) -> Iterable[Widget]:
        """The places, and the code below."""
        yield self.rows
        yield self.excerpt

    def on_mount(self) -> None:
        """Begin where the list was left."""
        self.set_focus(self.rows, scroll_visible=False)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.rows.go(min(self._first, max(0, self.rows.row_count - 1)), centre=True)
        self._preview()

    def add(self, places: Sequence[ListedPlace]) -> None:
        """Further places were found."""
        was_empty = not self.rows.places
        self.rows.add(places)
        if was_empty and self.is_mounted:
            self._preview()

    def action_walk(self, how: str) -> None:
        """Move the cursor."""
        getattr(self.rows, f"do_{how}")(None)

    @on(LineView.CursorMoved)
    def _cursor_moved(self, message: LineView.CursorMoved) -> None:
        message.stop()
        if message.view is self.rows:
            if self._moved:
                self._moved(self.rows.cursor)
            self._preview()
        else:
            self._colour()

    @on(PlaceRows.Activated)
    def action_go(self) -> None:
        """Close with the place under the cursor."""
        if self.rows.current is not None and self.rows.current.path is not None:
            self.dismiss(self.rows.cursor)

    # The excerpt

    def _preview(self) -> None:
        place = self.rows.current
        if place is None or place.path is None:
            self.excerpt.show(None, None, "Not in this repository" if place else "")
        elif place.path == self.excerpt.path:
            self._show_line(place)
        else:
            path = place.path
            self.run_worker(
                lambda: self._load(path),
                group="excerpt",
                thread=True,
                exclusive=True,
                exit_on_error=False,
                description="",
            )

    def _load(self, path: RepoPath) -> None:
        """In a thread: read the file and get its colours ready."""
        lexer: WindowLexer | None = None
        batches: list[tuple[int, PackedSpans]] = []
        try:
            data = self._read(path)
        except ReviewTuiError as error:
            self.post_message(self.Read(path, None, str(error), None, ()))
            return
        source = decode(data, path)
        if not source.is_binary and is_python(path, source.lines[0] if source.lines else ""):
            lexer = _lexer(source)
        elif not source.is_binary and source.size <= _COLOURED:
            batches = [(row, PackedSpans.of(rows)) for row, rows in spans(path, source.lines, lambda: False)]
        self.post_message(self.Read(path, source, "", lexer, batches))

    @on(Read)
    def _file_read(self, message: Read) -> None:
        place = self.rows.current
        if place is None or place.path != message.path:
            return
        self.excerpt.show(message.path, message.source, message.problem)
        self._lexer = message.lexer
        for row, batch in message.batches:
            self.excerpt.add_batch(row, batch)
        self._show_line(place)

    def _show_line(self, place: ListedPlace) -> None:
        if place.line <= self.excerpt.row_count:
            self.excerpt.go_to(place.line - 1, place.column, centre=True)
        self._colour()
        self.call_after_refresh(self._colour)

    def _colour(self) -> None:
        for first, last in self.excerpt.uncoloured() if self._lexer else ():
            found = self._lexer.spans(first, last) if self._lexer else None
            if found is not None:
                self.excerpt.set_spans(first, found)


def _lexer(source: SourceText) -> "WindowLexer":
    """What colours any window of a Python file."""
    from reviewtui.text.windows import WindowLexer

    lexer = WindowLexer(source.lines)
    lexer.prepare(lambda: False)
    return lexer
