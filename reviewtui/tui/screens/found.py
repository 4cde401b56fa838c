"""The rows below a filter: they are walked while the keys go to the line above them."""

from collections.abc import Sequence

from textual import events

from reviewtui.text.safe import SafeText
from reviewtui.tui.screens.ranking import Span
from reviewtui.tui.widgets.rows import RowsView, Run


class Found(RowsView, can_focus=False):
    """Rows that a click opens; the cursor shows although the focus is elsewhere."""

    DEFAULT_CSS = """
    Found {
        height: 1fr;
        margin-top: 1;
        & > .line-view--cursor, & > .line-view--cursor-blurred { background: $line-selected; }
        & > .line-view--match { background: transparent; color: $primary; text-style: bold underline; }
    }
    """

    def on_click(self, event: events.Click) -> None:
        """A click opens the row."""
        event.stop()
        if self.top + event.y < self.row_count and event.x < self.size.width - 1:
            self.do_activate(None)


def emphasised(text: SafeText, spans: Sequence[Span], name: str = "") -> list[Run]:
    """The text as runs called `name`, with the spans standing out."""
    runs: list[Run] = []
    end = 0
    for start, stop in spans:
        runs += [(SafeText(text[end:start]), name), (SafeText(text[start:stop]), "match")]
        end = stop
    runs.append((SafeText(text[end:]), name))
    return [run for run in runs if run[0]]
