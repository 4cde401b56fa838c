"""One decision on many hits: what it touches is seen before it is made."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from reviewtui.model.hit import Hit
from reviewtui.model.standing import Standings
from reviewtui.text.safe import SafeText, safe
from reviewtui.tui.screens.dialog import Hint, Trouble
from reviewtui.tui.screens.reason import ReasonDialog
from reviewtui.tui.touching import Scope, parted, preview, said_on
from reviewtui.tui.widgets.rows import Row, RowsView, Run


class Touched(RowsView, can_focus=False):
    """What the decision would touch."""

    DEFAULT_CSS = """
    Touched {
        height: auto;
        max-height: 12;
        margin-bottom: 1;
        & > .line-view--cursor, & > .line-view--cursor-blurred { background: $surface; }
    }
    """
    shows_cursor = False

    def __init__(self) -> None:
        super().__init__(id="touched")
        self._rows: Sequence[tuple[Run, ...]] = ()

    @property
    def row_count(self) -> int:
        """A few."""
        return len(self._rows)

    def get_content_height(self, *_: object) -> int:
        """As many as there are."""
        return len(self._rows)

    def row_at(self, row: int) -> Row:
        """As it was given."""
        return Row(tuple(self._rows[row]))

    def show(self, rows: Sequence[tuple[Run, ...]]) -> None:
        """Other rows."""
        is_other_height = len(rows) != len(self._rows)
        self._rows = rows
        self.redraw()
        if is_other_height:
            self.refresh(layout=True)


class BulkReason(ReasonDialog):
    """A reason for one hit or many; how far it reaches can be made wider and narrower."""

    DEFAULT_CSS = """
    BulkReason.-short Touched { max-height: 5; }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (26, "-tall")]  # noqa: RUF012 (as Textual declares it)
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+w,f6", "reach(1)", "Wider", show=False, id="bulk.wider"),
        Binding("alt+n,f7", "reach(-1)", "Narrower", show=False, id="bulk.narrower"),
        Binding("alt+d,f8", "decided", "The decided ones, too", show=False, id="bulk.decided"),
    ]

    def __init__(
        self,
        heading: SafeText,
        scopes: Sequence[Scope],
        known: Standings,
        picks: Sequence[str],
        *,
        at: int = 0,
        reopens: bool = False,
        text: str = "",
        asks_owner: bool = False,
        owner: str = "",
        review_by: date | None = None,
    ) -> None:
        super().__init__(
            heading,
            SafeText(""),
            picks,
            text=text,
            asks_owner=asks_owner,
            owner=owner,
            review_by=review_by,
            needs_reason=not reopens,
        )
        self._scopes = scopes
        self._at = at
        self._known = known
        self._reopens = reopens
        self._parts = self._part()
        self._again = False
        """Whether what is decided is decided again."""
        if len(scopes[at].lines) == 1 and not reopens:
            # Who decides on one hit that is decided means it.
            self._again = not self._parts[0]

    @property
    def touched(self) -> list[Hit]:
        """The hits that the decision is made on."""
        undecided, settled = self._parts
        if self._reopens:
            return settled
        return self._scopes[self._at].hits if self._again else undecided

    def _part(self) -> tuple[list[Hit], list[Hit]]:
        """What is undecided, and what is decided; to be reopened is also what was decided on other code."""
        hits = self.scope.hits
        if not self._reopens:
            return parted(hits, self._known)
        settled = said_on(hits, self._known)
        found = {id(hit) for hit in settled}
        return [hit for hit in hits if id(hit) not in found], settled

    @property
    def scope(self) -> Scope:
        """How far it reaches."""
        return self._scopes[self._at]

    def body(self) -> Iterable[Widget]:
        """What is touched, then the reason."""
        yield Touched()
        yield Trouble(id="touched-problem")
        yield from super().body()

    def hints(self) -> Iterable[Hint]:
        """Wider and narrower, where there is anything to choose."""
        if len(self._scopes) > 1:
            yield Hint("Alt-w", "wider", "reach(1)")
            yield Hint("Alt-n", "narrower", "reach(-1)")
        yield from super().hints()

    def on_mount(self) -> None:
        """Show it."""
        self._show()

    def action_reach(self, step: int) -> None:
        """A wider scope, or a narrower one."""
        at = max(0, min(self._at + step, len(self._scopes) - 1))
        if at != self._at:
            self._at, self._again = at, False
            self._parts = self._part()
            self._show()

    def action_decided(self) -> None:
        """Decide again on what is decided, or leave it alone."""
        if not self._reopens and self._parts[1]:
            self._again = not self._again
            self._show()

    def action_accept(self) -> None:
        """As a reason is accepted, where anything is touched."""
        if self.touched:
            super().action_accept()

    def _show(self) -> None:
        scope, touched = self.scope, self.touched
        undecided, settled = self._parts
        is_one = len(scope.lines) == 1
        rows: list[tuple[Run, ...]] = []
        if is_one:
            hit = scope.lines[0][0]
            names = "+".join(dict.fromkeys(one.rule for one in scope.lines[0]))
            rows.append(((safe(names), "title"), (safe(f" {hit.path}:{hit.line}" if hit.path else ""), "accent")))
            rows.append(((safe(hit.message), "muted"),))
        else:
            word = "reopened" if self._reopens else "decided"
            rows.append(((safe(scope.label), "accent"), (safe(f"   {_hits(len(touched))} to be {word}"), "title")))
            rows += preview(touched) if touched else []
        if self._reopens:
            left, said = undecided, "not decided"
        else:
            left, said = settled, "decided already" if not self._again else "decided already, and again now"
        if left and not (is_one and self._again):
            is_left = self._reopens or not self._again
            kept = (": left as they are" if len(left) > 1 else ": left as it is") if is_left else ""
            change = (
                "" if self._reopens else "   Alt-d leaves them alone" if self._again else "   Alt-d takes them, too"
            )
            rows.append(((safe(f"{_hits(len(left))} {said}{kept}"), "medium"), (SafeText(change), "muted")))
        self.query_one(Touched).show(rows)
        problem = "" if touched else "Nothing would be changed"
        self.query_one("#touched-problem", Trouble).say(problem)
        self.say_below(f"{self._at + 1} of {len(self._scopes)}: {scope.label}" if len(self._scopes) > 1 else "")


def _hits(count: int) -> str:
    return "1 hit" if count == 1 else f"{count:,} hits"
