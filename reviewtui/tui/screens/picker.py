"""One of many rows, found by typing any part of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reviewtui.text.safe import SafeText, cell_width
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.screens.found import Found, emphasised
from reviewtui.tui.screens.ranking import Ranking, matched
from reviewtui.tui.widgets.rows import Row, Run, tail

_NOTHING: Final = SafeText("")


@dataclass(frozen=True, slots=True)
class PickRow:
    """One row of a picker: what it is, more about it, and the key that does the same."""

    text: SafeText
    detail: SafeText = _NOTHING
    key: str = ""
    level: int = 0
    """By how many steps it is indented while nothing is typed."""


class PickedRows(Found, can_focus=False):
    """The rows that match, each with what was typed standing out."""

    def __init__(self, rows: Sequence[PickRow], empty: str) -> None:
        super().__init__()
        self._rows = rows
        self._empty = empty
        self._order: Sequence[int] = range(len(rows))
        self._query = ""

    @property
    def row_count(self) -> int:
        """How many match."""
        return len(self._order)

    def empty_text(self) -> str:
        """Said when nothing matches."""
        return self._empty

    def show(self, order: Sequence[int], query: str) -> None:
        """Show these rows, the cursor on the first."""
        self._order, self._query = order, query
        self.cursor = self.top = 0
        self.redraw()

    def index_at(self, row: int) -> int:
        """Which of the picker's rows stands there."""
        return self._order[row]

    def row_at(self, row: int) -> Row:
        """The row, its folders muted; one that is too long loses its beginning."""
        pick = self._rows[self._order[row]]
        right: list[Run] = []
        if pick.detail:
            right.append((SafeText(f"  {pick.detail}"), "muted"))
        if pick.key:
            right.append((SafeText(f"  {pick.key}"), "accent"))
        right = [*right, (SafeText(" "), "")] if right else []
        room = self.size.width - 4 - sum(cell_width(text) for text, _ in right)
        runs = _drawn_path(pick.text, self._query)
        start = tail(pick.text, room) if "/" in pick.text else 0
        if start:
            runs = [(SafeText("…"), "muted"), *_from(runs, tail(pick.text, room - 1))]
        indent = 0 if self._query else pick.level
        return Row(((SafeText("  " * (indent + 1)), ""), *runs), tuple(right))


class Picker(Dialog[int]):
    """Many rows and a filter: the index of the row that was picked."""

    DEFAULT_CSS = """
    Picker > #box {
        width: 100;
        height: 76%;
        min-height: 12;
    }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (Hint("↑↓", "walk"), Hint("Enter", "pick", "pick"), CANCEL)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "walk('up')", "Row before", show=False, id="picker.up"),
        Binding("down,ctrl+n", "walk('down')", "Next row", show=False, id="picker.down"),
        Binding("pageup", "walk('page_up')", "Page up", show=False, id="picker.page_up"),
        Binding("pagedown", "walk('page_down')", "Page down", show=False, id="picker.page_down"),
    ]

    def __init__(
        self,
        heading: str,
        rows: Sequence[PickRow],
        placeholder: str = "",
        *,
        empty: str,
        start: int = 0,
        ranking: Ranking | None = None,
    ) -> None:
        """`start`: the row under the cursor at first; `ranking`: one that was made for the same rows before."""
        super().__init__(heading)
        self._start = start
        self._rows = rows
        self._placeholder = placeholder
        self._empty = empty
        self._ranking = ranking or _ranking(rows)

    def body(self) -> Iterable[Widget]:
        """The filter and what it finds."""
        yield LineField(placeholder=self._placeholder)
        yield PickedRows(self._rows, self._empty)

    def on_mount(self) -> None:
        """Be ready for the first key once the rows are on the screen."""
        self._count(len(self._rows))
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self._start:
            self.query_one(PickedRows).go(self._start, centre=True)
        self._ranking.warm()

    @on(LineField.Changed)
    def _filter(self, message: LineField.Changed) -> None:
        order = self._ranking.ranked(message.value)
        self.query_one(PickedRows).show(order, message.value)
        self._count(len(order))
        self._walked()

    @on(PickedRows.CursorMoved)
    def _walked(self) -> None:
        rows = self.query_one(PickedRows)
        if rows.row_count:
            self.walked(rows.index_at(rows.cursor))

    def walked(self, index: int) -> None:
        """The cursor is on this of the rows."""

    def _count(self, found: int) -> None:
        total = len(self._rows)
        self.say_below(f"{found:,} of {total:,}" if found != total else f"{total:,}")

    def action_walk(self, how: str) -> None:
        """Move the cursor."""
        rows = self.query_one(PickedRows)
        moves = {"up": rows.do_up, "down": rows.do_down, "page_up": rows.do_page_up, "page_down": rows.do_page_down}
        moves[how](None)

    @on(LineField.Submitted)
    @on(PickedRows.Activated)
    def action_pick(self) -> None:
        """Close with the row under the cursor."""
        rows = self.query_one(PickedRows)
        if rows.row_count:
            self.dismiss(rows.index_at(rows.cursor))


def _ranking(rows: Sequence[PickRow]) -> Ranking:
    beside = [f"{row.detail} {row.key}" for row in rows] if any(row.detail or row.key for row in rows) else []
    return Ranking([row.text for row in rows], beside)


def _drawn_path(text: SafeText, query: str) -> list[Run]:
    """A path with its folders muted, any other text as it is; matches stand out."""
    runs = emphasised(text, matched(text, query))
    name = text.rfind("/") + 1
    if not name or " " in text[:name]:
        return runs
    drawn: list[Run] = []
    at = 0
    for run, style in runs:
        cut = max(0, min(name - at, len(run)))
        at += len(run)
        if style:
            drawn.append((run, style))
        else:
            drawn += [(SafeText(run[:cut]), "muted"), (SafeText(run[cut:]), "")]
    return [run for run in drawn if run[0]]


def _from(runs: Sequence[Run], start: int) -> Iterable[Run]:
    """The runs without the first `start` characters."""
    for text, name in runs:
        if start < len(text):
            yield SafeText(text[start:]), name
        start = max(0, start - len(text))
