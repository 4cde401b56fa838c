"""A function, class or constant of the repository, found by any part of its name; the search is done elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reviewtui.follow.frames import Symbols
from reviewtui.follow.symbols import Symbol
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.screens.found import Found, emphasised
from reviewtui.tui.screens.ranking import matched
from reviewtui.tui.widgets.rows import Row


class SymbolRows(Found, can_focus=False):
    """A row a symbol."""

    def __init__(self) -> None:
        super().__init__()
        self.symbols: Sequence[Symbol] = ()
        self.notice = "Reading the repository…"
        self._query = ""

    @property
    def row_count(self) -> int:
        """How many are listed."""
        return len(self.symbols)

    def empty_text(self) -> str:
        """Why nothing is listed."""
        return self.notice

    def show(self, symbols: Sequence[Symbol], query: str) -> None:
        """List these; the cursor stays where the same query found more."""
        at = self.cursor if query == self._query and self.cursor < len(symbols) else 0
        self.symbols, self._query = symbols, query
        self.cursor = at
        self.top = min(self.top, at)
        self.redraw()

    def row_at(self, row: int) -> Row:
        """Name, kind and place."""
        symbol = self.symbols[row]
        text, where = safe(symbol.qualified), safe(f"  {symbol.path}:{symbol.line} ")
        kind = safe(f"{symbol.kind:9} "[:10])
        room = self.size.width - 16 - cell_width(text)
        if cell_width(where) > max(room, 20):
            where = SafeText("  …" + where[-max(room, 20) :])
        return Row(
            ((SafeText("  "), ""), (kind, "muted"), *emphasised(text, matched(text, self._query))), ((where, "muted"),)
        )


class SymbolFinder(Dialog[Symbol]):
    """A filter and what it finds: the symbol that was picked."""

    DEFAULT_CSS = """
    SymbolFinder > #box { width: 120; height: 76%; min-height: 12; }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (Hint("↑↓", "walk"), Hint("Enter", "go there", "pick"), CANCEL)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "walk('up')", "Row before", show=False, id="symbols.up"),
        Binding("down,ctrl+n", "walk('down')", "Next row", show=False, id="symbols.down"),
        Binding("pageup", "walk('page_up')", "Page up", show=False, id="symbols.page_up"),
        Binding("pagedown", "walk('page_down')", "Page down", show=False, id="symbols.page_down"),
    ]

    def __init__(self, ask: Callable[[str], None]) -> None:
        """`ask`: looks for a query; `show` is called with what it finds."""
        super().__init__("Go to a symbol")
        self._ask = ask
        self.rows = SymbolRows()
        self.query_text = ""
        self._early: Symbols | None = None
        """What was found before there was anything to show it in."""

    def body(self) -> Iterable[Widget]:
        """The filter and what it finds."""
        yield LineField(placeholder="any part of a name, and of its path")
        yield self.rows

    def on_mount(self) -> None:
        """Show what is there already."""
        self._ask("")
        self.call_after_refresh(self._show_early)

    def _show_early(self) -> None:
        early, self._early = self._early, None
        if early is not None:
            self.show(early)

    @on(LineField.Changed)
    def _filter(self, message: LineField.Changed) -> None:
        self.query_text = message.value
        self._ask(message.value)

    def show(self, found: Symbols) -> None:
        """What a query found; an older one than the present is dropped."""
        if found.query != self.query_text:
            return
        if not self.is_mounted:
            self._early = found
            return
        self.rows.notice = "No symbol of that name" if found.is_complete else "Reading the repository…"
        self.rows.show(found.found, found.query)
        reading = "" if found.is_complete else ", reading on…"
        count = f"{len(found.found)} of " if found.query else ""
        self.say_below(f"{count}{found.known:,} symbols{reading}")

    def action_walk(self, how: str) -> None:
        """Move the cursor."""
        getattr(self.rows, f"do_{how}")(None)

    @on(LineField.Submitted)
    @on(SymbolRows.Activated)
    def action_pick(self) -> None:
        """Close with the symbol under the cursor."""
        if self.rows.cursor < len(self.rows.symbols):
            self.dismiss(self.rows.symbols[self.rows.cursor])
