"""What to search for in the repository, and in which files."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Label

from reviewtui.errors import ReviewTuiError
from reviewtui.search.wanted import Wanted
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint, Trouble
from reviewtui.tui.screens.fields import LineField
from reviewtui.tui.widgets.switch import Switch

CASES: Final = (None, True, False)
"""What the states of the switch of that name mean."""


class FindForm(Dialog[Wanted]):
    """A line for the text, one for the files, and switches."""

    DEFAULT_CSS = """
    FindForm {
        & .row { height: 1; }
        & .row Label { width: 9; color: $text-muted; }
        & .row:focus-within Label { color: $foreground; }
        & #switches { height: 1; margin: 1 0 0 8; }
    }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (
        Hint("Enter", "search", "accept"),
        Hint("Tab", "next field"),
        Hint("↑↓", "earlier searches"),
        CANCEL,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+r,f6", "turn('regex')", "Expression or text", show=False, priority=True, id="find.regex"),
        Binding("alt+w,f7", "turn('word')", "Whole words", show=False, priority=True, id="find.word"),
        Binding("alt+c,f8", "turn('case')", "Case", show=False, priority=True, id="find.case"),
        Binding("up", "recall(1)", "Earlier search", show=False, id="find.earlier"),
        Binding("down", "recall(-1)", "Later search", show=False, id="find.later"),
        Binding("enter", "accept", "Search", show=False, id="find.accept"),
    ]

    def __init__(self, wanted: Wanted, earlier: Sequence[Wanted]) -> None:
        super().__init__("Search in the repository")
        self._wanted = wanted
        self._earlier = earlier
        self._at = -1
        """Which of the earlier ones is shown."""

    def body(self) -> Iterable[Widget]:
        """Text, files, switches."""
        yield Horizontal(Label("Text", markup=False), LineField(self._wanted.text, id="text"), classes="row")
        yield Trouble(id="text-problem")
        files = LineField(self._wanted.globs, placeholder="all, or: *.py  src/**/*.html  !tests", id="globs")
        yield Horizontal(Label("Files", markup=False), files, classes="row")
        yield Trouble(id="globs-problem")
        yield Horizontal(
            Switch(("regex", "regex"), "Alt-r", id="regex"),
            Switch(("word", "word"), "Alt-w", id="word"),
            Switch(("smart case", "case matters", "any case"), "Alt-c", id="case"),
            id="switches",
        )

    def on_mount(self) -> None:
        """What is filled in goes with the first key."""
        self._fill(self._wanted)
        self._line("text").action_select_all()

    @property
    def wanted(self) -> Wanted:
        """As it is written now."""
        return Wanted(
            self._line("text").text,
            regex=self._switch("regex").at > 0,
            word=self._switch("word").at > 0,
            case=CASES[self._switch("case").at],
            globs=self._line("globs").trimmed,
        )

    def _fill(self, wanted: Wanted) -> None:
        for name, text in (("text", wanted.text), ("globs", wanted.globs)):
            self._line(name).give(text)
        self._switch("regex").set_state(int(wanted.regex))
        self._switch("word").set_state(int(wanted.word))
        self._switch("case").set_state(CASES.index(wanted.case))

    @on(LineField.Changed)
    @on(Switch.Changed)
    def _check(self) -> bool:
        """Say at once what cannot be searched for."""
        wanted = self.wanted
        whole = True
        for name, part in (("text", replace(wanted, globs="")), ("globs", Wanted("", globs=wanted.globs))):
            problem = ""
            try:
                part.check()
            except ReviewTuiError as error:
                problem, whole = str(error), False
            self.query_one(f"#{name}-problem", Trouble).say(problem)
            self._line(name).set_class(bool(problem), "-wrong")
        return whole

    def action_turn(self, name: str) -> None:
        """Step a switch on."""
        self._switch(name).action_step()

    def action_recall(self, by: int) -> None:
        """Fill in an earlier search; past the newest what was there at first."""
        at = max(-1, min(self._at + by, len(self._earlier) - 1))
        if at != self._at:
            self._at = at
            self._fill(self._earlier[at] if at >= 0 else self._wanted)

    @on(LineField.Submitted)
    def action_accept(self) -> None:
        """Close with the search."""
        if not self.wanted.text:
            self.query_one("#text-problem", Trouble).say("Write what to search for")
            self._line("text").focus()
        elif self._check():
            self.dismiss(self.wanted)

    def _line(self, name: str) -> LineField:
        return self.query_one(f"#{name}", LineField)

    def _switch(self, name: str) -> Switch:
        return self.query_one(f"#{name}", Switch)
