"""The source view: one file with its marks, a cursor, a selection and search matches."""

from collections.abc import Mapping, Sequence

from reviewtui.model.finding import Finding
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.model.standing import Standings
from reviewtui.scan.overlay import Overlay
from reviewtui.text.kinds import Spans
from reviewtui.text.packed import PackedSpans
from reviewtui.text.source import EMPTY, SourceText
from reviewtui.tui.widgets.source_view import gutter
from reviewtui.tui.widgets.source_view.drawing import Finder
from reviewtui.tui.widgets.source_view.selecting import SelectedText


class SourceView(SelectedText):
    """One file of the repository."""

    margin_rows = 4
    DEFAULT_CSS = """
    SourceView {
        background: $background;
        & > .source-view--keyword { color: $syntax-keyword; }
        & > .source-view--name { color: $syntax-name; }
        & > .source-view--class { color: $syntax-class; }
        & > .source-view--builtin { color: $syntax-builtin; }
        & > .source-view--string { color: $syntax-string; }
        & > .source-view--doc { color: $syntax-doc; }
        & > .source-view--number { color: $syntax-number; }
        & > .source-view--comment { color: $syntax-comment; text-style: italic; }
        & > .source-view--operator { color: $syntax-operator; }
        & > .source-view--tag { color: $syntax-tag; }
        & > .source-view--line-number { color: $line-number; }
        & > .source-view--line-number-cursor { color: $foreground; }
        & > .source-view--hidden { color: $background; background: $severity-medium; text-style: none; }
        & > .source-view--selected { background: $line-selected; }
        & > .source-view--caret { background: $primary; color: $background; }
        & > .source-view--caret-blurred { text-style: underline; }
        & > .source-view--sticky { background: $panel; }
        & > .source-view--guide { background: $guide; }
        & > .source-view--word { background: $word; }
        & > .source-view--added { background: $added; }
        & > .source-view--added-word { background: $added-word; }
        & > .source-view--removed { background: $removed; }
        & > .source-view--removed-word { background: $removed-word; }
        & > .line-view--cursor { background: $line-cursor; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self.path: RepoPath | None = None
        self.source: SourceText = EMPTY
        self.notice = ""
        """What stands in place of the text: why a file cannot be shown."""
        self.revision = ""
        """The commit whose version of the file is shown; empty for the file on disk."""
        self.compared = ""
        """The commit from which the changes are shown."""
        self.stale = ""
        """Why the text is not that on the disk; empty where it is, as far as is known."""
        self.hidden = 0
        """How many of its characters hide, reorder or pass for others, once they are counted."""

    # What is shown

    def show(self, path: RepoPath | None, source: SourceText | None, notice: str = "", revision: str = "") -> None:
        """Show a file from its first line; its marks and colours follow."""
        self.path, self.source, self.notice = path, source or EMPTY, notice
        self.revision, self.compared = revision, ""
        self.cursor = self.top = self.column = self.shift = 0
        self.overlay = None
        self.stale = ""
        self.unshape()
        self.hidden = 0
        self.selected_from = None
        self.word = ""
        self.side = None
        self.spans.clear()
        self._drawn.clear()
        self._numbers = max(3, len(str(len(self.source.lines))))
        self.redraw()

    @property
    def lines(self) -> Sequence[str]:
        """The file's lines."""
        return self.source.lines

    @property
    def row_count(self) -> int:
        """One row a line of the file."""
        return len(self.source.lines)

    def empty_text(self) -> str:
        """Why nothing is shown."""
        return self.notice or ("An empty file" if self.path else "")

    @property
    def is_present(self) -> bool:
        """Whether a file stands here as it is now: neither none, nor a notice, nor one of an earlier commit."""
        return self.path is not None and not self.notice and not self.revision

    def set_waypoints(self, waypoints: Mapping[int, gutter.GutterMark]) -> None:
        """Show the steps of the trail and the named marks, by line."""
        if waypoints != self.waypoints:
            self.waypoints = waypoints
            self.redraw()

    def set_marks(self, overlay: Overlay | None, standings: Standings, candidate_lines: frozenset[int]) -> None:
        """Lay hits, findings, reviewed lines and candidates over the text."""
        self.overlay, self.standings, self.candidate_lines = overlay, standings, candidate_lines
        self.redraw()

    def set_spans(self, first_row: int, rows: Sequence[Spans]) -> None:
        """Colours for some rows; paints again if one of them was drawn without."""
        self.spans.put(first_row, rows)
        self._coloured(range(first_row, first_row + len(rows)))

    def add_batch(self, first_row: int, batch: PackedSpans) -> None:
        """The next colours of the whole file."""
        self.spans.put_batch(first_row, batch)
        self._coloured(range(first_row, first_row + len(batch)))

    def _coloured(self, rows: range) -> None:
        if not self._plain.isdisjoint(rows):
            self.redraw()

    def redraw(self) -> None:
        """The rows changed: draw everything again."""
        self._plain.clear()
        super().redraw()

    def uncoloured(self) -> list[tuple[int, int]]:
        """First and last rows of what is in sight and has no colours yet."""
        wanted = {self.at(y)[0] for y in range(self.size.height)} | set(self.sticky_rows())
        found: list[tuple[int, int]] = []
        for row in sorted(row for row in wanted if row < self.row_count and not self.spans.knows(row)):
            if found and found[-1][1] == row - 1:
                found[-1] = (found[-1][0], row)
            else:
                found.append((row, row))
        return found

    def set_finder(self, finder: Finder | None) -> None:
        """What to emphasise as matches of a search."""
        self._finder = finder
        self.redraw()

    def hits_at(self, line: int) -> tuple[Hit, ...]:
        """The hits on a line, those that begin above and reach it included."""
        return tuple(self.overlay.hits_at(line)) if self.overlay else ()

    def findings_at(self, line: int) -> tuple[Finding, ...]:
        """The findings on a line."""
        return tuple(self.overlay.findings_at(line)) if self.overlay else ()

    def bar_marks(self) -> Mapping[int, str]:
        """Undecided hits and findings on the scroll bar."""
        found = dict.fromkeys(self.changes.added, "line-view--good")
        for line, mark in self.overlay.marks.items() if self.overlay else ():
            hits = tuple(h for h in mark.hits if self.standings.is_open(h))
            style = gutter.bar_style(hits, mark.findings)
            if style:
                found[line - 1] = f"line-view--{style}"
        return found
