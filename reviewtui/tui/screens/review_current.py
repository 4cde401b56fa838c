"""Where the reader is, and what an action is about: the hit, finding or item under the cursor."""

from typing import TYPE_CHECKING

from reviewtui.model.checklist import Item
from reviewtui.model.finding import Finding
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.tui.actions import LINES
from reviewtui.tui.screens.review_layout import Layout
from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review_lost import Lost
    from reviewtui.tui.screens.review_walk import Walking


class Current(Layout):
    """The questions that every part asks of the cursor."""

    walking: "Walking"
    lost: "Lost"

    @property
    def context(self) -> str:
        """The focused pane's name in the registry; empty while something is being typed."""
        if isinstance(self.focused, SourceView):
            return "source"
        name = self.focused.id if self.focused and self.focused.id else ""
        return name if name in LINES else ""

    @property
    def here(self) -> tuple[RepoPath, int] | None:
        """File and line of the cursor in the source view."""
        return (self.source.path, self.source.cursor + 1) if self.source.path else None

    @property
    def current_hit(self) -> Hit | None:
        """The hit that a decision is about: under the cursor of the list, or the worst undecided one on the line."""
        if self.context == "hits":
            current = self.hits_pane.current
            return current if isinstance(current, Hit) else None
        hits = self.source.hits_at(self.source.cursor + 1)
        return min(hits, key=lambda h: (not self.desk.is_open(h), h.severity.rank), default=None)

    @property
    def current_finding(self) -> Finding | None:
        """The finding under the cursor of the list, or the first on the line."""
        if self.context == "findings":
            return self.findings_pane.current
        return self.lost.finding_here or next(iter(self.source.findings_at(self.source.cursor + 1)), None)

    @property
    def current_item(self) -> Item | None:
        """The checklist item that an answer is about."""
        if self.context == "checklist":
            current = self.checklist_pane.current
            return current if isinstance(current, Item) else self.walking.item
        return self.walking.item
