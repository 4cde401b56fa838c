"""A picker at the side: what is under its cursor is shown in the source beside it, before one goes there."""

from collections.abc import Callable, Sequence

from reviewtui.tui.screens.picker import Picker, PickRow


class SidePicker(Picker):
    """Rows of the open file; on a narrow screen they take its lower half."""

    DEFAULT_CSS = """
    SidePicker {
        align: left top;
        background: transparent;

        & > #box {
            width: 42;
            max-width: 60%;
            height: 100%;
            max-height: 100%;
            padding: 1 0 0 1;
        }
        &.-narrow { align: left bottom; }
        &.-narrow > #box { width: 100%; max-width: 100%; height: 50%; min-height: 8; padding: 0 0 0 1; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-usual")]  # noqa: RUF012 (as Textual declares it)

    def __init__(
        self,
        heading: str,
        rows: Sequence[PickRow],
        show: Callable[[int], None],
        placeholder: str = "",
        *,
        empty: str,
        start: int = 0,
    ) -> None:
        """`show` is called with the index of the row under the cursor."""
        super().__init__(heading, rows, placeholder, empty=empty, start=start)
        self._show = show

    def walked(self, index: int) -> None:
        """Show it; what is below a transparent screen is drawn by the screen itself."""
        self._show(index)
        self.refresh()
