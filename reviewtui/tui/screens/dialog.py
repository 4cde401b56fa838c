"""The frame that all dialogs share: a titled box, a body, and a line with the keys that matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Static

from reviewtui.text.safe import SafeText, safe

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Hint:
    """A key that matters here; a click on it does the same."""

    key: str
    """As people write it: `Ctrl-s`."""
    label: str
    action: str = ""
    """Action of the screen; empty where a click could not do what the key does."""


CANCEL: Final = Hint("Esc", "cancel", "cancel")


class HintLine(Static):
    """The last line of a dialog: keys and what they do."""

    DEFAULT_CSS = """
    HintLine {
        dock: bottom;
        height: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        color: $text-muted;
    }
    """

    def __init__(self, hints: Iterable[Hint]) -> None:
        super().__init__(hint_content(hints), markup=False)
        self.auto_links = False


class Dialog(ModalScreen[Result | None]):
    """A question in a box over the screen; Escape, or a click beside it, answers None."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;

        & > #box {
            width: 84;
            max-width: 96%;
            height: auto;
            max-height: 96%;
            padding: 1 2 0 2;
            background: $surface;
            border: round $primary 70%;
            border-title-color: $foreground;
            border-title-style: bold;
            border-subtitle-color: $text-muted;
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-background-active: $surface;
        }
        & HintLine {
            margin-top: 1;
        }
        & .about {
            height: auto;
            color: $text-muted;
            margin-bottom: 1;
        }
        & .problem {
            height: auto;
            color: $error;
            display: none;
        }
        & .problem.-said {
            display: block;
        }
        &:ansi > #box {
            background: ansi_default;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c", "cancel", "Cancel", show=False, id="dialog.cancel", tooltip="Close without an answer"),
    ]

    HINTS: ClassVar[tuple[Hint, ...]] = (CANCEL,)

    def __init__(self, heading: str, subtitle: str = "") -> None:
        super().__init__()
        self._heading = safe(heading)
        self._subtitle = safe(subtitle)
        self._typed_ahead: list[events.Key] = []
        """Keys that came before there was a field to take them."""

    def type_ahead(self, event: events.Key) -> None:
        """Take a key that was typed for this dialog before it was there: none is lost or means anything else."""
        key = events.Key(event.key, event.character)
        if self.focused is None:
            self._typed_ahead.append(key)
        else:
            self.app.post_message(key)

    def on_key(self, event: events.Key) -> None:
        """Keep what comes too early."""
        if self.focused is None:
            event.stop()
            self.type_ahead(event)

    def on_descendant_focus(self) -> None:
        """Now the keys can be taken."""
        keys, self._typed_ahead = self._typed_ahead, []
        for key in keys:
            self.app.post_message(key)

    def compose(self) -> ComposeResult:
        """The box with its body and the hints below."""
        with Vertical(id="box") as box:
            box.border_title = Content(self._heading)
            box.border_subtitle = Content(self._subtitle)
            yield from self.body()
            yield HintLine(self.hints())

    def body(self) -> Iterable[Widget]:
        """What stands in the box."""
        return ()

    def hints(self) -> Iterable[Hint]:
        """What the last line says."""
        return self.HINTS

    def say_below(self, text: str) -> None:
        """Put a word into the lower edge of the box."""
        self.query_one("#box").border_subtitle = Content(safe(text))

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)


class Literal(Static):
    """Safe text exactly as it stands, wrapped at the width."""

    DEFAULT_CSS = """
    Literal {
        height: auto;
    }
    """

    def __init__(self, text: SafeText, classes: str = "") -> None:
        super().__init__(Content(text), markup=False, classes=classes)


class Trouble(Static):
    """What is wrong with a field, below it; takes no room while nothing is."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(markup=False, id=id, classes="problem")

    def say(self, problem: str) -> None:
        """Show the sentence; an empty one takes it away."""
        self.update(Content(safe(problem)))
        self.set_class(bool(problem), "-said")


def hint_content(hints: Iterable[Hint]) -> Content:
    """Keys in bold with their labels, three blanks apart."""
    parts: list[Content] = []
    for hint in hints:
        part = Content.assemble((hint.key, "bold $foreground"), " ", hint.label)
        if hint.action:
            part = part.stylize(Style.from_meta({"@click": f"screen.{hint.action}"}))
        parts.append(part)
    return Content("   ").join(parts)
