"""Dialogs with text that must not get lost: what was written survives Escape, errors and a failing editor."""

from typing import ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType

from reviewtui.errors import ReviewTuiError
from reviewtui.text.safe import SafeText
from reviewtui.tui.editor import edit_text
from reviewtui.tui.screens.confirm import Confirm
from reviewtui.tui.screens.dialog import Dialog, Trouble
from reviewtui.tui.screens.fields import LongField

Result = TypeVar("Result")


class WritingDialog(Dialog[Result]):
    """A dialog with long texts: `Ctrl-s` accepts, Escape asks first if something was written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "accept", "Accept", show=False, id="dialog.accept", tooltip="Accept"),
    ]

    @property
    def is_changed(self) -> bool:
        """Whether anything was written that closing would lose."""
        return any(field.is_changed for field in self.query(LongField))

    def action_accept(self) -> None:
        """Close with the answer, if there is nothing wrong with it."""
        raise NotImplementedError

    def action_cancel(self) -> None:
        """Close without an answer; first ask, if something would get lost."""
        if not self.is_changed:
            self.dismiss(None)
            return

        def answered(discard: bool | None) -> None:
            if discard:
                self.dismiss(None)

        question = SafeText("Discard what you wrote?")
        self.app.push_screen(Confirm(question, "Discard", "Keep writing", default=False), answered)

    @on(LongField.EditorAsked)
    def _edit_outside(self, message: LongField.EditorAsked) -> None:
        trouble = self.query_one("#trouble", Trouble)
        try:
            text = edit_text(self.app, message.field.text)
        except ReviewTuiError as error:
            trouble.say(str(error))
            return
        trouble.say("")
        if text is not None:
            message.field.rewrite(text)
