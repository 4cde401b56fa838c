"""A word that is on or off, or one of a few words: Space, Enter's neighbour, steps on; a click does the same."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from reviewtui.text.safe import safe


class Switch(Widget, can_focus=True):
    """One of a few states, the first of which is the usual one and drawn as off."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"switch--on", "switch--off", "switch--key"}
    DEFAULT_CSS = """
    Switch {
        height: 1;
        width: auto;
        padding: 0 1;
        margin-right: 1;
        &:focus { background: $panel; }
        & > .switch--on { color: $primary; text-style: bold; }
        & > .switch--off { color: $foreground; }
        & > .switch--key { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "step", "Switch", show=False, id="switch.step"),
    ]

    class Changed(Message):
        """Another state."""

        def __init__(self, switch: "Switch") -> None:
            self.switch = switch
            super().__init__()

        @property
        def control(self) -> "Switch":
            """The switch it is about."""
            return self.switch

    def __init__(self, states: Sequence[str], key: str, *, id: str) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._states = states
        self._key = key
        self.at = 0
        """Which state it is in."""

    def set_state(self, at: int) -> None:
        """Be in another state."""
        self.at = at
        self.refresh(layout=True)

    def action_step(self) -> None:
        """The next state."""
        self.set_state((self.at + 1) % len(self._states))
        self.post_message(self.Changed(self))

    def render(self) -> Content:
        """A mark, the word, and the key that switches it."""
        on = self.at > 0
        style = self.get_visual_style("switch--on" if on else "switch--off")
        return Content.assemble(
            (safe(f"{'●' if on else '○'} {self._states[self.at]}"), style),
            (safe(f"  {self._key}"), self.get_visual_style("switch--key")),
        )

    def on_click(self, event: events.Click) -> None:
        """A click is a step."""
        event.stop()
        self.action_step()
