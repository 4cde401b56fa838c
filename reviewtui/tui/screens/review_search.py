"""The prompt at the bottom: search as you type, and the command line."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widgets import Input, Label

from reviewtui.errors import ReviewTuiError
from reviewtui.search.engine import Workers, matches_in
from reviewtui.search.wanted import Wanted
from reviewtui.text.safe import safe
from reviewtui.text.search import Match, Query, next_match, word_at
from reviewtui.text.source import SourceText
from reviewtui.tui.matches import Matches
from reviewtui.tui.screens.command_line import CommandLine
from reviewtui.tui.screens.prompt_input import PromptInput

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

KEPT: Final = 50
"""Lines of the prompt that Up brings back."""
AT_ONCE: Final = 0.01
"""Seconds for counting matches before the next key is looked at."""
CASES: Final = {None: True, True: False, False: None}
"""From one state of the case to the next."""


class Searching:
    """What is being typed, and what was searched for last."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.mode = ""
        """`/` or `:` while the prompt is open."""
        self.field = PromptInput(self)
        self.mark = Label("", id="prompt-mark", markup=False)
        self.notes = Label("", id="prompt-notes", markup=False)
        self.commands = CommandLine(screen)
        self.workers = Workers()
        """For expressions alone: a text can hold one up for years."""
        self.wanted: Wanted | None = None
        """What was searched for last."""
        self.query: Query | None = None
        """What finds it, unless that is an expression: these run beside the screen."""
        self._origin = (0, 0)
        self._matches: Matches | None = None
        self._source: SourceText | None = None
        """The text that the matches are of."""
        self._awaited: tuple[int, int, bool] | None = None
        """From where and in which direction the reader wants to go once the matches are there."""
        self._past: dict[str, list[Wanted]] = {"/": [], ":": []}
        """What was entered in each mode, the newest first."""
        self._at = -1
        self._draft = Wanted("")
        """What was being typed before Up was pressed."""
        self._how = Wanted("")
        """The switches of the prompt."""

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the prompt."""
        return bool(self.mode)

    def stop(self) -> None:
        """The program ends."""
        self.workers.stop()

    # The prompt

    def _open_prompt(self, mode: str) -> None:
        self.mode = mode
        self._origin = (self.screen.source.cursor, self.screen.source.column)
        self._focus = self.screen.focused
        self._how, self._at = Wanted(""), -1
        self.mark.update(mode)
        self._note()
        with self.field.prevent(Input.Changed):
            self.field.value = ""
        self.screen.add_class("-prompt")
        # At once, so that what is typed ahead is not lost.
        self.screen.set_focus(self.field, scroll_visible=False)

    def close_prompt(self, *, keep: bool) -> None:
        """Close it; without `keep` the cursor goes back to where the search began."""
        if self.mode == "/" and not keep:
            self.screen.source.go_to(*self._origin)
            self.forget()
        self.mode = ""
        self.screen.remove_class("-prompt")
        if self._focus is not None:
            self.screen.set_focus(self._focus, scroll_visible=False)
        self.screen.cards.refresh()

    def forget(self) -> bool:
        """Search for nothing any more; False where nothing was searched for."""
        if self.wanted is None:
            return False
        self.workers.drop_busy()
        self.wanted = self.query = self._matches = None
        self.screen.source.set_finder(None)
        return True

    def typed(self, text: str) -> None:
        """The prompt's text changed."""
        if self.mode != "/":
            return
        source = self.screen.source
        if not text:
            self.forget()
            source.go_to(*self._origin)
            self._note()
            return
        if not self._set(replace(self._how, text=text)):
            return
        row, column = self._origin
        self._to_match(row, column - 1, True)

    def switch(self, name: str) -> None:
        """Turn one of the prompt's switches."""
        if self.mode != "/":
            return
        how = self._how
        if name == "case":
            self._how = replace(how, case=CASES[how.case])
        else:
            self._how = replace(how, regex=not how.regex) if name == "regex" else replace(how, word=not how.word)
        self._note()
        self.typed(self.field.value)

    def recall(self, by: int) -> None:
        """Bring back what was entered earlier, or what was being typed."""
        past = self._past.get(self.mode, [])
        at = max(-1, min(self._at + by, len(past) - 1))
        if at == self._at:
            return
        if self._at < 0:
            self._draft = replace(self._how, text=self.field.value)
        self._at = at
        wanted = past[at] if at >= 0 else self._draft
        self._how = replace(wanted, text="")
        self._note()
        self.field.value = wanted.text
        self.field.cursor_position = len(wanted.text)

    def entered(self, text: str) -> None:
        """Enter in the prompt; a second one, pressed before the first was heard of, finds it closed."""
        if not self.is_typing:
            return
        mode = self.mode
        if text:
            self._remember(mode, replace(self._how, text=text))
        self.close_prompt(keep=bool(text))
        if mode == ":":
            self.commands.run(text.strip())
        elif text:
            self.screen.going.remember()
            self.screen.set_focus(self.screen.source, scroll_visible=False)
            if self._matches is not None and not self._matches.is_whole and self.query is None:
                row, column = self._origin
                self._to_match(row, column - 1, True)
            else:
                self._say_position()

    def _remember(self, mode: str, wanted: Wanted) -> None:
        past = self._past[mode]
        self._past[mode] = [wanted, *(old for old in past if old != wanted)][:KEPT]

    def _note(self) -> None:
        """What stands at the right of the prompt: which match of how many, and the switches."""
        if self.mode != "/":
            self.notes.update("")
            return
        position = self._position() if self.field.value else ""
        parts: list[tuple[str, str]] = [(safe(position), "bold $foreground"), ("   Alt-", "$primary")]
        case = {None: "case", True: "CASE", False: "any case"}[self._how.case]
        for key, word, on in (
            ("r", "regex", self._how.regex),
            ("w", "word", self._how.word),
            ("c", case, self._how.case is not None),
        ):
            parts += [(f"{key} ", "$primary"), (f" {word} ", "bold $background on $primary" if on else ""), (" ", "")]
        self.notes.update(Content.assemble(*parts))

    def _position(self) -> str:
        matches, source = self._matches, self.screen.source
        if matches is None:
            return ""
        if matches.problem:
            return matches.problem
        return matches.position(source.cursor, source.cursor_column)

    def complete(self) -> None:
        """Tab in the command line."""
        if self.mode == ":" and self.field.value:
            self.field.value = self.commands.completed(self.field.value)
            self.field.cursor_position = len(self.field.value)

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

    def do_search_word(self, count: int | None) -> None:
        """Action `search_word`."""
        self._search_word(True, count)

    def do_search_word_back(self, count: int | None) -> None:
        """Action `search_word_back`."""
        self._search_word(False, count)

    def _search_word(self, forward: bool, count: int | None) -> None:
        source = self.screen.source
        word = word_at(source.line_text, source.cursor_column)
        if word:
            wanted = Wanted(source.line_text[slice(*word)], case=True, word=True)
            self._remember("/", wanted)
            self._set(wanted)
            # From the start of the word: it is not the match before itself.
            source.go_to(source.cursor, word[0])
            self._again(forward, count)

    def adopt(self, wanted: Wanted) -> None:
        """What was searched for in the repository stands out in the file, too, and `n` leads on."""
        self._remember("/", replace(wanted, globs=""))
        self._set(replace(wanted, globs=""))

    def _again(self, forward: bool, count: int | None) -> None:
        if self.wanted is None:
            self.screen.say(f"Nothing was searched for: {self.screen.key('search')} begins")
            return
        source = self.screen.source
        self.screen.going.remember()
        for _ in range(min(count or 1, 1000)):
            if not self._to_match(source.cursor, source.cursor_column, forward):
                return
        self._say_position()

    def _set(self, wanted: Wanted) -> bool:
        """Search for something else; False where it cannot be understood."""
        self.workers.drop_busy()
        try:
            query = wanted.query()
        except ReviewTuiError as error:
            self.forget()
            self.wanted = wanted
            self._matches = Matches(())
            self._matches.problem = "not an expression yet" if self.is_typing else str(error)
            self.screen.say(str(error), error=True)
            self._note()
            return False
        self.wanted = wanted
        self.query = None if wanted.regex else query
        self._look()
        return True

    def file_changed(self) -> None:
        """Another file is open: the emphasis goes with it."""
        if self.wanted is not None:
            self._look()

    def _look(self) -> None:
        """Find the matches in the open file."""
        screen, wanted = self.screen, self.wanted
        source = screen.source
        self._source, self._awaited = source.source, None
        self._matches = matches = Matches(source.lines, self.query)
        if self.query is not None:
            source.set_finder(self.query.spans)
            self._count(matches)
            return
        source.set_finder(None)
        if wanted is None or not source.row_count:
            return
        lines, workers = source.lines, self.workers

        def took(answer: "tuple[list[Match], bool] | None") -> None:
            if matches is not self._matches:
                return
            if answer is None:
                matches.problem = f"took longer than {workers.seconds:g} s"
            else:
                matches.give(answer[0], has_more=answer[1])
            self._found_beside(matches)

        screen.ask(lambda: matches_in(wanted, lines, workers), took, "search in file")

    def _found_beside(self, matches: Matches) -> None:
        """The matches of an expression are there."""
        source = self.screen.source
        source.set_finder(matches.spans)
        if matches.problem:
            self.screen.say(f"Given up: the expression {matches.problem} on this file", error=True)
        elif self.is_typing:
            row, column = self._origin
            self._to_match(row, column - 1, True)
        elif self._awaited is not None:
            awaited, self._awaited = self._awaited, None
            if self._to_match(*awaited):
                self._say_position()
        self._note()

    def _count(self, matches: Matches) -> None:
        """Count for a moment, and later on until all are counted."""
        if matches is not self._matches:
            return
        if not matches.go_on(AT_ONCE):
            self.screen.set_timer(AT_ONCE, lambda: self._count(matches), name="count matches")
        self._note()

    def _to_match(self, row: int, column: int, forward: bool) -> bool:
        source, matches = self.screen.source, self._matches
        if matches is None or self._source is not source.source:
            # The other view of a split source, or a file that was read again.
            self._look()
            matches = self._matches
        if self.query is not None:
            found = next_match(source.lines, self.query, row, column, forward)
        elif matches is not None and matches.is_whole:
            found = matches.next(row, column, forward)
        else:
            if matches and not matches.problem and not self.is_typing:
                self._awaited = row, column, forward
            self.screen.say(matches.problem if matches and matches.problem else "Searching…")
            return False
        if found is None:
            self.screen.say("Not found")
            self._note()
            return False
        match, wrapped = found
        source.go_to(match.row, match.start, centre=True)
        self.screen.say("Search goes on from the other end" if wrapped else "")
        self._note()
        return True

    def _say_position(self) -> None:
        """Say which match of how many this is."""
        matches = self._matches
        if matches is not None and matches.found:
            self.screen.say(f"Match {self._position()}")
        elif matches is not None and matches.is_whole:
            self.screen.say("Not found")
