"""Yes or no."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget

from reviewtui.text.safe import SafeText
from reviewtui.tui.screens.answers import Answers
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint, Literal


class Confirm(Dialog[bool]):
    """A question that `y` and `n` answer; Enter takes the answer that stands out."""

    DEFAULT_CSS = """
    Confirm {
        & > #box { width: auto; min-width: 44; max-width: 76; border: round $warning 70%; }
        & Literal { width: auto; max-width: 68; margin-bottom: 1; }
        & Answers { width: auto; }
        & HintLine { width: auto; }
    }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (Hint("Enter", "take"), CANCEL)

    def __init__(self, question: SafeText, yes: str = "Yes", no: str = "No", *, default: bool = True) -> None:
        super().__init__("")
        self._question = question
        self._answers = (("y", yes), ("n", no))
        self._first = 0 if default else 1

    def body(self) -> Iterable[Widget]:
        """The question and the two answers."""
        yield Literal(self._question)
        yield Answers(self._answers, first=self._first)

    @on(Answers.Taken)
    def _taken(self, message: Answers.Taken) -> None:
        self.dismiss(message.key == "y")
