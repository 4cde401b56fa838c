"""A one-line choice among a few words, all of them in sight: `critical ▸high◂ medium low info`."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from reviewtui.model.risk import Severity
from reviewtui.text.safe import SafeText, cell_width, safe


class Choice(Widget, can_focus=True):
    """One of a few values, or none: arrows, first letters or a click choose, Delete takes the choice back."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"choice--on", "choice--off", *(f"choice--{s}" for s in Severity)}
    DEFAULT_CSS = """
    Choice {
        height: 1;
        width: 1fr;
        padding: 0;
        border-left: outer $surface;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus { border-left: outer $primary; }
        &.-wrong, &.-wrong:focus { border-left: outer $error; }
        & > .choice--on { color: $primary; text-style: bold; }
        & > .choice--off { color: $text-muted; }
        & > .choice--critical { color: $severity-critical; text-style: bold; }
        & > .choice--high { color: $severity-high; text-style: bold; }
        & > .choice--medium { color: $severity-medium; text-style: bold; }
        & > .choice--low { color: $severity-low; text-style: bold; }
        & > .choice--info { color: $severity-info; text-style: bold; }
        &:ansi {
            border-left: outer ansi_default;
            &:focus { border-left: outer ansi_blue; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "Choice before", show=False, id="choice.left"),
        Binding("right,space", "step(1)", "Next choice", show=False, id="choice.right"),
        Binding("home", "go(0)", "First choice", show=False, id="choice.home"),
        Binding("end", "go(-1)", "Last choice", show=False, id="choice.end"),
        Binding("delete,backspace", "clear", "No choice", show=False, id="choice.clear"),
    ]

    value: reactive[str] = reactive("", init=False)
    """The value chosen; empty for none."""

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: "Choice", value: str) -> None:
            self.choice = choice
            self.value = value
            super().__init__()

        @property
        def control(self) -> "Choice":
            """The choice it happened in."""
            return self.choice

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        value: str = "",
        *,
        may_be_empty: bool = True,
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        super().__init__(id=id)
        self._options = tuple((name, safe(label)) for name, label in options)
        self._values = [name for name, _ in self._options]
        self._may_be_empty = may_be_empty
        self.is_chosen = False
        """Whether the value is the user's own choice, and neither the first one nor set by the program."""
        self.set_reactive(Choice.value, value if value in self._values else "")

    def render(self) -> Content:
        """All the words, or where they do not fit the chosen one between arrows."""
        drawn = [self._drawn(number) for number in range(len(self._options))]
        if sum(self._widths) <= self.content_size.width or not self.value:
            return Content("").join(drawn)
        number = self._values.index(self.value)
        off = self.get_visual_style("choice--off")
        return Content.assemble(
            ("‹" if number else " ", off), drawn[number], ("›" if drawn[number + 1 :] else " ", off)
        )

    def get_content_width(self, *_: object) -> int:
        """Room for all the words."""
        return sum(self._widths)

    @property
    def _widths(self) -> list[int]:
        return [cell_width(label) + 2 for _, label in self._options]

    def _drawn(self, number: int) -> Content:
        name, label = self._options[number]
        if name != self.value:
            return Content.assemble((f" {label} ", self.get_visual_style("choice--off")))
        return Content.assemble((f"▸{label}◂", self._style_of(name)))

    def _style_of(self, name: str) -> Style:
        return self.get_visual_style(f"choice--{name}" if name in list(Severity) else "choice--on")

    def choose(self, value: str) -> None:
        """Choose a value, as the user would; one that is not among the options changes nothing."""
        if value != self.value and (value in self._values or (not value and self._may_be_empty)):
            self.value = value
            self.is_chosen = bool(value)
            self.post_message(self.Changed(self, value))

    def action_step(self, step: int) -> None:
        """The neighbour; the ends do not meet."""
        if self.value:
            number = self._values.index(self.value) + step
            self.choose(self._values[max(0, min(number, len(self._values) - 1))])
        else:
            self.action_go(0 if step > 0 else -1)

    def action_go(self, number: int) -> None:
        """The option of that number."""
        self.choose(self._values[number])

    def action_clear(self) -> None:
        """None of them."""
        self.choose("")

    def on_key(self, event: events.Key) -> None:
        """The first letter of an option chooses it; again, the next with the same letter."""
        letter = (event.character or "").lower()
        alike = [name for name, label in self._options if letter and label.lower().startswith(letter)]
        if alike:
            event.stop()
            following = alike.index(self.value) + 1 if self.value in alike else 0
            self.choose(alike[following % len(alike)])

    def on_click(self, event: events.Click) -> None:
        """A click on a word chooses it."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if sum(self._widths) > self.content_size.width and self.value:
            self.action_step(1 if offset.x else -1)
            return
        cell = 0
        for name, width in zip(self._values, self._widths, strict=True):
            cell += width
            if offset.x < cell:
                self.choose(name)
                return


def options_of(values: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Options that are labelled by themselves, `_` as a blank."""
    return tuple((str(value), SafeText(value.replace("_", " "))) for value in values)
