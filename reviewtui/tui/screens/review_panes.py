"""Panes: which list is open, where the focus is, what opening a row means."""

from typing import TYPE_CHECKING, Final

from reviewtui.model.checklist import Checklist, Item
from reviewtui.model.hit import NOWHERE, Hit
from reviewtui.model.place import RepoPath
from reviewtui.text.safe import SafeText
from reviewtui.tui.hit_list import Head
from reviewtui.tui.widgets.found_pane import FoundPane
from reviewtui.tui.widgets.hits_pane import HitsPane
from reviewtui.tui.widgets.line_view import LineView
from reviewtui.tui.widgets.panes import ChecklistPane, FindingsPane, TreePane

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen

ZOOMS: Final = ("-zoom-side", "-zoom-source", "-zoom-detail")
LISTS: Final = ("tree", "hits", "findings", "checklist", "found")


class Panes:
    """The focus and the layout of the review screen."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.open_name = "tree"

    @property
    def _lists(self) -> dict[str, LineView]:
        screen = self.screen
        return {
            "tree": screen.tree_pane,
            "hits": screen.hits_pane,
            "findings": screen.findings_pane,
            "checklist": screen.checklist_pane,
            "found": screen.found_pane,
        }

    def open_list(self, name: str) -> None:
        """Show one of the lists and put the focus on it."""
        was_open, self.open_name = self.open_name, name
        if name == "hits":
            # Coming back to the list from the source: it stands where it was.
            self.screen.hits_pane.update_rows(keep=was_open == "hits")
            self.screen.hits.show_header()
        self.screen.set_class(True, "-side-open")
        self.screen.remove_class("-zoom-source", "-zoom-detail")
        side = self.screen.query_one("#side")
        side.set_class(name != "tree", "-list")
        side.set_class(name == "found", "-found")
        side.set_class(name == "hits", "-hits")
        self.screen.hits_bar.set_class(name == "hits", "-open")
        self.screen.set_class(name == "found", "-stacked")
        self.screen.found_bar.set_class(name == "found", "-open")
        for other, view in self._lists.items():
            view.set_class(other == name, "-open")
        self.screen.set_focus(self._lists[name], scroll_visible=False)
        self.show_headers()

    def focus_source(self) -> None:
        """To the source; on a narrow screen it takes the lists' place."""
        self.screen.remove_class("-side-open", "-zoom-side", "-zoom-detail")
        self.screen.set_focus(self.screen.source, scroll_visible=False)

    def show_focus(self, focus: RepoPath | None) -> None:
        """Begin at the path that was asked for on the command line."""
        if focus is None:
            return
        self.screen.tree_pane.reveal(focus)
        if self.screen.desk.rank(focus) < len(self.screen.desk.paths):
            self.screen.files.open(focus)
            self.focus_source()
        else:
            row = self.screen.tree_pane.current_row
            if row and row.is_folder and row.path not in self.screen.tree_pane.opened:
                self.screen.tree_pane.toggle(row)

    def preview(self, view: LineView) -> None:
        """The cursor of a list moved: show its place in the source, the focus stays."""
        screen = self.screen
        if isinstance(view, HitsPane):
            hit = view.current
            if hit is None or not self._is_file(hit.path):
                return
            if isinstance(hit, Hit):
                screen.files.open(hit.path, hit.line - 1, hit.column)
            else:
                screen.files.open(hit.path)
        elif view is screen.found_pane:
            screen.looking.preview()
        elif isinstance(view, FindingsPane) and view.current and view.current.place:
            place = screen.desk.placed.there(view.current)
            line = place.span.start if place.span else 1
            if screen.desk.rank(place.path) < len(screen.desk.paths):
                screen.files.open(place.path, line - 1)

    def _is_file(self, path: RepoPath) -> bool:
        return path != NOWHERE and self.screen.desk.rank(path) < len(self.screen.desk.paths)

    def activate(self, view: LineView) -> None:
        """Enter, or a second click, on a row."""
        screen = self.screen
        if isinstance(view, TreePane):
            row = view.current_row
            if row and row.is_folder:
                view.toggle(row)
            elif row:
                screen.going.to(RepoPath(row.path), None)
        elif isinstance(view, ChecklistPane):
            if isinstance(view.current, Checklist):
                view.closed ^= {view.current.id}
                view.update_rows()
            elif isinstance(view.current, Item):
                screen.walking.begin(view.current)
        elif isinstance(view, HitsPane) and isinstance(view.entry, Head):
            view.toggle()
        elif isinstance(view, HitsPane) and (view.current is None or not self._is_file(view.current.path)):
            screen.say("This hit has no place in the code: the detail pane tells what it is about")
        elif isinstance(view, HitsPane | FindingsPane | FoundPane):
            screen.going.remember()
            self.preview(view)
            self.focus_source()
        elif view is screen.source and screen.current_finding:
            screen.writing.do_edit_finding(None)
        elif view is screen.source:
            self.do_pane_detail(None)
        else:
            self.focus_source()

    def show_headers(self) -> None:
        """Tabs with their counts, and the header of the focused pane in another colour."""
        screen = self.screen
        desk = screen.desk
        narrow = screen.size.width < 100 or self.open_name != "tree"
        undecided = desk.undecided
        answered = sum(desk.progress(checklist)[0] for checklist in desk.checklists)
        findings = len(desk.review.findings)
        labels = {
            "tree": "Files",
            "hits": f"Hits {undecided}" if desk.hit_count else "Hits",
            "findings": f"{'Findings' if narrow else 'Find'} {findings}"
            if findings
            else "Findings"[: 8 if narrow else 4],
            "checklist": f"{'Checklist' if narrow else 'Check'} {answered}"
            if answered
            else "Checklist"[: 9 if narrow else 5],
        }
        found = screen.looking.found
        if found is not None:
            labels["found"] = f"Search {len(found.results):,}"
        screen.tabs.set_tabs([(name, SafeText(labels[name])) for name in LISTS if name in labels], self.open_name)
        focused = screen.focused
        screen.tabs.set_class(focused is self._lists[self.open_name], "-focused")
        for bar, source in zip(screen.source_bars, screen.views, strict=True):
            bar.set_class(focused is source, "-focused")
        screen.detail_bar.set_class(focused is screen.detail, "-focused")

    def _order(self) -> list[LineView]:
        return [self._lists[self.open_name], *self.screen.splitting.in_sight, self.screen.detail]

    def _step(self, by: int) -> None:
        order, is_zoomed = self._order(), self.is_zoomed
        at = next((i for i, view in enumerate(order) if view is self.screen.focused), 0)
        target = order[(at + by) % len(order)]
        if target is self._lists[self.open_name]:
            self.open_list(self.open_name)
        else:
            self.screen.remove_class("-side-open")
            self.screen.set_focus(target, scroll_visible=False)
        if is_zoomed:
            self.screen.remove_class(*ZOOMS)
            self.do_zoom(None)

    @property
    def is_zoomed(self) -> bool:
        """Whether one pane is alone in sight."""
        return any(self.screen.has_class(name) for name in ZOOMS)

    def do_next_pane(self, count: int | None) -> None:
        """Action `next_pane`."""
        self._step(count or 1)

    def do_previous_pane(self, count: int | None) -> None:
        """Action `previous_pane`."""
        self._step(-(count or 1))

    def do_pane_tree(self, _count: int | None) -> None:
        """Action `pane_tree`."""
        self.open_list("tree")

    def do_pane_hits(self, _count: int | None) -> None:
        """Action `pane_hits`."""
        self.open_list("hits")

    def do_pane_findings(self, _count: int | None) -> None:
        """Action `pane_findings`."""
        self.open_list("findings")

    def do_pane_checklist(self, _count: int | None) -> None:
        """Action `pane_checklist`."""
        self.open_list("checklist")

    def do_pane_source(self, _count: int | None) -> None:
        """Action `pane_source`."""
        self.focus_source()

    def do_pane_detail(self, _count: int | None) -> None:
        """Action `pane_detail`."""
        self.screen.remove_class("-side-open", "-zoom-side", "-zoom-source")
        self.screen.set_focus(self.screen.detail, scroll_visible=False)

    def do_zoom(self, _count: int | None) -> None:
        """Action `zoom`: the focused pane alone, or all of them again."""
        screen = self.screen
        if self.is_zoomed:
            screen.remove_class(*ZOOMS)
        elif screen.context:
            screen.add_class(f"-zoom-{screen.context if screen.context in ('source', 'detail') else 'side'}")
