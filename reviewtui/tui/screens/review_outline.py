"""The outline of the open file: its functions and classes, or whatever heads its language has."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from reviewtui.text.heads import Head, heads
from reviewtui.text.safe import safe
from reviewtui.tui.reading_jobs import HeadsFound
from reviewtui.tui.screens.review_marks import Bookmark
from reviewtui.tui.widgets.source_view.motions import first_letter

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

AT_ONCE: Final = 5000
"""Lines whose heads are found before the next key."""


class Outlining:
    """The way from a file to one of its heads."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen

    def do_outline(self, _count: int | None) -> None:
        """Action `outline`; of a large file it comes when it has been read."""
        screen, view = self.screen, self.screen.source
        if view.path is None or view.source.is_binary:
            screen.say("Open a text file first" if view.path is None else "A binary file has no outline")
        elif view.outline is not None or view.row_count <= AT_ONCE:
            self._show(heads(view.path, view.lines, view.outline))
        else:
            path, lines, post = view.path, view.lines, screen.post_message
            screen.say("Reading the outline…")

            def job() -> None:
                post(HeadsFound(path, heads(path, lines)))

            screen.work(job, "outline")

    def found(self, message: HeadsFound) -> None:
        """The heads of a large file; dropped where the reader is elsewhere by now."""
        if message.path == self.screen.source.path and self.screen.is_current:
            self._show(message.heads)

    def _show(self, found: Sequence[Head]) -> None:
        from reviewtui.tui.screens.picker import PickRow
        from reviewtui.tui.screens.side_picker import SidePicker

        screen, view = self.screen, self.screen.source
        path = view.path
        if path is None or not found:
            screen.say("Nothing in this file looks like a head")
            return
        lines = [head.line for head in found]
        back = Bookmark(screen)

        def show(index: int) -> None:
            row = lines[index] - 1
            view.go_to(row, first_letter(view.lines[row]) if row < view.row_count else 0)
            screen.source.do_cursor_to_top(None)
            screen.files.colour_window()

        def chosen(index: int | None) -> None:
            back.restore()
            if index is not None:
                screen.going.remember()
                show(index)
                view.do_centre(None)

        rows = [PickRow(safe(head.name), safe(_beside(head)), level=head.level) for head in found]
        start = max(0, bisect_right(lines, view.cursor + 1) - 1)
        screen.panes.focus_source()
        screen.app.push_screen(
            SidePicker(path.name, rows, show, "any part of a name", empty="No such name", start=start), chosen
        )


def _beside(head: Head) -> str:
    """Its line; and what it is, unless that is what most of them are."""
    return str(head.line) if head.kind in ("function", "method") else f"{head.kind} {head.line}"
