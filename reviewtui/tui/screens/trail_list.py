"""The steps of a trail: replay it, put it in order, say what each step does."""

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from reviewtui.tui.screens.dialog import Hint
from reviewtui.tui.screens.place_list import PlaceList, PlaceRow

FINDING: Final = -1
"""The answer that asks for the finding to be written."""


class TrailList(PlaceList):
    """The present trail; other trails are one key away."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        Hint("Enter", "go", "go"),
        Hint("f", "finding", "finding"),
        Hint("r", "role", "change('role')"),
        Hint("n", "note", "change('note')"),
        Hint("S-↑↓", "order"),
        Hint("d", "drop", "change('drop')"),
        Hint("u", "undo", "change('undo')"),
        Hint("o", "turn", "change('reverse')"),
        Hint("t", "other", "change('next')"),
        Hint("T", "new", "change('new')"),
        Hint("N", "name", "change('name')"),
        Hint("D", "drop all", "change('drop_trail')"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("J,shift+down", "change('later')", "Later", show=False, id="trail.later"),
        Binding("K,shift+up", "change('earlier')", "Earlier", show=False, id="trail.earlier"),
        Binding("r", "change('role')", "Role", show=False, id="trail.role"),
        Binding("n", "change('note')", "Note", show=False, id="trail.note"),
        Binding("d,delete", "change('drop')", "Drop", show=False, id="trail.drop"),
        Binding("u", "change('undo')", "Undo", show=False, id="trail.undo"),
        Binding("o", "change('reverse')", "Turn round", show=False, id="trail.reverse"),
        Binding("t,tab", "change('next')", "Next trail", show=False, id="trail.next"),
        Binding("T", "change('new')", "New trail", show=False, id="trail.new"),
        Binding("N", "change('name')", "Name", show=False, id="trail.name"),
        Binding("D", "change('drop_trail')", "Drop the trail", show=False, id="trail.drop_trail"),
        Binding("f", "finding", "Finding", show=False, id="trail.finding"),
    ]

    def __init__(
        self,
        rows: Callable[[], Sequence[PlaceRow]],
        heading: Callable[[], tuple[str, str]],
        walked: Callable[[int], None],
        change: "Callable[[str, int, TrailList], int | None]",
        *,
        empty: str,
        start: int,
    ) -> None:
        """`change` does a thing by its name with the row of that index, and says which row is the current one then."""
        super().__init__(rows, heading, walked, empty=empty, start=start)
        self._change = change

    def action_change(self, what: str) -> None:
        """Change the step under the cursor, or the trail as a whole."""
        self.reload(self._change(what, self.current or 0, self))

    def action_finding(self) -> None:
        """Close, and write the finding."""
        self.dismiss(FINDING)
