"""Fields to write in, in which nothing is hidden and nothing is obeyed: what they are given and what is pasted."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widgets import Input, TextArea

from reviewtui.text.safe import SafeText, safe

_NEWLINE: Final = re.compile(r"\r\n?")
_CWE: Final = re.compile(r"(?:CWE-?)?([1-9]\d{0,4})", re.IGNORECASE)
_DAYS: Final = re.compile(r"\+\s*(\d{1,4})\s*d?", re.IGNORECASE)


class LineField(Input):
    """One line; unchanged, it gives back what it was given, however that had to be shown."""

    DEFAULT_CSS = """
    LineField {
        width: 1fr;
        height: 1;
        padding: 0 1;
        border: none;
        border-left: outer $panel;
        background: $panel;
        &:focus {
            border: none;
            border-left: outer $primary;
        }
        &.-wrong, &.-wrong:focus {
            border: none;
            border-left: outer $error;
        }
        &:ansi {
            border-left: outer ansi_bright_black;
            &:focus { border-left: outer ansi_blue; }
        }
    }
    """

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        suggestions: tuple[str, ...] = (),
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        suggester = SuggestFromList([safe(s) for s in suggestions], case_sensitive=False) if suggestions else None
        super().__init__(
            safe(text), placeholder=safe(placeholder), suggester=suggester, select_on_focus=False, compact=False, id=id
        )
        self._given = text

    @property
    def text(self) -> str:
        """What is to be kept of it."""
        return self.value if self.is_changed else self._given

    @property
    def trimmed(self) -> str:
        """The same without blanks around what was written."""
        return self.value.strip() if self.is_changed else self._given

    @property
    def is_changed(self) -> bool:
        """Whether it says anything else than at first."""
        return self.value != safe(self._given)

    def give(self, text: str) -> None:
        """Hold another text, as if it had been given from the start."""
        self._given = text
        self.value = safe(text)
        self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> SafeText:
        """A terminal may paste anything."""
        return safe(value)


class LongField(TextArea):
    """Several lines, with `Ctrl-x Ctrl-e` as the shell has it; unchanged, it gives back what it was given."""

    DEFAULT_CSS = """
    LongField {
        height: auto;
        min-height: 3;
        max-height: 12;
        padding: 0 1;
        border: none;
        border-left: outer $panel;
        background: $panel;
        & .text-area--cursor-line { background: transparent; }
        &:focus {
            border: none;
            border-left: outer $primary;
        }
        &.-wrong, &.-wrong:focus {
            border: none;
            border-left: outer $error;
        }
        &:ansi {
            border-left: outer ansi_bright_black;
            &:focus { border-left: outer ansi_blue; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "external", "Edit in $EDITOR", show=False, id="field.external", tooltip="Edit in $EDITOR"),
    ]

    class EditorAsked(Message):
        """The text is to be edited in the user's own editor."""

        def __init__(self, field: "LongField") -> None:
            self.field = field
            super().__init__()

        @property
        def control(self) -> "LongField":
            """The field it is about."""
            return self.field

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            safe_lines(text), placeholder=placeholder, tab_behavior="focus", highlight_cursor_line=False, id=id
        )
        self._given = text
        self._prefixed = False

    @property
    def written(self) -> str:
        """What is to be kept of it."""
        return self.text.rstrip() if self.is_changed else self._given

    @property
    def is_changed(self) -> bool:
        """Whether it says anything else than at first."""
        return self.text != safe_lines(self._given)

    def rewrite(self, text: str) -> None:
        """Replace all of the text, as an edit that can be undone."""
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.move_cursor((0, 0))

    def edit(self, edit: Edit) -> EditResult:
        """A terminal may paste anything, and so may an editor."""
        return super().edit(replace(edit, text=safe_lines(edit.text)))

    async def on_key(self, event: events.Key) -> None:
        """Ctrl-x without a selection begins `Ctrl-x Ctrl-e`; with one it cuts, as everywhere."""
        prefixed, self._prefixed = self._prefixed, False
        if prefixed and event.key == "ctrl+e":
            event.stop()
            self.action_external()
        elif event.key == "ctrl+x" and self.selection.is_empty:
            event.stop()
            self._prefixed = True

    def action_external(self) -> None:
        """Ask for the user's editor."""
        self.post_message(self.EditorAsked(self))


def safe_lines(text: str) -> str:
    """The text with its line ends and tabs, and everything else in it made visible."""
    return "\n".join("\t".join(map(safe, line.split("\t"))) for line in _NEWLINE.sub("\n", text).split("\n"))


def parse_date(text: str, today: date) -> date | None:
    """A date as people write it here: `2026-03-31`, or `+30` for days from today; None for nothing.

    Raises:
        ValueError: it is neither.
    """
    text = text.strip()
    if not text:
        return None
    if days := _DAYS.fullmatch(text):
        return today + timedelta(days=int(days[1]))
    return date.fromisoformat(text)


def parse_cwe(text: str) -> tuple[int, ...] | None:
    """Weakness numbers as people write them (`89`, `CWE-89, CWE-564`), each once; None where that is something else."""
    found = [_CWE.fullmatch(word) for word in re.split(r"[,;\s]+", text.strip()) if word]
    numbers = [int(match[1]) for match in found if match]
    return tuple(dict.fromkeys(numbers)) if len(numbers) == len(found) else None
