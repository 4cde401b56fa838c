"""Something that has to be said, with what can be done about it."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from reviewtui.text.safe import SafeText
from reviewtui.tui.screens.answers import Answers
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint, Literal

_FEW: Final = 8
"""So many lines fit on any screen."""


class MessageScreen(Dialog[str]):
    """A few lines of text, as many as there are, and answers: the key of the one that was taken."""

    DEFAULT_CSS = """
    MessageScreen {
        & > #box { max-width: 92%; border: round $warning 70%; }
        & #lines { height: auto; max-height: 60vh; margin-bottom: 1; scrollbar-size-vertical: 1; }
    }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (Hint("Enter", "take"), CANCEL)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "scroll(-1)", "Scroll up", show=False, id="message.page_up"),
        Binding("pagedown", "scroll(1)", "Scroll down", show=False, id="message.page_down"),
    ]

    def __init__(self, heading: str, lines: Sequence[SafeText], choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(heading)
        self._lines = lines
        self._choices = choices

    def body(self) -> Iterable[Widget]:
        """The lines, which may be many, and the answers."""
        yield VerticalScroll(*(Literal(line or SafeText(" ")) for line in self._lines), id="lines", can_focus=False)
        yield Answers(self._choices, upright=True)

    def hints(self) -> Iterable[Hint]:
        """Paging is named where there may be something to page."""
        return (Hint("PgUp PgDn", "scroll"), *self.HINTS) if len(self._lines) > _FEW else self.HINTS

    def action_scroll(self, pages: int) -> None:
        """Scroll the lines."""
        lines = self.query_one("#lines")
        lines.scroll_relative(y=pages * max(1, lines.size.height - 1), animate=False)

    @on(Answers.Taken)
    def _taken(self, message: Answers.Taken) -> None:
        self.dismiss(message.key)
