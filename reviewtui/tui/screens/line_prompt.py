"""One line to write."""

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.widget import Widget

from reviewtui.text.safe import SafeText
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint, Literal
from reviewtui.tui.screens.fields import LineField


class LinePrompt(Dialog[str]):
    """A line of text about something, which may be empty."""

    HINTS: ClassVar[tuple[Hint, ...]] = (Hint("Enter", "accept", "accept"), CANCEL)

    def __init__(self, heading: str, about: SafeText, text: str = "", placeholder: str = "") -> None:
        super().__init__(heading)
        self._about = about
        self._text = text
        self._placeholder = placeholder

    def body(self) -> Iterable[Widget]:
        """What it is about, and the line."""
        if self._about:
            yield Literal(self._about, classes="about")
        yield LineField(self._text, placeholder=self._placeholder)

    @on(LineField.Submitted)
    def action_accept(self) -> None:
        """Answer with what is written."""
        self.dismiss(self.query_one(LineField).text)
