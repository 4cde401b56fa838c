"""The field of the prompt at the bottom of the review screen."""

from typing import Final, Protocol

from textual import events
from textual.widgets import Input

SWITCHES: Final = {"alt+r": "regex", "f6": "regex", "alt+w": "word", "f7": "word", "alt+c": "case", "f8": "case"}


class Owner(Protocol):
    """Whoever opened the prompt."""

    @property
    def is_typing(self) -> bool:
        """Whether it is open."""

    def switch(self, name: str) -> None:
        """A switch is turned."""

    def recall(self, by: int) -> None:
        """What was entered earlier is wanted, or later."""

    def typed(self, text: str) -> None:
        """The text changed."""

    def entered(self, text: str) -> None:
        """Enter was pressed."""

    def close_prompt(self, *, keep: bool) -> None:
        """The prompt is left."""


class PromptInput(Input):
    """The field of the prompt."""

    DEFAULT_CSS = """
    PromptInput { border: none; height: 1; padding: 0; width: 1fr; background: $footer-background; }
    PromptInput:focus { border: none; background: $footer-background; }
    """

    def __init__(self, owner: Owner, *, id: str = "prompt-input") -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id, select_on_focus=False)
        self._owner = owner
        self.cursor_blink = False

    def on_key(self, event: events.Key) -> None:
        """Switches, and what was entered earlier."""
        if event.key in SWITCHES:
            self._owner.switch(SWITCHES[event.key])
        elif event.key in ("up", "down"):
            self._owner.recall(1 if event.key == "up" else -1)
        else:
            return
        event.stop()
        event.prevent_default()

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
