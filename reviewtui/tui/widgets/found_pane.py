"""The list of what a search through the repository found."""

from reviewtui.model.place import RepoPath
from reviewtui.search.result import Result
from reviewtui.text.safe import SafeText, cell_width, safe
from reviewtui.tui.found_list import Entry, FoundList, Note
from reviewtui.tui.widgets.rows import Row, Run, tail
from reviewtui.tui.widgets.selecting import SelectingRows


class FoundPane(SelectingRows):
    """Files, and below each its lines; a line that was looked at is ticked and muted."""

    def __init__(self) -> None:
        super().__init__(id="found")
        self.found: FoundList | None = None
        self.notice = ""

    @property
    def row_count(self) -> int:
        """Files, lines, and what was not searched."""
        return len(self.found.entries) if self.found else 0

    def empty_text(self) -> str:
        """Why there is nothing."""
        return self.found.summary if self.found else self.notice

    def show(self, found: FoundList, row: int) -> None:
        """Show another search."""
        self.found, self.selected_from = found, None
        self.cursor = self.top = 0
        self.go(row, centre=True)
        self.redraw()

    @property
    def current(self) -> Entry | None:
        """What is under the cursor."""
        return self.found.entries[self.cursor] if self.found and self.cursor < self.row_count else None

    @property
    def chosen(self) -> list[Result]:
        """The lines of the selection, else of the row under the cursor."""
        return self.found.results_in(*self.selected_rows) if self.found else []

    def do_select_results(self, _count: int | None) -> None:
        """Action `select_results`: begin a selection, or end it."""
        self.toggle_selection()

    def row_at(self, row: int) -> Row:
        """A file with how many lines, or a line with its number."""
        found = self.found
        if found is None:
            return Row(())
        entry = found.entries[row]
        first, last = self.selected_rows
        bar: Run = (SafeText("▌"), "accent") if self.selected_from is not None and first <= row <= last else _BLANK
        if isinstance(entry, RepoPath):
            count = SafeText(f" {found.counts[entry]:,} ")
            folder, name = safe(entry[: len(entry) - len(entry.name)]), safe(entry.name)
            room = self.size.width - 4 - len(count) - cell_width(name)
            begin = tail(folder, max(room, 0))
            cut = SafeText("…" if begin else "")
            return Row((bar, (SafeText(cut + folder[begin:]), "muted"), (name, "title")), ((count, "muted"),))
        if isinstance(entry, Result):
            looked = entry.key in found.looked
            tick: Run = (SafeText("✓"), "good") if looked else _BLANK
            number: Run = (SafeText(f"{entry.line:>5}  "), "muted")
            return Row((bar, tick, number, *_line(entry, "muted" if looked else "", self.size.width - 12)))
        if isinstance(entry, Note):
            return Row((bar, (safe(entry.text), "muted")))
        text = f"{entry.path}: {entry.reason}" if entry.path else entry.reason
        return Row((bar, (SafeText("! "), "medium"), (safe(text), "muted")))


_BLANK: Run = (SafeText(" "), "")


def _line(result: Result, look: str, room: int) -> list[Run]:
    """The line without its indentation, matches standing out, begun late enough for the first of them to be seen."""
    text = result.text
    spans = result.shown_spans
    begin = len(text) - len(text.lstrip(" \t"))
    if spans and spans[0][0] < begin:
        begin = spans[0][0]
    runs: list[Run] = []
    if result.first or (spans and spans[0][1] - begin > room):
        begin = max(begin, spans[0][0] - _AROUND) if spans else begin
        runs.append((SafeText("…"), "muted"))
    at = begin
    for start, end in spans:
        if start > at:
            runs.append((safe(text[at:start]), look))
        runs.append((safe(text[max(at, start) : end]), "match"))
        at = max(at, end)
    runs.append((safe(text[at:]), look))
    return [run for run in runs if run[0]]


_AROUND = 16
"""Characters before the first match of a line that is not shown from its first letter."""
