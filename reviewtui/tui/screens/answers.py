"""A few answers to choose from, each with its key."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widgets import Static

from reviewtui.text.safe import safe


class Answers(Static, can_focus=True):
    """Answers side by side or one below the other; one of them stands out, and Enter takes it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"answers--key", "answers--on", "answers--on-key"}
    DEFAULT_CSS = """
    Answers {
        height: auto;
        & > .answers--key { color: $primary; text-style: bold; }
        & > .answers--on { background: $primary; color: $surface; text-style: bold; }
        & > .answers--on-key { background: $primary; color: $surface; text-style: bold underline; }
        &:ansi {
            & > .answers--on { background: ansi_blue; color: ansi_bright_white; }
            & > .answers--on-key { background: ansi_blue; color: ansi_bright_white; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,shift+tab", "step(-1)", "Answer before", show=False, id="answers.back"),
        Binding("right,down,tab", "step(1)", "Next answer", show=False, id="answers.next"),
        Binding("enter", "take", "Take it", show=False, id="answers.take"),
    ]

    index: reactive[int] = reactive(0)
    """Which answer Enter takes."""

    class Taken(Message):
        """One of the answers was chosen."""

        def __init__(self, key: str) -> None:
            self.key = key
            super().__init__()

    def __init__(self, choices: Sequence[tuple[str, str]], *, first: int = 0, upright: bool = False) -> None:
        super().__init__(markup=False)
        self.auto_links = False
        self._choices = tuple((key, safe(label)) for key, label in choices)
        self._gap = "\n" if upright else "   "
        self.set_reactive(Answers.index, first)

    def render(self) -> Content:
        """The answers with their keys."""
        return Content(self._gap).join(self._drawn(number) for number in range(len(self._choices)))

    def _drawn(self, number: int) -> Content:
        key, label = self._choices[number]
        on = number == self.index
        style = self.get_visual_style("answers--on") if on else Style()
        key_style = self.get_visual_style("answers--on-key" if on else "answers--key")
        drawn = Content.assemble(("▸" if on else " ", style), (key, key_style), (f"  {label} ", style))
        return drawn.stylize(Style.from_meta({"@click": f"take_number({number})"}))

    def action_step(self, step: int) -> None:
        """Let another answer stand out."""
        self.index = (self.index + step) % len(self._choices)

    def action_take(self) -> None:
        """The answer that stands out."""
        self.action_take_number(self.index)

    def action_take_number(self, number: int) -> None:
        """That one."""
        self.post_message(self.Taken(self._choices[number][0]))

    def on_key(self, event: events.Key) -> None:
        """The key of an answer takes it."""
        for number, (key, _) in enumerate(self._choices):
            if event.character == key or (event.character or "").lower() == key:
                event.stop()
                self.action_take_number(number)
                return
