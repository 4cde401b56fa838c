"""Every action with its keys, made from the registry; type to find one, Enter to run it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.actions import ACTIONS, BY_NAME, Action
from reviewtui.tui.key_check import UserKeys, usual
from reviewtui.tui.keymap import Keymap, usual_keys
from reviewtui.tui.keys import parse_keys, shown
from reviewtui.tui.screens.dialog import Dialog, Hint
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.screens.found import Found, emphasised
from reviewtui.tui.screens.ranking import fold, is_exact, matched
from reviewtui.tui.widgets.rows import Row, Run

_KEYS_WIDTH: Final = 18
_TROUBLE_WIDTH: Final = 50
_NOTHING: Final = SafeText("")


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A heading, an action, or a remark that cannot be run."""

    keys: SafeText
    text: SafeText
    more: SafeText = _NOTHING
    action: str = ""
    is_heading: bool = False
    is_changed: bool = False
    """Whether the user gave it other keys."""
    is_trouble: bool = False

    @property
    def searched(self) -> str:
        """What the filter looks at."""
        return f"{self.text} {self.keys} {self.more} {self.action} {self.action.replace('_', '-')}"


BLANK: Final = HelpRow(_NOTHING, _NOTHING)


@dataclass(frozen=True, slots=True)
class About:
    """What the help is to explain."""

    context: str
    """The pane that has the focus."""
    symbols: Sequence[tuple[SafeText, SafeText]]
    """What the gutter draws, and what it means."""
    keys: UserKeys


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
        text = emphasised(entry.text, matched(entry.text, self._query), "medium" if entry.is_trouble else "")
        more: list[Run] = [(SafeText(f"   {entry.more}"), "muted")] if entry.more else []
        name = SafeText(f"  :{entry.action.replace('_', '-')} ") if entry.action else SafeText("")
        mark = (SafeText("* "), "medium") if entry.is_changed else (SafeText("  "), "")
        return Row((mark, *keys, (gap, ""), *text, *more), ((name, "muted"),) if name else ())


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

    def __init__(
        self, context: str, symbols: Sequence[tuple[SafeText, SafeText]] = (), keys: UserKeys | None = None
    ) -> None:
        """`symbols`: what the gutter draws, and what it means; `keys`: those that count."""
        super().__init__("Help")
        self._about = About(context, symbols, keys or usual())

    def body(self) -> Iterable[Widget]:
        """The filter and the rows."""
        yield LineField(placeholder="What do you want to do? Any word or key")
        yield HelpRows(())

    def on_mount(self) -> None:
        """Everything, the keys of this pane first."""
        self.query_one(HelpRows).show(help_rows(self._about, ""), "")

    @on(LineField.Changed)
    def _filter(self, message: LineField.Changed) -> None:
        self.query_one(HelpRows).show(help_rows(self._about, message.value), message.value)

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


def help_rows(about: About, query: str) -> list[HelpRow]:
    """All rows that hold every word of the query, under their headings."""
    words = query.split()
    rows: list[HelpRow] = []
    for heading, section in _sections(about):
        kept = [row for row in section if _holds(row, words)]
        if kept:
            rows += [BLANK] if rows else []
            rows += [HelpRow(_NOTHING, safe(heading), is_heading=True), *kept]
    return rows


def _sections(about: About) -> Iterator[tuple[str, Iterable[HelpRow]]]:
    keymap = about.keys.keymap
    here = [action for action in ACTIONS if about.context in action.contexts]
    everywhere = [action for action in ACTIONS if "global" in action.contexts and action not in here]
    elsewhere = [action for action in ACTIONS if action not in here and action not in everywhere]
    if about.keys.problems or about.keys.warnings:
        yield f"Your key file: {about.keys.path}", _troubles(about.keys)
    for group, actions in _grouped(here, about):
        yield f"{group} · here", actions
    yield "Without vim", [HelpRow(safe(keys), safe(text)) for keys, text in without_vim(keymap)]
    if about.symbols:
        yield "Marks in the gutter", [HelpRow(symbol, meaning) for symbol, meaning in about.symbols]
    for group, actions in _grouped(everywhere, about):
        yield group, actions
    for group, actions in _grouped(elsewhere, about):
        yield f"{group} · in other panes", actions
    yield "Your own keys", [HelpRow(_NOTHING, safe(text)) for text in OWN_KEYS]


def _troubles(keys: UserKeys) -> Iterator[HelpRow]:
    for problem in (*keys.problems, *keys.warnings):
        line = SafeText(f"line {problem.line}") if problem.line else _NOTHING
        for part in wrap(safe(problem.text), _TROUBLE_WIDTH, break_on_hyphens=False):
            yield HelpRow(line, SafeText(part), is_trouble=True)
            line = _NOTHING


def without_vim(keymap: Keymap) -> Iterator[tuple[str, str]]:
    """The keys of any other program, for people who do not know those of vim; only those that still do it."""
    usual_ones = ("<up>", "up"), ("<pagedown>", "page_down"), ("<home>", "list_top"), ("<ctrl+home>", "top")
    if all(parse_keys(keys) in keymap.keys(BY_NAME[name]) for keys, name in usual_ones):
        yield "Arrows PgUp PgDn Home End", "move; with Ctrl, Home and End go to the first and last line"
    yield keymap.key_of("next_pane"), "the next pane"
    yield keymap.key_of("activate"), "opens what is under the cursor"
    yield keymap.key_of("cancel"), "takes everything back: keys, selection, search"
    yield keymap.key_of("palette"), "every action by its name: nothing has to be remembered"
    again = keymap.keys(BY_NAME["search_next"])[-1:]
    yield f"{keymap.key_of('search')} then {''.join(map(shown, again))}", "search in the file, and on to the next match"
    yield "Mouse", "click, double click, wheel, drag: panes, tabs, hints, bars"
    yield "Mouse in the source", "drag selects, a number its line; a mark opens"


OWN_KEYS: Final = (
    "`reviewtui keys` prints all keys, and says what is wrong with your key file",
    "`reviewtui keys --format toml` prints a key file to start from: ~/.config/reviewtui/keys.toml",
)


def _grouped(actions: Iterable[Action], about: About) -> Iterator[tuple[str, list[HelpRow]]]:
    groups: dict[str, list[HelpRow]] = {}
    for group, members in groupby(actions, key=lambda action: action.group):
        groups.setdefault(group, []).extend(_row_of(action, about) for action in members)
    yield from groups.items()


def _row_of(action: Action, about: About) -> HelpRow:
    keymap = about.keys.keymap
    is_changed = keymap.is_changed(action.name)
    usually = f"usually {'  '.join(shown(keys) for keys in usual_keys(action))}" if is_changed else ""
    return HelpRow(
        safe(keymap.shown_keys(action.name, about.context)) or SafeText("–"),
        safe(action.label),
        safe("  ".join(filter(None, (action.help, usually)))),
        action.name,
        is_changed=is_changed,
    )


def _holds(row: HelpRow, words: Sequence[str]) -> bool:
    return all(word in (row.searched if is_exact(word) else fold(row.searched)) for word in words)


def _can_stand(row: HelpRow) -> bool:
    return row is not BLANK and not row.is_heading
