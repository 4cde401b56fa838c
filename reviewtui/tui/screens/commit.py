"""What is about to be committed, and the message."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from reviewtui.text.safe import SafeText
from reviewtui.tui.screens.dialog import CANCEL, Hint, Literal, Trouble
from reviewtui.tui.screens.fields import LongField
from reviewtui.tui.screens.writing import WritingDialog

_LISTED: Final = 8
"""So many changes are listed, however many there are."""


class CommitDialog(WritingDialog[str]):
    """The message of a commit, with the changes that will be in it."""

    DEFAULT_CSS = """
    CommitDialog {
        & #changes { height: auto; margin-bottom: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & LongField { min-height: 5; max-height: 9; }
        & #trouble { margin-top: 1; }
    }
    """
    HINTS: ClassVar[tuple[Hint, ...]] = (Hint("Ctrl-s", "commit", "accept"), Hint("F4", "in $EDITOR"), CANCEL)

    def __init__(self, changes: Sequence[SafeText], message: str, about: SafeText) -> None:
        super().__init__("Commit")
        self._changes = changes
        self._message = message
        self._about = about

    def body(self) -> Iterable[Widget]:
        """What it is about, the changes, and the message."""
        if self._about:
            yield Literal(self._about, classes="about")
        if self._changes:
            yield Static(Content("\n").join(self._listed()), markup=False, id="changes")
        yield LongField(self._message, placeholder="What this review says")
        yield Trouble(id="trouble")

    def _listed(self) -> Iterable[Content]:
        for change in self._changes[:_LISTED]:
            yield Content.assemble(("• ", "$primary"), Content(change))
        if len(self._changes) > _LISTED:
            yield Content(f"  and {len(self._changes) - _LISTED} more")

    def action_accept(self) -> None:
        """Close with the message."""
        field = self.query_one(LongField)
        message = field.written.strip()
        field.set_class(not message, "-wrong")
        if message:
            self.dismiss(message)
        else:
            self.query_one("#trouble", Trouble).say("A commit needs a message")
