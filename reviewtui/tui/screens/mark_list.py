"""The named marks: go to one, or drop it."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from reviewtui.tui.screens.dialog import Hint
from reviewtui.tui.screens.place_list import PlaceList, PlaceRow


class MarkList(PlaceList):
    """All marks, by letter."""

    HINTS: ClassVar[tuple[Hint, ...]] = (
        Hint("↑↓", "walk"),
        Hint("Enter", "go there", "go"),
        Hint("d", "drop", "drop"),
        Hint("u", "undo", "undo"),
        Hint("Esc", "back", "cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d,delete", "drop", "Drop", show=False, id="marks.drop"),
        Binding("u", "undo", "Undo", show=False, id="marks.undo"),
    ]

    def __init__(
        self,
        rows: Callable[[], Sequence[PlaceRow]],
        heading: Callable[[], tuple[str, str]],
        walked: Callable[[int], None],
        change: Callable[[str, int], None],
        *,
        empty: str,
    ) -> None:
        """`change` does `drop` or `undo` with the row of that index."""
        super().__init__(rows, heading, walked, empty=empty)
        self._change = change

    def action_drop(self) -> None:
        """Drop the mark under the cursor."""
        if self.current is not None:
            self._change("drop", self.current)
            self.reload()

    def action_undo(self) -> None:
        """Take back the last change."""
        self._change("undo", self.current or 0)
        self.reload()
