"""Two sources at once: a second view beside the first, of another file or of another place in the same."""

from typing import TYPE_CHECKING

from reviewtui.tui.widgets.source_view.view import SourceView

if TYPE_CHECKING:
    from reviewtui.tui.screens.review import ReviewScreen


class Splitting:
    """Which views are in sight, and which of them is the reader's."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen

    @property
    def is_split(self) -> bool:
        """Whether two views are in sight."""
        return self.screen.has_class("-split")

    @property
    def in_sight(self) -> tuple[SourceView, ...]:
        """The views that are in sight."""
        return self.screen.views if self.is_split else (self.screen.source,)

    def take(self, view: SourceView) -> None:
        """The focus is in this view now."""
        if view is not self.screen.source:
            self.screen.source = view
            self.screen.searching.file_changed()
        self._show_box()
        self.screen.remembering.moved(view)

    def do_split(self, _count: int | None) -> None:
        """Action `split`: the same place a second time; split already: to the other view."""
        screen = self.screen
        if self.is_split:
            self.do_other_view(None)
            return
        here = screen.source
        other = self._other()
        screen.add_class("-split")
        other.wraps, other.guides = here.wraps, here.guides
        screen.source = other
        if here.path is not None:
            screen.files.open(here.path, here.cursor, here.column)
        screen.set_focus(other, scroll_visible=False)

    def do_other_view(self, _count: int | None) -> None:
        """Action `other_view`."""
        if self.is_split:
            self.screen.remove_class("-side-open")
            self.screen.set_focus(self._other(), scroll_visible=False)
        else:
            self.screen.say("There is one view: split it first")

    def do_only_view(self, _count: int | None) -> None:
        """Action `only_view`: this one alone."""
        screen = self.screen
        if self.is_split:
            screen.remove_class("-split")
            screen.files.close(self._other())
            self._show_box()
            screen.set_focus(screen.source, scroll_visible=False)

    def _show_box(self) -> None:
        for view in self.screen.views:
            if view.parent is not None:
                view.parent.set_class(view is self.screen.source, "-shown")

    def _other(self) -> SourceView:
        first, second = self.screen.views
        return first if self.screen.source is second else second
