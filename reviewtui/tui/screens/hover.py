"""What is known of a name: signature, docstring, and where it is defined."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from reviewtui.follow.hover import Card
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.screens.dialog import Dialog, Hint, Literal


class HoverCard(Dialog[bool]):
    """A card to read; True: go to the definition."""

    DEFAULT_CSS = """
    HoverCard {
        & > #box { width: 96; }
        & #card { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
        & .signature { color: $primary; text-style: bold; margin-bottom: 1; }
        & .muted { color: $text-muted; margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,K", "cancel", "Close", show=False, id="hover.close"),
        Binding("enter", "go", "Go to the definition", show=False, id="hover.go"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="hover.up"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="hover.down"),
        Binding("pageup,ctrl+u", "scroll(-10)", "Page up", show=False, id="hover.page_up"),
        Binding("pagedown,ctrl+d", "scroll(10)", "Page down", show=False, id="hover.page_down"),
    ]

    def __init__(self, card: Card) -> None:
        super().__init__(card.name)
        self._card = card

    def body(self) -> Iterable[Widget]:
        """Signature, what and where it is, docstring."""
        card = self._card
        parts: list[Widget] = []
        if card.signature:
            parts.append(Literal(_lines(card.signature), "signature"))
        parts.append(Literal(safe(_where(card)), "muted"))
        if card.doc:
            parts.append(Literal(_lines(card.doc)))
        elif card.kind in ("class", "function", "method", "module"):
            parts.append(Literal(SafeText("It has no docstring."), "muted"))
        yield VerticalScroll(*parts, id="card", can_focus=True)

    def hints(self) -> Iterable[Hint]:
        """Where there is something to go to, the key for it."""
        if self._card.target and self._card.target.is_inside:
            yield Hint("Enter", "go to the definition", "go")
        yield Hint("↑↓", "scroll")
        yield Hint("Esc", "close", "cancel")

    def action_go(self) -> None:
        """Close, and go to the definition."""
        self.dismiss(bool(self._card.target and self._card.target.is_inside) or None)

    def action_scroll(self, lines: int) -> None:
        """Scroll the card."""
        self.query_one("#card").scroll_relative(y=lines, animate=False)


def _lines(text: str) -> SafeText:
    """Several lines as drawn: each is made safe, the breaks between them stay."""
    return SafeText("\n".join(safe(line.expandtabs(4)) for line in text.split("\n")))


def _where(card: Card) -> str:
    parts = []
    if card.target is not None:
        target = card.target
        place = f"{target.path}:{target.line}" if target.is_inside else f"of {target.note}"
        name = f"{target.module}.{target.name}" if target.module and target.kind != "module" else target.name
        parts.append(f"{target.kind} {name}  ·  {place}")
    if card.types:
        parts.append(f"stands for: {', '.join(card.types)}")
    if card.others:
        parts.append(f"and {card.others} further definition{'s' if card.others > 1 else ''}")
    if card.target is not None and not card.is_sure:
        parts.append("not sure: a base or an import of it is not in this repository")
    return "  ·  ".join(parts)
