"""Every action with its keys, made from the registry; type to find one, Enter to run it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.actions import ACTIONS, Action
from reviewtui.tui.screens.dialog import Dialog, Hint
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.screens.found import Found, emphasised
from reviewtui.tui.screens.ranking import fold, is_exact, matched
from reviewtui.tui.widgets.rows import Row, Run

_KEYS_WIDTH: Final = 18
_NOTHING: Final = SafeText("")

WITHOUT_VIM: Final = (
    ("Arrows PgUp PgDn Home End", "move; Ctrl-Home and Ctrl-End go to the first and last line"),
    ("Tab", "the next pane; Enter opens what is under the cursor, Esc takes everything back"),
    ("Ctrl-p", "every action by its name: nothing has to be remembered"),
    ("/ then F3", "search in the file, and on to the next match"),
    ("Mouse", "click, double click, wheel: on every pane, tab, hint and gutter"),
)
"""The keys of any other program, for people who do not know those of vim."""


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A heading, an action, or a remark that cannot be run."""

    keys: SafeText
    text: SafeText
    more: SafeText = _NOTHING
    action: str = ""
    is_heading: bool = False

    @property
    def searched(self) -> str:
        """What the filter looks at."""
        return f"{self.text} {self.keys} {self.more} {self.action} {self.action.replace('_', '-')}"


BLANK: Final = HelpRow(_NOTHING, _NOTHING)


class HelpRows(Found, can_focus=False):
    """The rows of the help; the cursor keeps to those that say something."""

    def __init__(self, rows: Sequence[HelpRow]) -> None:
        super().__init__()
        self._rows = rows
        self._query = ""

    @property
    def row_count(self) -> int:
        """Headings and blanks included."""
        return len(self._rows)

    def empty_text(self) -> str:
        """Said when nothing matches."""
        return "No action of that name or key"

    def show(self, rows: Sequence[HelpRow], query: str) -> None:
        """Show other rows, the cursor on the first that can be run, else on the first that says something."""
        self._rows, self._query = rows, query
        numbers = [number for number, row in enumerate(rows) if row.action]
        numbers += [number for number, row in enumerate(rows) if _can_stand(row)]
        self.cursor, self.top = next(iter(numbers), 0), 0
        self.redraw()
        if self.size.height:
            self.go(self.cursor)

    def step(self, rows: int) -> None:
        """Move over headings and blanks; at the end, stay."""
        row = max(0, min(self.cursor + rows, self.row_count - 1))
        way = 1 if rows > 0 else -1
        while 0 <= row < self.row_count and not _can_stand(self._rows[row]):
            row += way
        if 0 <= row < self.row_count:
            self.go(row)
        elif rows < 0:
            self.scroll_top(0)

    def current(self) -> HelpRow | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < self.row_count else None

    def row_at(self, row: int) -> Row:
        """Keys, what they do, and the name in the command line."""
        entry = self._rows[row]
        if entry.is_heading:
            return Row(((SafeText(f"  {entry.text}"), "title"),))
        gap = SafeText(" " * max(2, _KEYS_WIDTH - cell_width(entry.keys)))
        keys = emphasised(entry.keys, matched(entry.keys, self._query), "accent")
        text = emphasised(entry.text, matched(entry.text, self._query))
        more: list[Run] = [(SafeText(f"   {entry.more}"), "muted")] if entry.more else []
        name = SafeText(f"  :{entry.action.replace('_', '-')} ") if entry.action else SafeText("")
        return Row(((SafeText("  "), ""), *keys, (gap, ""), *text, *more), ((name, "muted"),) if name else ())


class HelpScreen(Dialog[str]):
    """What can be done here and everywhere: the name of the action to run."""

    DEFAULT_CSS = """
    HelpScreen > #box {
        width: 104;
        height: 90%;
    }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (
        Hint("type", "to filter"),
        Hint("↑↓ PgUp PgDn", "walk"),
        Hint("Enter", "run", "run"),
        Hint("Esc", "close", "cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,ctrl+p", "walk(-1)", "Row before", show=False, id="help.up"),
        Binding("down,ctrl+n", "walk(1)", "Next row", show=False, id="help.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="help.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="help.page_down"),
        Binding("f1", "cancel", "Close", show=False, id="help.close"),
    ]

    def __init__(self, context: str, symbols: Sequence[tuple[SafeText, SafeText]] = ()) -> None:
        """`symbols`: what the gutter draws, and what it means."""
        super().__init__("Help")
        self._pane = context
        self._symbols = symbols

    def body(self) -> Iterable[Widget]:
        """The filter and the rows."""
        yield LineField(placeholder="What do you want to do? Any word or key")
        yield HelpRows(())

    def on_mount(self) -> None:
        """Everything, the keys of this pane first."""
        self.query_one(HelpRows).show(help_rows(self._pane, self._symbols, ""), "")

    @on(LineField.Changed)
    def _filter(self, message: LineField.Changed) -> None:
        self.query_one(HelpRows).show(help_rows(self._pane, self._symbols, message.value), message.value)

    def action_walk(self, rows: int) -> None:
        """Move the cursor."""
        self.query_one(HelpRows).step(rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by pages."""
        rows = self.query_one(HelpRows)
        rows.step(pages * max(1, rows.size.height - 2))

    @on(LineField.Submitted)
    @on(HelpRows.Activated)
    def action_run(self) -> None:
        """Close with the action under the cursor; a remark cannot be run."""
        row = self.query_one(HelpRows).current()
        if row and row.action:
            self.dismiss(row.action)


def help_rows(context: str, symbols: Sequence[tuple[SafeText, SafeText]], query: str) -> list[HelpRow]:
    """All rows that hold every word of the query, under their headings."""
    words = query.split()
    rows: list[HelpRow] = []
    for heading, section in _sections(context, symbols):
        kept = [row for row in section if _holds(row, words)]
        if kept:
            rows += [BLANK] if rows else []
            rows += [HelpRow(_NOTHING, safe(heading), is_heading=True), *kept]
    return rows


def _sections(context: str, symbols: Sequence[tuple[SafeText, SafeText]]) -> Iterator[tuple[str, Iterable[HelpRow]]]:
    here = [action for action in ACTIONS if context in action.contexts]
    everywhere = [action for action in ACTIONS if "global" in action.contexts and action not in here]
    elsewhere = [action for action in ACTIONS if action not in here and action not in everywhere]
    for group, actions in _grouped(here):
        yield f"{group} · here", actions
    yield "Without vim", [HelpRow(SafeText(keys), SafeText(text)) for keys, text in WITHOUT_VIM]
    if symbols:
        yield "Marks in the gutter", [HelpRow(symbol, meaning) for symbol, meaning in symbols]
    for group, actions in _grouped(everywhere):
        yield group, actions
    for group, actions in _grouped(elsewhere):
        yield f"{group} · in other panes", actions


def _grouped(actions: Iterable[Action]) -> Iterator[tuple[str, list[HelpRow]]]:
    groups: dict[str, list[HelpRow]] = {}
    for group, members in groupby(actions, key=lambda action: action.group):
        groups.setdefault(group, []).extend(_row_of(action) for action in members)
    yield from groups.items()


def _row_of(action: Action) -> HelpRow:
    return HelpRow(SafeText(action.shown_keys), SafeText(action.label), SafeText(action.help), action.name)


def _holds(row: HelpRow, words: Sequence[str]) -> bool:
    return all(word in (row.searched if is_exact(word) else fold(row.searched)) for word in words)


def _can_stand(row: HelpRow) -> bool:
    return row is not BLANK and not row.is_heading
