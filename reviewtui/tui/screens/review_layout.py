"""What the review screen is made of: lists at the side, one or two sources, the detail pane, and the bars."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.screen import Screen

from reviewtui.tui.desk import Desk
from reviewtui.tui.widgets.bars import Bar, HintsBar, StatusBar, TabBar
from reviewtui.tui.widgets.detail import DetailPane
from reviewtui.tui.widgets.found_pane import FoundPane
from reviewtui.tui.widgets.hits_pane import HitsPane
from reviewtui.tui.widgets.panes import ChecklistPane, FindingsPane, TreePane
from reviewtui.tui.widgets.source_view.view import SourceView
from reviewtui.tui.widgets.still import Still, StillContainer, StillHorizontal, StillVertical


class Layout(Screen[None], Still):
    """The panes and where they stand."""

    CSS_PATH = "review.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-usual"), (150, "-wide")]  # noqa: RUF012 (as Textual declares it)
    VERTICAL_BREAKPOINTS = [(0, "-short"), (30, "-tall")]  # noqa: RUF012 (as Textual declares it)
    AUTO_FOCUS: ClassVar[str | None] = "#tree"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.tree_pane = TreePane(desk)
        self.hits_pane = HitsPane(desk)
        self.findings_pane = FindingsPane(desk)
        self.checklist_pane = ChecklistPane(desk)
        self.found_pane = FoundPane()
        self.found_bar = Bar(id="found-bar")
        self.hits_bar = Bar(id="hits-bar")
        self.views = (SourceView(id="source"), SourceView(id="source-2"))
        """The second is in sight only while the source is split."""
        self.source = self.views[0]
        """The view that had the focus last: what is opened, searched and written, is so there."""
        self.source_bars = (Bar(id="source-bar"), Bar(id="source-bar-2"))
        self.detail = DetailPane()
        self.tabs = TabBar()
        self.detail_bar = Bar(id="detail-bar")
        self.status_bar = StatusBar(id="status")
        self.hints_bar = HintsBar()

    def compose(self) -> ComposeResult:
        """Lists at the side, source and detail beside them, status below."""
        with StillHorizontal(id="body"):
            with StillVertical(id="side"):
                yield self.tabs
                yield self.tree_pane
                yield from self.filter_prompt()
                yield self.hits_bar
                yield self.hits_pane
                yield self.findings_pane
                yield self.checklist_pane
                yield self.found_bar
                yield self.found_pane
            with StillVertical(id="main"):
                with StillContainer(id="sources"):
                    for bar, view in zip(self.source_bars, self.views, strict=True):
                        with StillVertical(classes="source-box -shown" if view is self.source else "source-box"):
                            bar.add_class("header")
                            yield bar
                            yield view
                with StillVertical(id="detail-box"):
                    self.detail_bar.add_class("header")
                    yield self.detail_bar
                    yield self.detail
        yield self.status_bar
        with StillHorizontal(id="prompt"):
            yield from self.prompt()
        yield self.hints_bar
        yield from self.panels()

    def prompt(self) -> ComposeResult:
        """What the prompt at the bottom is made of."""
        raise NotImplementedError

    def filter_prompt(self) -> ComposeResult:
        """What the prompt above the hits is made of."""
        raise NotImplementedError

    def panels(self) -> ComposeResult:
        """What comes and goes in front of the panes."""
        raise NotImplementedError
