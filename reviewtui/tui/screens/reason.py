"""Why a decision is as it is: one line, quickly."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Label

from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.screens.dialog import CANCEL, Dialog, Hint, Literal, Trouble
from reviewtui.tui.screens.fields import LineField, parse_date
from reviewtui.tui.widgets.rows import Row, RowsView

_DIGITS: Final = "123456789"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and for an accepted risk who carries it and until when."""

    text: str
    owner: str = ""
    review_by: date | None = None


class ReasonField(LineField):
    """The reason: a digit that begins it is no text but a pick."""

    class Digit(Message):
        """A digit was pressed in the empty field."""

        def __init__(self, number: int) -> None:
            self.number = number
            """From 0."""
            super().__init__()

    def __init__(self, text: str, picks: int) -> None:
        """`picks`: so many digits are picks; the others are text in any case."""
        super().__init__(text, placeholder="Why?", id="text")
        self._digits = _DIGITS[:picks]

    def on_key(self, event: events.Key) -> None:
        """Catch the digit before it becomes text."""
        if not self.value and event.character and event.character in self._digits:
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(self._digits.index(event.character)))


class Picks(RowsView, can_focus=False):
    """Reasons that are given often, numbered."""

    DEFAULT_CSS = """
    Picks {
        margin-top: 1;
        height: auto;
        max-height: 9;
        & > .line-view--cursor, & > .line-view--cursor-blurred { background: $surface; }
    }
    Picks.-walked > .line-view--cursor-blurred { background: $line-selected; }
    """

    class Picked(Message):
        """One of them was clicked."""

        def __init__(self, number: int) -> None:
            self.number = number
            super().__init__()

    def __init__(self, picks: Sequence[str]) -> None:
        super().__init__()
        self._picks = [safe(pick) for pick in picks]

    @property
    def row_count(self) -> int:
        """One a pick."""
        return len(self._picks)

    def get_content_height(self, *_: object) -> int:
        """A row a pick."""
        return len(self._picks)

    def row_at(self, row: int) -> Row:
        """Its digit, and the reason."""
        digit = _DIGITS[row] if row < len(_DIGITS) else " "
        return Row(((SafeText(f"  {digit}  "), "accent"), (self._picks[row], "")))

    def walk(self, row: int | None) -> None:
        """Let a row stand out, or none."""
        self.set_class(row is not None, "-walked")
        self.go(row or 0)

    def on_click(self, event: events.Click) -> None:
        """A click is a pick."""
        event.stop()
        row = self.top + event.y
        if row < self.row_count:
            self.post_message(self.Picked(row))


