"""A list of places at the lower edge: the one under its cursor is shown in the source above, before one goes there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from reviewtui.model.anchor import PlaceState
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.screens.dialog import Dialog
from reviewtui.tui.widgets.rows import Row, RowsView, Run, tail
from reviewtui.tui.widgets.source_view.gutter import GutterMark

_LEAST: Final = 7
_MOST: Final = 14
"""Lines of the box."""
_NOTHING: Final = SafeText("")
_STATES: Final = {
    PlaceState.EXACT: _NOTHING,
    PlaceState.MOVED: SafeText("moved"),
    PlaceState.EDITED: SafeText("edited"),
    PlaceState.LOST: SafeText("lost"),
    None: SafeText("not looked up"),
}


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place as a row shows it."""

    mark: GutterMark
    label: str
    """What it is: its role, or nothing."""
    where: str
    symbol: str
    code: str
    note: str
    state: PlaceState | None
    """How sure its line is; None: its file was not read for the list."""


class PlaceRows(RowsView):
    """The places; keys come by the dialog's own bindings."""

    DEFAULT_CSS = """
    PlaceRows {
        height: 1fr;
        background: $surface;
    }
    """

    def __init__(self, empty: str) -> None:
        super().__init__()
        self.rows: Sequence[PlaceRow] = ()
        self._empty = empty

    @property
    def row_count(self) -> int:
        """One a place."""
        return len(self.rows)

    def empty_text(self) -> str:
        """How to begin."""
        return self._empty

    def row_at(self, row: int) -> Row:
        """Number or letter, role, where, the function around it, the note, the code; what became of it at the right."""
        place = self.rows[row]
        wide = self.size.width >= 100
        label_width = max((len(r.label) for r in self.rows), default=0)
        room = 44 if wide else 26
        where = safe(place.where)
        start = tail(where, room)
        shown = SafeText(f"…{where[tail(where, room - 1) :]}") if start else where
        where_width = min(room, max(cell_width(safe(r.where)) for r in self.rows))
        left: list[Run] = [
            (SafeText(f" {row + 1:>2} " if label_width else " "), "muted"),
            (SafeText(f"{place.mark.symbol} "), place.mark.style),
            (safe(f"{place.label:<{label_width}}  " if label_width else ""), ""),
            (SafeText(shown + " " * (where_width - cell_width(shown) + 2)), "title"),
        ]
        if place.symbol and wide:
            left.append((safe(f"{place.symbol}  "), "accent"))
        if place.note:
            left.append((safe(f"{place.note}  "), "medium"))
        left.append((safe(place.code), "muted"))
        state = _STATES[place.state]
        return Row(tuple(left), ((SafeText(f" {state} "), "high" if state == "lost" else "medium"),) if state else ())


class PlaceList(Dialog[int]):
    """Places in order: the index of the one to go to."""

    DEFAULT_CSS = """
    PlaceList {
        align: center bottom;
        background: transparent;

        & > #box {
            width: 100%;
            max-width: 100%;
            max-height: 50%;
            padding: 0 1 0 1;
        }
        & HintLine { margin-top: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "walk('down')", "Next", show=False, id="places.down"),
        Binding("k,up", "walk('up')", "Before", show=False, id="places.up"),
        Binding("pagedown,ctrl+d,ctrl+f", "walk('page_down')", "Page down", show=False, id="places.page_down"),
        Binding("pageup,ctrl+u,ctrl+b", "walk('page_up')", "Page up", show=False, id="places.page_up"),
        Binding("g,home", "walk('top')", "First", show=False, id="places.top"),
        Binding("G,end", "walk('bottom')", "Last", show=False, id="places.bottom"),
        Binding("enter", "go", "Go there", show=False, id="places.go"),
        Binding("q", "cancel", "Close", show=False, id="places.close"),
    ]

    def __init__(
        self,
        rows: Callable[[], Sequence[PlaceRow]],
        heading: Callable[[], tuple[str, str]],
        walked: Callable[[int], None],
        *,
        empty: str,
        start: int = 0,
    ) -> None:
        """
        Args:
            rows: the places as they are now.
            heading: what stands in the upper edge and in the lower.
            walked: shows the place of that index.
            empty: what stands there without any.
            start: the row under the cursor at first.
        """
        super().__init__("")
        self._rows_now = rows
        self._heading_now = heading
        self._walked = walked
        self._empty = empty
        self._first = start

    def body(self) -> Iterable[Widget]:
        """The rows."""
        yield PlaceRows(self._empty)

    @property
    def rows(self) -> PlaceRows:
        """The rows."""
        return self.query_one(PlaceRows)

    @property
    def current(self) -> int | None:
        """Index of the row under the cursor; None without any."""
        return self.rows.cursor if self.rows.row_count else None

    def on_mount(self) -> None:
        """Show the first place, once it is known how much room there is."""
        self.set_focus(self.rows)
        self.reload(0)
        self.call_after_refresh(self.reload, self._first)

    def reload(self, cursor: int | None = None) -> None:
        """The places changed."""
        rows = self.rows
        rows.rows = self._rows_now()
        upper, lower = self._heading_now()
        box = self.query_one("#box")
        box.border_title = Content(safe(upper))
        box.border_subtitle = Content(safe(lower))
        box.styles.height = max(_LEAST, min(_MOST, len(rows.rows) + 3))
        rows.go(rows.cursor if cursor is None else cursor)
        rows.redraw()
        self._show()

    def _show(self) -> None:
        if self.current is not None:
            self._walked(self.current)
            # What is below a transparent screen is drawn by the screen itself.
            self.refresh()

    def action_walk(self, how: str) -> None:
        """Move the cursor, and show what is under it."""
        rows = self.rows
        moves = {
            "down": rows.do_down,
            "up": rows.do_up,
            "page_down": rows.do_page_down,
            "page_up": rows.do_page_up,
            "top": rows.do_top,
            "bottom": rows.do_bottom,
        }
        moves[how](None)

    @on(PlaceRows.CursorMoved)
    def _moved(self) -> None:
        self._show()

    @on(PlaceRows.Activated)
    def action_go(self) -> None:
        """Close with the place under the cursor."""
        if self.current is not None:
            self.dismiss(self.current)
