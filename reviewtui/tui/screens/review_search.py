"""The prompt at the bottom: search as you type, and the command line."""

import re
from bisect import bisect_right
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from textual.widgets import Input, Label

from reviewtui.errors import ReviewTuiError
from reviewtui.text.search import Query, find, next_match, word_at
from reviewtui.text.source import SourceText
from reviewtui.tui.actions import BY_NAME
from reviewtui.tui.keys import is_letter

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

_LINE: Final = re.compile(r"[+-]?[0-9]+|\$")
MOST_COUNTED: Final = 9999
"""Matches that are counted; of more it is said that there are more."""


class Searching:
    """What is being typed, and what was searched for last."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.mode = ""
        """`/` or `:` while the prompt is open."""
        self.field = PromptInput(self)
        self.mark = Label("", id="prompt-mark", markup=False)
        self.query: Query | None = None
        self._origin = (0, 0)
        self._counted: tuple[Query, SourceText, list[tuple[int, int]]] | None = None
        """The matches of a query in a text, found once."""

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the prompt."""
        return bool(self.mode)

    # The prompt

    def _open_prompt(self, mode: str) -> None:
        self.mode = mode
        self._origin = (self.screen.source.cursor, self.screen.source.column)
        self._focus = self.screen.focused
        self.mark.update(mode)
        with self.field.prevent(Input.Changed):
            self.field.value = ""
        self.screen.add_class("-prompt")
        # At once, so that what is typed ahead is not lost.
        self.screen.set_focus(self.field, scroll_visible=False)

    def close_prompt(self, *, keep: bool) -> None:
        """Close it; without `keep` the cursor goes back to where the search began."""
        if self.mode == "/" and not keep:
            self.screen.source.go_to(*self._origin)
            self.screen.source.set_finder(None)
            self.query = None
        self.mode = ""
        self.screen.remove_class("-prompt")
        if self._focus is not None:
            self.screen.set_focus(self._focus, scroll_visible=False)
        self.screen.cards.refresh()

    def typed(self, text: str) -> None:
        """The prompt's text changed."""
        if self.mode != "/":
            return
        source = self.screen.source
        if not text:
            source.set_finder(None)
            source.go_to(*self._origin)
            return
        self._set_query(text)
        row, column = self._origin
        self._to_match(row, column - 1, True)

    def entered(self, text: str) -> None:
        """Enter in the prompt."""
        mode = self.mode
        self.close_prompt(keep=bool(text))
        if mode == ":":
            self._command(text.strip())
        elif text:
            self.screen.going.remember()
            self.screen.set_focus(self.screen.source, scroll_visible=False)
            self._count()

    def _command(self, text: str) -> None:
        screen = self.screen
        if not text:
            return
        if _LINE.fullmatch(text):
            self._to_line(text)
            return
        name = {"w": "", "q": "quit", "wq": "quit", "q!": "quit", "x": "quit", "h": "help"}.get(
            text, text.replace("-", "_")
        )
        verb, _, letter = name.partition(" ")
        if name == "":
            screen.say("All is saved" if screen.session and screen.session.is_saved else "Not saved")
        elif name in BY_NAME:
            screen.run_action_named(name)
        elif is_letter(letter) and verb in BY_NAME and BY_NAME[verb].takes_letter:
            screen.run_action_named(verb, letter=letter)
        else:
            screen.say(f"There is no action '{text}': {screen.key('palette')} lists them", error=True)

    def _to_line(self, text: str) -> None:
        """`:12`, `:$`, and `:+3` and `:-3` from the cursor."""
        screen = self.screen
        if not screen.source.row_count:
            screen.say("Open a file to go to a line of it")
            return
        number = int(text[:9].lstrip("+-").replace("$", "") or 0)
        row = {"+": screen.source.cursor + number, "-": screen.source.cursor - number, "$": screen.source.row_count - 1}
        screen.going.remember()
        screen.source.go(row.get(text[0], number - 1), centre=True)
        screen.panes.focus_source()

    def complete(self) -> None:
        """Tab in the command line: as much of an action's name as is certain; what it could be is said."""
        if self.mode != ":" or not self.field.value:
            return
        typed = self.field.value.replace("_", "-")
        names = [name.replace("_", "-") for name in BY_NAME]
        found = [name for name in names if name.startswith(typed)] or [name for name in names if typed in name]
        alike = takewhile(lambda letters: len(set(letters)) == 1, zip(*found, strict=False))
        certain = "".join(letters[0] for letters in alike)
        if len(certain) > len(typed) or len(found) == 1:
            self.field.value = found[0] if len(found) == 1 else certain
            self.field.cursor_position = len(self.field.value)
        self.screen.say("  ".join(found) if len(found) > 1 else "" if found else f"There is no action '{typed}…'")

    def do_command_line(self, _count: int | None) -> None:
        """Action `command_line`."""
        self._open_prompt(":")

    # Searching

    def do_search(self, _count: int | None) -> None:
        """Action `search`."""
        if not self.screen.source.row_count:
            self.screen.say("Open a file to search in it")
            return
        self._open_prompt("/")

    def do_search_next(self, count: int | None) -> None:
        """Action `search_next`."""
        self._again(True, count)

    def do_search_back(self, count: int | None) -> None:
        """Action `search_back`."""
        self._again(False, count)

    def do_search_word(self, _count: int | None) -> None:
        """Action `search_word`."""
        source = self.screen.source
        word = word_at(source.line_text, source.cursor_column)
        if word:
            self.query = Query.compile(source.line_text[slice(*word)], case=True, word=True)
            self._emphasise()
            self._again(True, None)

    def _again(self, forward: bool, count: int | None) -> None:
        if self.query is None:
            self.screen.say(f"Nothing was searched for: {self.screen.key('search')} begins")
            return
        source = self.screen.source
        self.screen.going.remember()
        for _ in range(min(count or 1, 1000)):
            if not self._to_match(source.cursor, source.cursor_column, forward):
                return
        self._count()

    def _set_query(self, text: str) -> None:
        try:
            self.query = Query.compile(text)
        except ReviewTuiError as error:
            self.query = None
            self.screen.say(str(error), error=True)
        self._emphasise()

    def _emphasise(self) -> None:
        self.screen.source.set_finder(self.query.spans if self.query else None)

    def file_changed(self) -> None:
        """Another file is open: the emphasis goes with it."""
        self._emphasise()

    def _to_match(self, row: int, column: int, forward: bool) -> bool:
        source = self.screen.source
        found = next_match(source.lines, self.query, row, column, forward) if self.query else None
        if found is None:
            self.screen.say("Not found")
            return False
        match, wrapped = found
        source.go_to(match.row, match.start, centre=True)
        self.screen.say("Search goes on from the other end" if wrapped else "")
        return True

    def _count(self) -> None:
        """Say which match of how many this is."""
        source = self.screen.source
        if self.query is None:
            return
        if self._counted is None or self._counted[0] is not self.query or self._counted[1] is not source.source:
            matches = [(match.row, match.start) for match in islice(find(source.lines, self.query), MOST_COUNTED + 1)]
            self._counted = self.query, source.source, matches
        matches = self._counted[2]
        before = bisect_right(matches, (source.cursor, source.cursor_column))
        total = len(matches) if len(matches) <= MOST_COUNTED else f"more than {MOST_COUNTED}"
        self.screen.say(f"Match {before} of {total}" if before <= MOST_COUNTED else "")


class PromptInput(Input):
    """The field of the prompt."""

    DEFAULT_CSS = """
    PromptInput { border: none; height: 1; padding: 0; width: 1fr; background: $footer-background; }
    PromptInput:focus { border: none; background: $footer-background; }
    """

    def __init__(self, owner: Searching) -> None:
        super().__init__(id="prompt-input", select_on_focus=False)
        self._owner = owner
        self.cursor_blink = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search as you type."""
        event.stop()
        self._owner.typed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter."""
        event.stop()
        self._owner.entered(event.value)

    def on_blur(self) -> None:
        """A click elsewhere closes the prompt."""
        if self._owner.is_typing:
            self._owner.close_prompt(keep=True)