class ReasonDialog(Dialog[Reason]):
    """Asks for a reason: a digit picks one of the usual ones at once, anything else is written.

    An accepted risk is also asked for its owner and the date of the next look.
    """

    DEFAULT_CSS = """
    ReasonDialog {
        & .field { height: 1; margin-top: 1; }
        & .field Label { width: 14; color: $text-muted; }
        & .problem { margin-left: 16; }
        & #text-problem { margin-left: 2; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "walk(-1)", "Reason before", show=False, id="reason.up"),
        Binding("down", "walk(1)", "Next reason", show=False, id="reason.down"),
        Binding("ctrl+s,ctrl+enter", "accept", "Accept", show=False, id="reason.accept"),
    ]

    def __init__(
        self,
        heading: SafeText,
        about: SafeText,
        picks: Sequence[str],
        *,
        text: str = "",
        asks_owner: bool = False,
        owner: str = "",
        review_by: date | None = None,
        today: date | None = None,
        needs_reason: bool = True,
    ) -> None:
        super().__init__(heading)
        self._needs_reason = needs_reason
        self._about = about
        self._picks = tuple(picks)
        self._text = text
        self._asks_owner = asks_owner
        self._owner = owner
        self._review_by = review_by
        self._today = today or datetime.now(UTC).astimezone().date()
        self._walked: int | None = None
        """The pick that stands in the field, while up and down walk."""
        self._draft = ""
        """What was written before the walk began."""

    def body(self) -> Iterable[Widget]:
        """The reason, then who and when where they are asked, then the picks."""
        if self._about:
            yield Literal(self._about, classes="about")
        yield ReasonField(self._text, len(self._picks))
        yield Trouble(id="text-problem")
        if self._asks_owner:
            yield from self._row("Owner", LineField(self._owner, placeholder="who carries it", id="owner"))
            when = self._review_by.isoformat() if self._review_by else ""
            yield from self._row("Look again", LineField(when, placeholder="2026-03-31, or +90 days", id="date"))
        if self._picks:
            yield Picks(self._picks)

    def _row(self, label: str, field: LineField) -> Iterable[Widget]:
        with Horizontal(classes="field"):
            yield Label(label, markup=False)
            yield field
        yield Trouble(id=f"{field.id}-problem")

    def hints(self) -> Iterable[Hint]:
        """What the last line says."""
        if self._picks:
            yield Hint(f"1-{min(len(self._picks), 9)} ↑↓" if len(self._picks) > 1 else "1", "pick")
        yield Hint("Enter", "accept", "accept")
        yield CANCEL

    # Picking

    @on(Picks.Picked)
    def _picked(self, message: Picks.Picked) -> None:
        self._pick(message.number)

    @on(ReasonField.Digit)
    def _digit(self, message: ReasonField.Digit) -> None:
        self._pick(message.number)

    def _pick(self, number: int) -> None:
        self._line("text").value = self._picks[number]
        if self._asks_owner:
            self._ask_next()
        else:
            self.action_accept()

    def action_walk(self, step: int) -> None:
        """The next pick into the field; above the first, what was written there before."""
        if not self._picks or self.focused is not self._line("text"):
            (self.focus_next if step > 0 else self.focus_previous)()
            return
        field = self._line("text")
        if self._walked is None or field.value != safe(self._picks[self._walked]):
            self._draft, self._walked = field.value, None
        row = (-1 if self._walked is None else self._walked) + step
        if row >= len(self._picks):
            return
        self._walked = row if row >= 0 else None
        field.value = self._draft if self._walked is None else self._picks[self._walked]
        field.cursor_position = len(field.value)
        self.query_one(Picks).walk(self._walked)

    # Accepting

    @on(LineField.Submitted)
    def _submitted(self) -> None:
        self.action_accept()

    def action_accept(self) -> None:
        """Close with the reason; where something is missing, say so and go there."""
        if not self._line("text").text.strip() and self._picks and self._needs_reason:
            self._line("text").value = self._picks[self._walked or 0]
        problems = self._problems()
        for name in ("text", "owner", "date") if self._asks_owner else ("text",):
            self._say(name, problems.get(name, ""))
        if problems:
            self._line(next(iter(problems))).focus()
        else:
            self.dismiss(self._reason())

    def _ask_next(self) -> None:
        """Go to the first field that lacks something, without a word of blame; if none does, to the last."""
        self._line(next(iter(self._problems()), "date")).focus()

    def _problems(self) -> dict[str, str]:
        """What keeps the dialog from closing, by the id of the field."""
        problems = {}
        if not self._line("text").text.strip() and self._needs_reason:
            problems["text"] = "A decision needs a reason"
        if self._asks_owner:
            if not self._line("owner").text.strip():
                problems["owner"] = "Somebody has to carry the risk"
            problems.update(self._problem_of_date())
        return problems

    def _problem_of_date(self) -> dict[str, str]:
        try:
            day = parse_date(self._line("date").text, self._today)
        except ValueError:
            return {"date": "A date is written 2026-03-31, or +90 for days from today"}
        if day is None:
            return {"date": "An accepted risk is looked at again on some day"}
        return {"date": "That day is already past"} if day < self._today else {}

    def _reason(self) -> Reason:
        field = self._line("text")
        # A pick is given as it is, also where it had to be drawn otherwise.
        text = next((pick for pick in self._picks if field.value == safe(pick)), field.text.strip())
        if not self._asks_owner:
            return Reason(text)
        return Reason(text, self._line("owner").text.strip(), parse_date(self._line("date").text, self._today))

    def _line(self, name: str) -> LineField:
        return self.query_one(f"#{name}", LineField)

    def _say(self, name: str, problem: str) -> None:
        self._line(name).set_class(bool(problem), "-wrong")
        self.query_one(f"#{name}-problem", Trouble).say(problem)
